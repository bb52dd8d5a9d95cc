import type { DeliveryState } from '../domain/delivery.ts';
import { idRange } from '../domain/recovery.ts';
import type { Recovery } from '../domain/recovery.ts';
import type { Refusal } from '../domain/submission.ts';
import type { Clock } from '../kernel/clock.ts';
import type { NewId } from '../kernel/ids.ts';
import type { RecoveryStore } from '../store/recovery-store.ts';
import type { WebhookEndpointStore } from '../store/webhook-endpoint-store.ts';
import { refuseToSend } from './refuse-to-send.ts';

export interface RecoverDeliveriesDeps {
  endpoints: Pick<WebhookEndpointStore, 'byId'>;
  recoveries: Pick<RecoveryStore, 'insert' | 'runningOf'>;
  clock: Pick<Clock, 'now'>;
  newId: NewId;
  /** There is work for the worker. */
  onInserted: () => void;
}

export interface RecoverDeliveriesInput {
  endpointId: string;
  since: Date;
  /** Null: up to now. */
  until: Date | null;
  states: readonly DeliveryState[];
  missed: boolean;
  by: string | null;
}

export type StartedRecovery = { recovery: Recovery } | { refusals: Refusal[] };

const PATH = ['input', 'endpointId'];
const FINAL: readonly DeliveryState[] = ['DELIVERED', 'DEAD', 'SUPERSEDED', 'CANCELLED'];

/** Stores what is to be sent again; it is worked off in the background, by whichever process gets to it. */
export async function recoverDeliveries(
  { endpoints, recoveries, clock, newId, onInserted }: RecoverDeliveriesDeps,
  input: RecoverDeliveriesInput,
): Promise<StartedRecovery> {
  const now = clock.now();
  const { endpointId, since, missed, by } = input;
  // What is still to come is not missed.
  const until = input.until !== null && input.until < now ? input.until : now;
  const states = [...new Set(input.states)];
  const refusals = refusalsOf({ since, until, states, missed });
  if (refusals.length > 0) return { refusals };
  const refusal = await refuseToSend(endpoints, endpointId, PATH);
  if (refusal !== null) return { refusals: [refusal] };

  const recovery: Recovery = {
    id: newId(),
    endpointId,
    since,
    until,
    states,
    missed,
    by,
    state: 'RUNNING',
    reason: null,
    cursor: idRange({ since, until }).from,
    recovered: 0,
    added: 0,
    expired: 0,
    createdAt: now,
    completedAt: null,
  };
  if ((await recoveries.insert(recovery)) === 'RUNNING') {
    const other = await recoveries.runningOf(endpointId);
    const which = other === null ? 'another recovery' : `recovery ${other.id}`;
    const message = `${which} of the endpoint is still running: wait for its end, or cancel it`;
    return { refusals: [{ code: 'CONFLICT', message, path: PATH }] };
  }
  onInserted();
  return { recovery };
}

function refusalsOf({
  since,
  until,
  states,
  missed,
}: Pick<Recovery, 'since' | 'until' | 'states' | 'missed'>): Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (field: string, message: string): void => {
    refusals.push({ code: 'INVALID', message, path: ['input', field] });
  };
  if (since >= until) refuse('since', 'since must be before until, and in the past');
  if (states.some((state) => !FINAL.includes(state))) {
    refuse('states', `states must be among ${FINAL.join(', ')}: deliveries in others are sent anyway`);
  }
  if (states.length === 0 && !missed)
    refuse('states', 'states must name at least one state, unless missed is true');
  return refusals;
}
