import { once } from 'node:events';
import { WebSocket } from 'ws';
import { serveParent } from '../../bench/processes/parent-link.ts';
import { seededRandom } from './seeded-random.ts';

export type CrowdMethods = typeof methods;

export interface Asked {
  query: string;
  variables: Record<string, unknown>;
}

interface Gathering extends Asked {
  url: string;
  count: number;
  /** They never read what they are sent. */
  deaf?: boolean;
}

/** Of one who follows events: the numbers that came, and how it ended, if it did. */
interface Seen {
  sequences: number[];
  closed: { code: number; reason: string } | null;
}

interface Follower extends Seen {
  socket: WebSocket;
}

const OPEN_AT_ONCE = 100;
const crowds: Follower[][] = [];

/** A subscriber as bare as it can be, so that the crowd costs less than who serves it. */
async function follow(url: string, { query, variables }: Asked): Promise<Follower> {
  const socket = new WebSocket(url, 'graphql-transport-ws', { skipUTF8Validation: true });
  const follower: Follower = { socket, sequences: [], closed: null };
  socket.on('error', () => undefined);
  socket.once('close', (code, reason) => (follower.closed = { code, reason: reason.toString() }));
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  socket.on('message', (data: Buffer) => {
    const text = data.toString('latin1');
    const at = text.indexOf('"sequence":');
    if (at === -1) follower.closed = { code: 0, reason: text.slice(0, 500) };
    else follower.sequences.push(Number.parseInt(text.slice(at + 11, at + 30), 10));
  });
  const id = crypto.randomUUID();
  socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }));
  return follower;
}

interface Wandering extends Asked {
  /** It is cut after so many events at the latest. */
  cutWithin: number;
}

interface Wanderer {
  sequences: number[];
  /** How many there are for it, once that is known: the last of its ways is not cut before. */
  wanted: number | null;
  done: Promise<void>;
}

let wanderers: Wanderer[] = [];

/** Subscribes, is cut at a random moment, and subscribes anew after the last event it had, until it has all. */
async function wander(url: string, asked: Wandering, random: () => number, mine: Wanderer): Promise<void> {
  while (mine.wanted === null || mine.sequences.length < mine.wanted) {
    const after = mine.sequences.at(-1) ?? 0;
    const way = await follow(url, { ...asked, variables: { ...asked.variables, after } });
    const cutAfter = 1 + Math.floor(random() * asked.cutWithin);
    const isOver = (): boolean =>
      way.closed !== null ||
      way.sequences.length >= (mine.wanted === null ? cutAfter : mine.wanted - mine.sequences.length);
    while (!isOver()) await new Promise((resolve) => setTimeout(resolve, random() * 40));
    // What is still on its way is lost to it.
    way.socket.removeAllListeners('message');
    if (random() < 0.5) way.socket.terminate();
    else way.socket.close();
    mine.sequences.push(...way.sequences);
  }
}

const methods = serveParent({
  /** Resolves with the number of the crowd once all have asked. */
  async gather({ url, count, deaf, ...asked }: Gathering): Promise<number> {
    const crowd: Follower[] = [];
    for (let from = 0; from < count; from += OPEN_AT_ONCE) {
      const size = Math.min(OPEN_AT_ONCE, count - from);
      crowd.push(...(await Promise.all(Array.from({ length: size }, () => follow(url, asked)))));
    }
    if (deaf) for (const { socket } of crowd) socket.pause();
    return crowds.push(crowd) - 1;
  },

  /** How many events each of a crowd has had, at least and at most. */
  counts(crowd: number): [number, number] {
    const counts = (crowds[crowd] ?? []).map(({ sequences }) => sequences.length);
    return [Math.min(...counts), Math.max(...counts)];
  },

  /** What each of a crowd has had; those who had the same are told of once. */
  seen(crowd: number): Seen[] {
    const kinds = new Map(
      (crowds[crowd] ?? []).map(({ sequences, closed }) => [
        JSON.stringify([sequences, closed]),
        { sequences, closed },
      ]),
    );
    return [...kinds.values()];
  },

  /** Deaf ones read again; resolves with the codes that they were closed with. */
  async hear(crowd: number): Promise<number[]> {
    const codes = (crowds[crowd] ?? []).map(async ({ socket, closed }) => {
      if (closed === null) {
        const ended = once(socket, 'close');
        socket.resume();
        return ((await ended) as [number])[0];
      }
      return closed.code;
    });
    return Promise.all(codes);
  },

  /** Each begins to follow, in pieces cut at random. */
  wander({ url, seed, all }: { url: string; seed: number; all: Wandering[] }): void {
    wanderers = all.map((asked, index) => {
      const wanderer: Wanderer = { sequences: [], wanted: null, done: Promise.resolve() };
      wanderer.done = wander(url, asked, seededRandom(seed + index), wanderer);
      return wanderer;
    });
  },

  /** Resolves with what each had, once that is as much as it should be. */
  async settle(counts: number[]): Promise<number[][]> {
    for (const [index, wanderer] of wanderers.entries()) wanderer.wanted = counts[index] ?? 0;
    await Promise.all(wanderers.map(({ done }) => done));
    return wanderers.map(({ sequences }) => sequences);
  },
});
