import type { IncomingMessage } from 'node:http';
import { unavailable } from './error-reply.ts';
import { HttpError, RequestAbortedError, httpError } from './http-error.ts';

/**
 * The raw bytes of a request, at most `limit`. A body announced as larger is refused before any of it is read, and one
 * that turns out larger as soon as it does. `begin` tells a client that waits for `100 Continue` to go on; `hasRoom` is asked
 * before each piece is kept.
 */
export async function readBody(
  req: IncomingMessage,
  limit: number,
  begin: () => void,
  hasRoom: (bytes: number) => boolean = () => true,
): Promise<Buffer> {
  refuseEncoding(req.headers['content-encoding']);
  const announced = Number(req.headers['content-length'] ?? 0);
  if (announced > limit) throw tooLarge(limit);
  begin();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (settle: () => void): void => {
      req.off('data', onData).off('end', onEnd).off('close', onAway).off('error', onAway);
      settle();
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limit) end(() => reject(tooLarge(limit)));
      else if (!hasRoom(chunk.length)) end(() => reject(unavailable('too many bodies arrive at once', 1)));
      else chunks.push(chunk);
    };
    const onEnd = (): void => {
      const [first] = chunks;
      end(() => resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, size)));
    };
    const onAway = (): void => {
      end(() => reject(new RequestAbortedError('the sender went away before the body was whole')));
    };
    req.on('data', onData).once('end', onEnd).once('close', onAway).once('error', onAway);
  });
}

/** Signatures are made over the bytes sent, and nothing small may become large here: bodies come as they are. */
function refuseEncoding(encoding: string | undefined): void {
  if (encoding === undefined || encoding.trim() === '' || encoding.trim().toLowerCase() === 'identity')
    return;
  const message = 'Content-Encoding is not supported; send the body as it is';
  throw new HttpError(415, { path: 'content-encoding', message }, { 'Accept-Encoding': 'identity' });
}

function tooLarge(limit: number): HttpError {
  return httpError(413, `the body is larger than ${limit} bytes`);
}
