const TEXT_AND_FINAL = 0x81;
const TWO_BYTES_FOLLOW = 126;
const EIGHT_BYTES_FOLLOW = 127;

/** How an unmasked text frame of the WebSocket protocol begins (RFC 6455, 5.2), with the first bytes of its text. */
export function textFrameHead(begin: Buffer, restLength: number): Buffer {
  const length = begin.length + restLength;
  const size = length < TWO_BYTES_FOLLOW ? 2 : length < 65_536 ? 4 : 10;
  const head = Buffer.allocUnsafe(size + begin.length);
  head[0] = TEXT_AND_FINAL;
  if (size === 2) head[1] = length;
  else if (size === 4) {
    head[1] = TWO_BYTES_FOLLOW;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = EIGHT_BYTES_FOLLOW;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  begin.copy(head, size);
  return head;
}
