import type { z } from 'zod';
import type { Problem } from './intake.ts';

/** Every fault that a schema found, each with its path from `root`. */
export function schemaProblems(error: z.ZodError, root: readonly (string | number)[] = []): Problem[] {
  return error.issues.map(({ path, message }) => ({
    path: [...root, ...path].map(String).join('.'),
    message,
  }));
}
