import { createHash } from 'node:crypto';
import { GraphQLError, parse, validate } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { ErrorCode } from '../errors/coded-error.ts';
import { LIMITS, tooComplex } from './operation-limits.ts';
import { refuseShape } from './refuse-shape.ts';
import { createRememberedDocuments } from './remembered-documents.ts';

/** A valid document, or why none of it runs. */
export type CheckedDocument = { document: DocumentNode } | { errors: readonly GraphQLError[] };

export interface DocumentCheck {
  check(text: string): CheckedDocument;
  /** One that was found valid, and not long ago, by the SHA-256 of its text in hex. */
  valid(hash: string): DocumentNode | undefined;
}

/** Each costs time, and who reads them mends the first few. */
const MAX_ERRORS = 20;

/**
 * Parses and validates a document, cheap limits before anything whose cost grows faster than the document: one that is
 * refused is not looked at further. Remembers valid ones, the newest, since a thousand dashboards send the same few.
 */
export function createDocumentCheck(schema: GraphQLSchema, introspection: boolean): DocumentCheck {
  const remembered = createRememberedDocuments();

  const read = (text: string): CheckedDocument => {
    const parsed = parseWithinLimit(text);
    if (parsed instanceof GraphQLError) return { errors: [parsed] };
    const refused = refuseShape(parsed, { introspection });
    const errors = refused ? [refused] : invalid(schema, parsed, introspection);
    return errors.length === 0 ? { document: parsed } : { errors };
  };

  return {
    check(text) {
      const hash = createHash('sha256').update(text).digest('hex');
      const known = remembered.get(hash);
      if (known) return { document: known };
      const checked = read(text);
      // Errors hold what was on the stack as they were made, 60 KB each for `{ a }`: they are found again.
      if ('document' in checked) remembered.set(hash, checked.document);
      return checked;
    },
    valid: (hash) => remembered.get(hash),
  };
}

function parseWithinLimit(text: string): DocumentNode | GraphQLError {
  try {
    return parse(text, { maxTokens: LIMITS.tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (/more tha[nt] \d+ tokens/.test(error.message)) return tooComplex('tokens', null);
    return withCode('GRAPHQL_PARSE_FAILED', error);
  }
}

/** Where the schema is not told, what a wrong name may have meant is not told either. */
function invalid(schema: GraphQLSchema, document: DocumentNode, introspection: boolean): GraphQLError[] {
  const options = { maxErrors: MAX_ERRORS, hideSuggestions: !introspection };
  return validate(schema, document, undefined, options).map((error) =>
    withCode('GRAPHQL_VALIDATION_FAILED', error),
  );
}

function withCode(code: ErrorCode, { message, nodes, source, positions }: GraphQLError): GraphQLError {
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions: { code },
  });
}
