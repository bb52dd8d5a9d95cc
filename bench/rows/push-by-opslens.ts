import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchProcess } from '../harness/bench-process.ts';
import { cpuSeconds } from '../harness/cpu-seconds.ts';
import { pollUntil } from '../harness/poll-until.ts';
import { LETS_GO_MS, giveSequencerLease, takeSequencerLease } from '../harness/sequencer-hold.ts';
import type { OpsLens } from '../harness/start-opslens.ts';
import type { IntakeLoadMethods } from '../processes/intake-load.ts';
import type { SinkFindings, SinkMethods } from '../processes/sink.ts';
import { monotonicMs } from '../processes/monotonic-ms.ts';
import { OPEN_STATES } from '../../src/store/delivery-row.ts';
import { createHeadStore } from '../../src/store/head-store.ts';
import { resolveWebhook, triggerWebhook } from './webhook-templates.ts';

export interface PushedRound {
  /** Deliveries. */
  perSecond: number;
  /** Of server and mongod; null where the system does not tell. */
  cpuPerThousand: number | null;
  findings: SinkFindings;
}

export interface OpsLensPusherDeps {
  opslens: OpsLens;
  sink: BenchProcess<SinkMethods>;
  load: BenchProcess<IntakeLoadMethods>;
  secret: string;
  /** Of what is measured. Each of them gets each event. */
  endpointIds: readonly string[];
}

const CONNECTIONS = 64;
const LIMIT_MS = 120_000;

/** Rounds in which the server pushes what was committed before, and does nothing else. */
export function createOpsLensPusher({ opslens, sink, load, secret, endpointIds }: OpsLensPusherDeps) {
  const { server, database } = opslens;
  const heads = createHeadStore(database);
  const deliveries = database.collection('deliveries');
  const pids = [server.pid, server.mongod.pid];
  let firstSeq = 1;
  let lettingGoAt = 0;

  /** An event that opens an incident and one that resolves it for each of half the count. */
  const post = async (count: number): Promise<void> => {
    const incidents = count / 2;
    for (const request of [triggerWebhook, resolveWebhook]) {
      const until = { count: incidents };
      await load.call('load', { port: server.port, request, connections: CONNECTIONS, firstSeq, until });
    }
    firstSeq += incidents;
  };

  const nothingOpen = async (): Promise<boolean> => {
    const open = { endpointId: { $in: [...endpointIds] }, state: { $in: [...OPEN_STATES] } };
    return (await deliveries.findOne(open, { hint: 'open_lanes' })) === null;
  };

  const allRecorded = async (events: number): Promise<void> => {
    await sink.call('reach', { count: events * endpointIds.length });
    await pollUntil(nothingOpen, { everyMs: 5, limitMs: LIMIT_MS, what: 'all deliveries are recorded' });
  };

  return {
    /** Pushes as it comes, without a measure. */
    async warmUp(count: number): Promise<void> {
      await sink.call('clear');
      await post(count);
      await allRecorded(count);
    },

    /** Begins to make the server stop numbering; takes effect while others are measured. */
    async hold(): Promise<void> {
      await takeSequencerLease(database);
      lettingGoAt = monotonicMs() + LETS_GO_MS;
    },

    /** From the moment on at which the server may number, to the record of the last delivery. */
    async push(count: number): Promise<PushedRound> {
      const pushes = count * endpointIds.length;
      await sleep(Math.max(0, lettingGoAt - monotonicMs()));
      await sink.call('clear');
      const before = await heads.read();
      await post(count);
      const after = await heads.read();
      if (before.sequence !== after.sequence) throw new Error('events were numbered before their time');
      await giveSequencerLease(database);
      const startedAt = monotonicMs();
      const cpuBefore = await cpuSeconds(pids);
      await allRecorded(count);
      const seconds = (monotonicMs() - startedAt) / 1000;
      const cpuAfter = await cpuSeconds(pids);
      return {
        perSecond: pushes / seconds,
        cpuPerThousand:
          cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / (pushes / 1000),
        findings: await sink.call('check', { secret }),
      };
    },
  };
}
