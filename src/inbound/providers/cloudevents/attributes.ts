import { z } from 'zod';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import type { Problem } from '../../intake.ts';
import { textAt } from '../../json-reading.ts';
import { quoted } from '../../limited-text.ts';
import { schemaProblems } from '../../schema-problems.ts';

/** What tells an event from others, and what it is about. */
export interface EventAttributes {
  id: string;
  source: string;
  subject: string | null;
}

export type AttributesReading =
  | { kind: 'EVENT'; event: EventAttributes }
  | { kind: 'IGNORED'; reason: string }
  | { kind: 'INVALID'; problems: Problem[] };

const required = z.string({ error: 'Required: every CloudEvent has it' }).regex(/\S/, 'Must not be blank');

const schema = z.looseObject({
  specversion: required,
  id: required,
  source: required,
  type: required,
  subject: z.string().nullish(),
});

/** Of another version than 1.0 nothing is known, its attributes neither. */
export function readAttributes(attributes: JsonValue): AttributesReading {
  const version = textAt(attributes, 'specversion');
  if (version !== null && version.trim() !== '1.0') {
    return {
      kind: 'IGNORED',
      reason: `CloudEvents of version ${quoted(version)} are not known: those of 1.0 are`,
    };
  }
  const parsed = schema.safeParse(attributes);
  if (!parsed.success) return { kind: 'INVALID', problems: schemaProblems(parsed.error) };
  const { id, source } = parsed.data;
  return { kind: 'EVENT', event: { id, source, subject: textAt(attributes, 'subject') } };
}

/** An event is the same one where both are; null where one is missing. As JSON no id can be taken for a part of a source. */
export function eventIdentity(attributes: JsonValue): string | null {
  const source = textAt(attributes, 'source');
  const id = textAt(attributes, 'id');
  return source === null || id === null ? null : JSON.stringify([source, id]);
}

/** A batch that is sent again brings the same events in the same order. */
export function batchIdentity(batch: readonly JsonValue[]): string | null {
  const identities = batch.map((event) => eventIdentity(event));
  if (identities.length === 0 || identities.includes(null)) return null;
  return identities.length === 1 ? (identities[0] ?? null) : `[${identities.join()}]`;
}
