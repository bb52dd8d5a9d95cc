import { setMaxListeners } from 'node:events';

/** Why work for a caller was ended before it was done. */
type Ending = 'TIME_UP' | 'CALLER_GONE';

/** The reason of the signal, and so the error of whatever it ends. */
export class EndedError extends Error {
  override readonly name = 'EndedError';
  readonly ending: Ending;

  constructor(ending: Ending, message: string) {
    super(message);
    this.ending = ending;
  }
}

/** What was ended gets so long to say how far it came; then it is not waited for any more. */
const LAST_WORDS_MS = 100;
/** Ending a read costs a connection to the database, so what would be over in a moment anyhow is left to be. */
const GONE_GRACE_MS = 100;

/**
 * Does the work with a signal that aborts once the time is up, or once the caller is gone. It is answered shortly after
 * that at the latest, even where the work never ends.
 */
export async function limitTime<T>({
  ms,
  gone,
  work,
}: {
  ms: number;
  /** Aborts when nobody waits for the work any more. */
  gone?: AbortSignal | undefined;
  work: (signal: AbortSignal) => Promise<T>;
}): Promise<{ result: T } | { ended: EndedError }> {
  const controller = new AbortController();
  // Every read that is under way listens.
  setMaxListeners(0, controller.signal);
  let giveUp: (answer: { ended: EndedError }) => void = () => undefined;
  const ended = new Promise<{ ended: EndedError }>((resolve) => (giveUp = resolve));

  const end = (ending: Ending): void => {
    const message = ending === 'TIME_UP' ? `Not done within ${ms / 1000} s` : 'The caller is gone';
    const error = new EndedError(ending, message);
    controller.abort(error);
    timer = setTimeout(giveUp, LAST_WORDS_MS, { ended: error });
  };
  let timer = setTimeout(end, ms, 'TIME_UP');
  const onGone = (): void => {
    if (controller.signal.aborted) return;
    clearTimeout(timer);
    timer = setTimeout(end, GONE_GRACE_MS, 'CALLER_GONE');
  };
  gone?.addEventListener('abort', onGone, { once: true });
  if (gone?.aborted === true) onGone();

  try {
    return await Promise.race([ended, work(controller.signal).then((result) => ({ result }))]);
  } catch (error) {
    if (error instanceof EndedError) return { ended: error };
    throw error;
  } finally {
    clearTimeout(timer);
    gone?.removeEventListener('abort', onGone);
  }
}
