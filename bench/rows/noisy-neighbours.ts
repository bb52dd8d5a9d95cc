import type { Connection } from 'mongoose';
import { makeBacklog } from '../harness/backlog.ts';
import type { BacklogOrder } from '../harness/backlog.ts';
import type { BenchProcess } from '../harness/bench-process.ts';
import { pollUntil } from '../harness/poll-until.ts';
import type { NoiseSinkMethods } from '../processes/noise-sink.ts';
import { OPEN_STATES } from '../../src/store/delivery-row.ts';
import type { WebhookEndpointRow } from '../../src/store/webhook-endpoint-row.ts';

interface NoisyNeighboursDeps {
  database: Connection;
  sink: BenchProcess<NoiseSinkMethods>;
  secret: string;
  /** Deliveries that the slow one begins with. */
  backlog: number;
  /** Whose bodies are sent to them. */
  events: BacklogOrder['events'];
}

const HANGING_PATH = '/hanging';
const SLOW_ID = 'noisy-slow';
const HANGING_BACKLOG = 1000;
const ANSWER_AFTER_MS = 500;
/** As many as go to one endpoint at once. */
const HANGING_AT_ONCE = 8;
const LIMIT_MS = 30_000;

/**
 * An endpoint that answers late and has a long backlog, and one that hangs. They can be had and not: they get no new
 * events, so that as much is fanned out in either case.
 */
export async function openNoisyNeighbours({ database, sink, secret, backlog, events }: NoisyNeighboursDeps) {
  const port = await sink.call('listen', { hangingPath: HANGING_PATH, answerAfterMs: ANSWER_AFTER_MS });
  const origin = `http://127.0.0.1:${port}`;
  const endpoints = database.collection<{ _id: string } & WebhookEndpointRow>('webhook_endpoints');
  const deliveries = database.collection('deliveries');
  // Of a type that nothing here brings about.
  const row = { secret, events: 'hypothesis.generated', is_active: true };
  let times = 0;
  const until = (ask: () => Promise<boolean>, what: string): Promise<void> =>
    pollUntil(ask, { everyMs: 20, limitMs: LIMIT_MS, what });

  // First the endpoints: what is open for one that does not exist is cancelled.
  await endpoints.insertOne({ _id: SLOW_ID, ...row, url: `${origin}/slow`, paused_at: new Date() });
  await makeBacklog(database, { endpointId: SLOW_ID, count: backlog, events });
  const hangingId = (): string => `noisy-hanging-${times}`;

  return {
    /** Resolves when both are served; the one that hangs is a new one each time, of which nothing bad is known. */
    async begin(): Promise<void> {
      times += 1;
      const { answered } = await sink.call('state');
      await endpoints.insertOne({ _id: hangingId(), ...row, url: origin + HANGING_PATH });
      await makeBacklog(database, { endpointId: hangingId(), count: HANGING_BACKLOG, events });
      await endpoints.updateOne({ _id: SLOW_ID }, { $set: { paused_at: null } });
      await until(async () => {
        const state = await sink.call('state');
        return state.answered > answered && state.hanging >= HANGING_AT_ONCE;
      }, 'the slow and the hanging endpoint are served');
    },

    /** Resolves when nothing goes to either of them. */
    async end(): Promise<void> {
      await endpoints.updateOne({ _id: SLOW_ID }, { $set: { paused_at: new Date() } });
      await endpoints.deleteOne({ _id: hangingId() });
      const open = { endpointId: hangingId(), state: { $in: [...OPEN_STATES] } };
      await until(async () => {
        await sink.call('letGo');
        return (await deliveries.findOne(open, { hint: 'open_lanes' })) === null;
      }, 'what was for the one that hung is cancelled');
    },

    /** What there is of them now. */
    async state(): Promise<{ hanging: number; left: number }> {
      const pending = { endpointId: SLOW_ID, state: 'PENDING' };
      return {
        hanging: (await sink.call('state')).hanging,
        left: await deliveries.countDocuments(pending, { hint: 'pending' }),
      };
    },
  };
}
