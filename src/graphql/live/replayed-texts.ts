import type { Event } from '../../domain/event.ts';

/** What was executed for replayed events: those who come back together and ask the same are answered once. */
export interface ReplayedTexts {
  of(event: Event, shareKey: string, execute: (gone: AbortSignal) => Promise<string>): ReplayedText;
}

export interface ReplayedText {
  text: Promise<string>;
  /** To be called by who does not wait for it any more: what is executed for nobody is ended. */
  leave(): void;
}

interface Shared {
  text: Promise<string>;
  /** Null once it is executed. */
  going: AbortController | null;
  waiting: number;
}

/** Remembers as long as the very page is in memory that the event was read with; see `EventPages`. */
export function createReplayedTexts(): ReplayedTexts {
  const known = new WeakMap<Event, Map<string, Shared>>();
  return {
    of(event, shareKey, execute) {
      const texts = known.get(event) ?? new Map<string, Shared>();
      known.set(event, texts);
      const shared = texts.get(shareKey) ?? begin(execute);
      texts.set(shareKey, shared);
      shared.waiting += 1;
      return {
        text: shared.text,
        leave() {
          shared.waiting -= 1;
          if (shared.waiting > 0 || shared.going === null) return;
          shared.going.abort();
          texts.delete(shareKey);
        },
      };
    },
  };
}

function begin(execute: (gone: AbortSignal) => Promise<string>): Shared {
  const going = new AbortController();
  const shared: Shared = { text: execute(going.signal), going, waiting: 0 };
  const onDone = (): void => void (shared.going = null);
  shared.text.then(onDone, onDone);
  return shared;
}
