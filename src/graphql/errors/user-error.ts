import type { z } from 'zod';
import type { Refusal } from '../../domain/submission.ts';

/** A refusal as the schema shows it: `UserError`. */
export type UserError = Refusal;

/** What zod found wrong with an input object. */
export function inputErrors(error: z.ZodError): UserError[] {
  return error.issues.map(({ message, path }) => ({
    code: 'INVALID',
    message: `${path.map(String).join('.') || 'input'} ${message}`,
    path: ['input', ...path.map(String)],
  }));
}
