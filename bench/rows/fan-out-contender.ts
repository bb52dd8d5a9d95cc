import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchProcess } from '../harness/bench-process.ts';
import { cpuSeconds } from '../harness/cpu-seconds.ts';
import type { ArrivalsMethods } from '../processes/arrivals.ts';
import type { RequestTemplate } from '../processes/request-template.ts';
import type { CrowdFindings, SubscribersMethods } from '../processes/subscribers.ts';
import { ELEVEN_FIELDS } from './live-events.ts';

/** A server that takes webhooks and tells subscribers of each. */
export interface FanOutContender {
  name: string;
  webhookPort: number;
  /** Of its WebSockets. */
  port: number;
  request: RequestTemplate;
  pid: number;
  /** Null where it stores nothing. */
  databasePid: number | null;
}

/** What a number of webhooks did. */
export interface ToldRound {
  events: number;
  /** Of the server; null where the system does not tell. */
  cpu: number | null;
  databaseCpu: number | null;
  /** Null where not all subscribers had all events in time, or a socket was closed. */
  findings: CrowdFindings | null;
}

interface Arrivals {
  perSecond: number;
  seconds: number;
  request?: RequestTemplate;
}

interface Processes {
  arrivals: BenchProcess<ArrivalsMethods>;
  subscribers: BenchProcess<SubscribersMethods>;
}

const REACH_LIMIT_MS = 3_000;
/** What an event costs behind its answer: numbering, timers. */
const SETTLE_MS = 300;

export type FanOutBench = ReturnType<typeof createFanOutBench>;

export function createFanOutBench({ arrivals, subscribers }: Processes) {
  let firstSeq = 1;

  /** Posts webhooks at a steady rate, with a crowd that is told of them or without. */
  const tell = async (
    it: FanOutContender,
    { perSecond, seconds, request = it.request }: Arrivals,
    crowd: number | null,
  ): Promise<ToldRound> => {
    const events = Math.round(perSecond * seconds);
    const order = { port: it.webhookPort, request, perSecond, seconds: events / perSecond, firstSeq };
    firstSeq += events;
    if (crowd !== null) await subscribers.call('clear', crowd);
    const before = await cpuOf(it);
    const { postedAt } = await arrivals.call('arrive', order);
    const reached =
      crowd !== null && (await subscribers.call('reach', { crowd, events, limitMs: REACH_LIMIT_MS }));
    await sleep(SETTLE_MS);
    const after = await cpuOf(it);
    const whole = reached && (await subscribers.call('closings', crowd)).length === 0;
    return {
      events,
      cpu: difference(before.cpu, after.cpu),
      databaseCpu: difference(before.databaseCpu, after.databaseCpu),
      findings: whole ? await subscribers.call('findings', { crowd, postedAt }) : null,
    };
  };

  return {
    tell,

    /** Resolves with the number of a crowd of which each has had an event. */
    async gather(it: FanOutContender, count: number): Promise<number> {
      const crowd = await subscribers.call('gather', { port: it.port, query: ELEVEN_FIELDS, count });
      for (let tries = 0; tries < 5; tries++) {
        const { findings } = await tell(it, { perSecond: 10, seconds: 0.5 }, crowd);
        if (findings !== null) return crowd;
      }
      throw new Error(`${it.name}: not all subscribers are told`);
    },

    scatter: (crowd: number): Promise<void> => subscribers.call('scatter', crowd),
  };
}

async function cpuOf({ pid, databasePid }: FanOutContender) {
  return {
    cpu: await cpuSeconds([pid]),
    databaseCpu: databasePid === null ? 0 : await cpuSeconds([databasePid]),
  };
}

function difference(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before;
}
