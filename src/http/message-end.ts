/** The bytes that end a message, and on how many sockets they are still to be written: they are in memory once. */
export interface MessageEnd {
  readonly bytes: Buffer;
  waitingOn: number;
}

/** How a message ends, as UTF-8: its payload and a brace. What is sent to many in a row is encoded, and held, once. */
export function createMessageEnd(): (payload: string) => MessageEnd {
  let payloadBefore = '';
  let last = messageEnd('}');
  return (payload) => {
    if (payload !== payloadBefore) last = messageEnd(`${(payloadBefore = payload)}}`);
    return last;
  };
}

export function messageEnd(text: string): MessageEnd {
  return { bytes: Buffer.from(text), waitingOn: 0 };
}
