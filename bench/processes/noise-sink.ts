import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { serveParent } from './parent-link.ts';

export type NoiseSinkMethods = typeof methods;

export interface NoiseSinkOptions {
  /** What comes here is never answered. */
  hangingPath: string;
  /** All else is answered so late. */
  answerAfterMs: number;
}

let answered = 0;
let options: NoiseSinkOptions = { hangingPath: '', answerAfterMs: 0 };
const hanging = new Set<ServerResponse>();

const server = createServer((req, res) => {
  req.resume();
  req.on('end', () => {
    if (req.url === options.hangingPath) {
      hanging.add(res);
      res.on('close', () => hanging.delete(res));
      return;
    }
    setTimeout(() => {
      answered += 1;
      res.end('ok');
    }, options.answerAfterMs);
  });
});

/** Receivers that nobody should suffer from: one answers late, the other not at all. */
const methods = serveParent({
  async listen(wanted: NoiseSinkOptions): Promise<number> {
    options = wanted;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  },

  /** How many the slow one answered so far, and how many hang now. */
  state: (): { answered: number; hanging: number } => ({ answered, hanging: hanging.size }),

  /** Answers those that hang. */
  letGo(): void {
    for (const res of hanging) res.end('ok');
  },
});
