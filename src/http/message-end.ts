/** How a message ends, as UTF-8: its payload and a brace. What is sent to many in a row is encoded, and held, once. */
export function createMessageEnd(): (payload: string) => Buffer {
  let last = { payload: '', bytes: Buffer.alloc(0) };
  return (payload) => {
    if (payload !== last.payload) last = { payload, bytes: Buffer.from(`${payload}}`) };
    return last.bytes;
  };
}
