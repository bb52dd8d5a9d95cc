import type { IncomingMessage } from 'node:http';
import type { BodyShare } from './body-budget.ts';
import { createByteCollector } from './byte-collector.ts';
import { unavailable } from './error-reply.ts';
import { HttpError, RequestAbortedError, httpError } from './http-error.ts';

/**
 * The raw bytes of a request, at most `limit`. A body announced as larger is refused before any of it is read, and one
 * that turns out larger as soon as it does. `begin` tells a client that waits for `100 Continue` to go on; `share` is
 * asked for room before each piece is kept.
 */
export async function readBody(
  req: IncomingMessage,
  limit: number,
  begin: () => void,
  share?: BodyShare,
): Promise<Buffer> {
  refuseEncoding(req.headers['content-encoding']);
  const announced = Number(req.headers['content-length'] ?? 0);
  if (announced > limit) throw tooLarge(limit);
  begin();
  return new Promise((resolve, reject) => {
    const collected = createByteCollector(announced);
    const end = (settle: () => void): void => {
      req.off('data', onData).off('end', onEnd).off('close', onAway).off('error', onAway);
      share?.arrived();
      settle();
    };
    const onData = (piece: Buffer): void => {
      if (collected.size + piece.length > limit) end(() => reject(tooLarge(limit)));
      else if (share?.take(piece.length) === false) {
        end(() => reject(unavailable('too many bodies arrive at once', 1)));
      } else collected.add(piece);
    };
    const onEnd = (): void => end(() => resolve(collected.whole()));
    const onAway = (): void => {
      end(() =>
        reject(new RequestAbortedError('the sender went away, or took too long, before the body was whole')),
      );
    };
    share?.arriving(() =>
      end(() => reject(unavailable('too many bodies arrive at once, and this one too slowly', 1))),
    );
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
