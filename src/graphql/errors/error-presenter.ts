import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import { ReadTooLongError } from '../../domain/read-too-long-error.ts';
import { retryAfterSeconds } from '../../domain/retry-after.ts';
import { UnavailableError } from '../../domain/submission.ts';
import type { NewId } from '../../kernel/ids.ts';
import { EndedError } from '../../kernel/limit-time.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { ErrorCode } from './coded-error.ts';

export type PresentError = (error: unknown) => GraphQLFormattedError;

/**
 * What a client is told of an error. What it can act on is told as it is; a bug is logged and hidden behind an id that
 * stands in the log too.
 */
export function createErrorPresenter({ logger, newId }: { logger: Logger; newId: NewId }): PresentError {
  const bug = (error: unknown, cause: unknown): GraphQLFormattedError => {
    const errorId = newId();
    logger.error({ err: cause, errorId }, 'a GraphQL operation failed');
    return as(error, 'INTERNAL', 'Something went wrong inside OpsLens.', { errorId });
  };

  return (error) => {
    const cause = causeOf(error);
    if (isBeforeExecution(error)) {
      // `http` is for Apollo: the status that the answer has.
      const { http: _status, ...extensions } = error.extensions;
      return withPlace(error, {
        message: error.message,
        extensions: { code: 'BAD_USER_INPUT', ...extensions },
      });
    }
    if (cause instanceof GraphQLError) {
      return typeof cause.extensions['code'] === 'string'
        ? withPlace(error, cause.toJSON())
        : bug(error, cause);
    }
    const seconds = retryAfterSeconds(cause);
    if (seconds !== null) {
      const message = cause instanceof UnavailableError ? cause.message : 'The database does not answer.';
      return as(error, 'UNAVAILABLE', message, { retryAfterSeconds: seconds });
    }
    if (cause instanceof ReadTooLongError) {
      return as(error, 'TIMEOUT', `The list was ${cause.message}: narrow its filter.`);
    }
    if (cause instanceof EndedError) {
      return as(error, 'TIMEOUT', `${cause.message}: ask for less, or narrow the filter.`);
    }
    return bug(error, cause);
  };
}

/** The document or the variables were wrong, so no resolver was asked: whatever says so is for the client. */
function isBeforeExecution(error: unknown): error is GraphQLError {
  if (!(error instanceof GraphQLError) || error.path !== undefined) return false;
  return error.originalError === undefined || error.originalError instanceof GraphQLError;
}

function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? causeOf(error.originalError) : error;
}

function as(
  error: unknown,
  code: ErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): GraphQLFormattedError {
  return withPlace(error, { message, extensions: { ...details, code } });
}

/** Where it happened is known to the outermost error only. */
function withPlace(error: unknown, presented: GraphQLFormattedError): GraphQLFormattedError {
  if (!(error instanceof GraphQLError)) return presented;
  const { locations, path } = error.toJSON();
  return { ...presented, ...(locations && { locations }), ...(path && { path }) };
}
