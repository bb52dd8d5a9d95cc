/** Puts a body together. Pieces are copied: kept one by one, many tiny ones would cost a hundred times their bytes. */
export interface ByteCollector {
  readonly size: number;
  add(piece: Buffer): void;
  /** All of it. Nothing is added afterwards. */
  whole(): Buffer;
}

const FIRST_CAPACITY = 16 * 1024;

/** `expected`: how many bytes are announced, or nothing. So much is never reserved at once: anybody can announce much. */
export function createByteCollector(expected: number): ByteCollector {
  let bytes: Buffer = Buffer.alloc(0);
  let size = 0;
  let own = false;

  const grow = (needed: number): void => {
    const doubled = Math.max(FIRST_CAPACITY, needed * 2);
    const grown = Buffer.allocUnsafe(expected >= needed ? Math.min(doubled, expected) : doubled);
    bytes.copy(grown, 0, 0, size);
    bytes = grown;
    own = true;
  };

  return {
    get size() {
      return size;
    },
    add(piece) {
      // Most bodies are one piece.
      if (size === 0) {
        bytes = piece;
      } else {
        if (!own || size + piece.length > bytes.length) grow(size + piece.length);
        piece.copy(bytes, size);
      }
      size += piece.length;
    },
    whole: () => (own ? bytes.subarray(0, size) : bytes),
  };
}
