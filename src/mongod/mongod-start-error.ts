import type { MongodExit } from './mongod-process.ts';

/** mongod was found but does not come up. */
export class MongodStartError extends Error {
  override readonly name = 'MongodStartError';
  /** Set if it ended by itself. */
  readonly exit: MongodExit | undefined;

  constructor(message: string, options: { exit?: MongodExit; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.exit = options.exit;
  }
}
