import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../report/percentile.ts';
import type { LiveSocket } from './live-socket.ts';
import { openLiveSocket } from './live-socket.ts';
import { monotonicMs } from './monotonic-ms.ts';
import { serveParent } from './parent-link.ts';

export type SubscribersMethods = typeof methods;

interface CrowdOrder {
  port: number;
  query: string;
  count: number;
  /** They never read what they are sent. */
  paused?: boolean;
}

export interface CrowdFindings {
  /** From when the webhook was posted to when a subscriber had its event, over all deliveries. */
  p50Ms: number;
  p99Ms: number;
  deliveries: number;
  /** Bytes of one message, in the mean. */
  bytes: number;
  /** Events with a lower number than an earlier one of the same subscriber. */
  outOfOrder: number;
}

interface Subscriber {
  socket: LiveSocket;
  lastSequence: number;
}

interface Crowd {
  subscribers: Subscriber[];
  /** By the number in its title: when each subscriber had the event. */
  came: Map<number, number[]>;
  deliveries: number;
  bytes: number;
  outOfOrder: number;
  awaited: { deliveries: number; resolve: () => void } | null;
  /** Codes that sockets were closed with. */
  closedWith: number[];
}

const OPEN_AT_ONCE = 50;
const HEAR_MS = 3_000;
const TITLE = 'bench-';
const SEQUENCE = '"sequence":';
const crowds: Crowd[] = [];

const methods = serveParent({
  /** Resolves with the number of the crowd when all have asked. */
  async gather({ port, query, count, paused }: CrowdOrder): Promise<number> {
    const crowd: Crowd = { ...nothingYet(), subscribers: [], awaited: null, closedWith: [] };
    while (crowd.subscribers.length < count) {
      const some = Math.min(OPEN_AT_ONCE, count - crowd.subscribers.length);
      const opened = await Promise.all(Array.from({ length: some }, () => subscribe(port, query, crowd)));
      crowd.subscribers.push(...opened);
    }
    if (paused === true) for (const { socket } of crowd.subscribers) socket.pause();
    return crowds.push(crowd) - 1;
  },

  clear(index: number): void {
    Object.assign(crowdOf(index), nothingYet());
  },

  /** Resolves when each has had so many events since it was cleared, or with false when that takes too long. */
  async reach({
    crowd,
    events,
    limitMs,
  }: {
    crowd: number;
    events: number;
    limitMs: number;
  }): Promise<boolean> {
    const it = crowdOf(crowd);
    const deliveries = events * it.subscribers.length;
    if (it.deliveries >= deliveries) return true;
    return new Promise((resolve) => {
      const tooLong = setTimeout(() => {
        it.awaited = null;
        resolve(false);
      }, limitMs);
      const reached = (): void => {
        clearTimeout(tooLong);
        resolve(true);
      };
      it.awaited = { deliveries, resolve: reached };
    });
  },

  /** What came since it was cleared, of what was posted then. */
  findings({ crowd, postedAt }: { crowd: number; postedAt: Map<number, number> }): CrowdFindings {
    const { came, deliveries, bytes, outOfOrder } = crowdOf(crowd);
    const took = [...came].flatMap(([seq, times]) =>
      times.map((at) => at - (postedAt.get(seq) ?? Number.NaN)),
    );
    const [p50Ms, p99Ms] = [percentile(took, 50), percentile(took, 99)];
    return { p50Ms, p99Ms, deliveries, bytes: bytes / deliveries, outOfOrder };
  },

  /** Codes that sockets of it were closed with. */
  closings: (crowd: number): number[] => crowdOf(crowd).closedWith,

  /** Those who did not read do so now; resolves with the codes that sockets of it were closed with by then. */
  async hear(crowd: number): Promise<number[]> {
    const { subscribers, closedWith } = crowdOf(crowd);
    for (const { socket } of subscribers) socket.resume();
    await Promise.race([Promise.all(subscribers.map(({ socket }) => socket.closed)), sleep(HEAR_MS)]);
    return closedWith;
  },

  async scatter(crowd: number): Promise<void> {
    const { subscribers } = crowdOf(crowd);
    for (const { socket } of subscribers) socket.destroy();
    await Promise.all(subscribers.map(({ socket }) => socket.closed));
  },
});

function nothingYet(): Pick<Crowd, 'came' | 'deliveries' | 'bytes' | 'outOfOrder'> {
  return { came: new Map(), deliveries: 0, bytes: 0, outOfOrder: 0 };
}

function crowdOf(index: number): Crowd {
  const crowd = crowds[index];
  if (crowd === undefined) throw new Error(`there is no crowd ${index}`);
  return crowd;
}

async function subscribe(port: number, query: string, crowd: Crowd): Promise<Subscriber> {
  let take = (_text: Buffer): void => undefined;
  const socket = await openLiveSocket({ port, onText: (text) => take(text) });
  const subscriber: Subscriber = { socket, lastSequence: 0 };
  void socket.closed.then((code) => crowd.closedWith.push(code));
  await new Promise<void>((resolve) => {
    take = () => resolve();
    socket.send('{"type":"connection_init"}');
  });
  take = (text) => receive(crowd, subscriber, text);
  const id = crypto.randomUUID();
  socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query } }));
  return subscriber;
}

function receive(crowd: Crowd, subscriber: Subscriber, text: Buffer): void {
  const titleAt = text.indexOf(TITLE);
  const sequenceAt = text.indexOf(SEQUENCE);
  if (titleAt === -1 || sequenceAt === -1) {
    // What a server of graphql-ws says beside events.
    if (text.includes('"type":"ping"')) return subscriber.socket.send('{"type":"pong"}');
    process.stderr.write(`not an event: ${text.toString('utf8', 0, 500)}\n`);
    return;
  }
  const seq = digitsAt(text, titleAt + TITLE.length);
  const sequence = digitsAt(text, sequenceAt + SEQUENCE.length);
  const times = crowd.came.get(seq);
  if (times === undefined) crowd.came.set(seq, [monotonicMs()]);
  else times.push(monotonicMs());
  if (sequence <= subscriber.lastSequence) crowd.outOfOrder += 1;
  subscriber.lastSequence = sequence;
  crowd.bytes += text.length;
  crowd.deliveries += 1;
  if (crowd.awaited !== null && crowd.deliveries >= crowd.awaited.deliveries) {
    crowd.awaited.resolve();
    crowd.awaited = null;
  }
}

function digitsAt(text: Buffer, from: number): number {
  let value = 0;
  for (let at = from; ; at++) {
    const digit = (text[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return value;
    value = value * 10 + digit;
  }
}
