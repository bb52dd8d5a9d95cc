import type { Event } from '../../domain/event.ts';

/** What was executed for replayed events: those who come back together and ask the same are answered once. */
export interface ReplayedTexts {
  of(event: Event, shareKey: string, execute: () => Promise<string>): Promise<string>;
}

/** Remembers as long as the very page is in memory that the event was read with; see `EventPages`. */
export function createReplayedTexts(): ReplayedTexts {
  const known = new WeakMap<Event, Map<string, Promise<string>>>();
  return {
    of(event, shareKey, execute) {
      const texts = known.get(event) ?? new Map<string, Promise<string>>();
      known.set(event, texts);
      const text = texts.get(shareKey) ?? execute();
      texts.set(shareKey, text);
      return text;
    },
  };
}
