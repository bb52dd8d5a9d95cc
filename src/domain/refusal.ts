import type { CommandResult, RefusalCode } from './submission.ts';

export function refuse(code: RefusalCode, message: string, path: string[]): CommandResult {
  return { kind: 'REFUSED', refusal: { code, message, path } };
}
