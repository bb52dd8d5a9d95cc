import type { NewId } from '../kernel/ids.ts';

/** The ids of one submission, in the order they are asked for: the same ones again after a rewind. */
export interface IdTape {
  next(): string;
  rewind(): void;
}

export function createIdTape(newId: NewId): IdTape {
  const ids: string[] = [];
  let position = 0;
  return {
    next() {
      const id = ids[position] ?? newId();
      ids[position] = id;
      position += 1;
      return id;
    },
    rewind() {
      position = 0;
    },
  };
}
