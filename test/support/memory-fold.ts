import { decideBatch } from '../../src/commands/decide-batch.ts';
import { createIdTape } from '../../src/commands/id-tape.ts';
import type { DeploymentState, Found } from '../../src/domain/draft.ts';
import type { IncidentState, KeyState } from '../../src/domain/incident-state.ts';
import type { UnnumberedEvent } from '../../src/domain/event.ts';
import type { Signal } from '../../src/domain/signal.ts';
import type {
  CommandResult,
  CommandSubmission,
  IncidentCommand,
  WebhookResult,
  WebhookSubmission,
} from '../../src/domain/submission.ts';
import type { TimelineEntry } from '../../src/domain/timeline-entry.ts';
import { toKnownReceipt, toReadings, toReceiptRow } from '../../src/store/receipt-row.ts';
import type { ReceiptRow } from '../../src/store/receipt-row.ts';

export const MINUTE = 60_000;
export const T0 = Date.parse('2026-03-04T05:00:00.000Z');

/** Minutes after the tests' zero hour. */
export const minute = (n: number): Date => new Date(T0 + n * MINUTE);

export interface MemoryFold {
  receive(...signals: Signal[]): Promise<WebhookResult>;
  /** Several webhooks in one batch. */
  receiveBatch(webhooks: Signal[][]): Promise<WebhookResult[]>;
  /** Any webhook, such as intake makes of a body. */
  submit(submission: WebhookSubmission): Promise<WebhookResult>;
  submitBatch(submissions: WebhookSubmission[]): Promise<WebhookResult[]>;
  command(command: IncidentCommand): Promise<CommandResult>;
  incidents(): IncidentState[];
  deployments(): DeploymentState[];
  timeline(incidentId: string): TimelineEntry[];
  events: UnnumberedEvent[];
  keys: Map<string, KeyState>;
  receipts: Map<string, ReceiptRow>;
  clock: { now: Date };
  /** How often states were loaded. */
  reads: { count: number };
}

/** The write path over maps instead of a database: real decisions, no transactions. */
export function createMemoryFold(): MemoryFold {
  const keys = new Map<string, KeyState>();
  const incidents = new Map<string, IncidentState>();
  const deployments = new Map<string, DeploymentState>();
  const receipts = new Map<string, ReceiptRow>();
  const entries = new Map<string, TimelineEntry>();
  const events: UnnumberedEvent[] = [];
  const clock = { now: minute(1000) };
  const reads = { count: 0 };
  let ids = 0;
  const newId = (): string => `id-${String((ids += 1)).padStart(6, '0')}`;

  const find = ({ kind, id }: { kind: string; id: string }): Found[] => {
    const key = keys.get(id);
    if (kind === 'key' && key) return [{ kind: 'key', state: key }];
    const incident = incidents.get(id);
    if (kind === 'incident' && incident) return [{ kind: 'incident', state: incident }];
    const deployment = deployments.get(id);
    if (kind === 'deployment' && deployment) return [{ kind: 'deployment', state: deployment }];
    const named = [...deployments.values()].find((state) => state.deployment.naturalKey === id);
    if (kind === 'naturalKey' && named) return [{ kind: 'deployment', state: named }];
    const rows = [...receipts.values()];
    const receipt = rows.find(({ dedupKey }) => dedupKey === id);
    if (kind === 'dedupKey' && receipt)
      return [{ kind: 'dedupKey', dedupKey: id, state: toKnownReceipt(receipt) }];
    const readings = toReadings(rows.filter(({ _id, replayOf }) => _id === id || replayOf === id));
    return kind === 'readings' && readings ? [{ kind: 'readings', receiptId: id, state: readings }] : [];
  };

  const run = async (batch: readonly (WebhookSubmission | CommandSubmission)[]) => {
    const identified = batch.map((submission) => ({ submission, tape: createIdTape(newId) }));
    const { draft, decided } = await decideBatch(identified, {
      load(wanted) {
        reads.count += 1;
        return Promise.resolve(wanted.flatMap(find));
      },
      now: clock.now,
      reopenWindowMs: 15 * MINUTE,
    });
    for (const [id, state] of draft.keys) keys.set(id, { ...state, version: state.version + 1 });
    for (const [id, state] of draft.incidents) incidents.set(id, { ...state, version: state.version + 1 });
    for (const [id, state] of draft.deployments) deployments.set(id, state);
    for (const [id, entry] of draft.entries) {
      if (entry === null) entries.delete(id);
      else entries.set(id, entry);
    }
    events.push(...draft.events);
    for (const { takesKeyFrom } of draft.receipts) delete receipts.get(takesKeyFrom ?? '')?.dedupKey;
    for (const write of draft.receipts) receipts.set(write.receipt.id, toReceiptRow(write));
    return decided.map((one) => {
      if (!one.ok) throw new Error('not decided', { cause: one.error });
      return one.result;
    });
  };

  const webhookOf = (signals: Signal[]): WebhookSubmission => {
    const id = newId();
    return {
      kind: 'WEBHOOK',
      receipt: {
        id,
        source: 'test',
        keySource: 'test',
        provider: 'generic',
        deliveryId: null,
        receivedAt: clock.now,
        headers: {},
        bodyHash: id,
        bodySize: 2,
        warnings: [],
        verifiedWith: null,
        fromStranger: false,
      },
      body: Buffer.from('{}'),
      dedupKey: null,
      verdict: {
        outcome: 'APPLIED',
        signals: signals.map((s) => ({ ...s, id: newId() })),
        deployments: [],
      },
    };
  };

  const submitBatch = async (webhooks: WebhookSubmission[]): Promise<WebhookResult[]> => {
    const results = await run(webhooks);
    return results.map((result) => {
      if (result.kind !== 'WEBHOOK') throw new Error('not a webhook result');
      return result;
    });
  };
  const receiveBatch = (webhooks: Signal[][]): Promise<WebhookResult[]> =>
    submitBatch(webhooks.map(webhookOf));
  const submit = async (submission: WebhookSubmission): Promise<WebhookResult> => {
    const [result] = await submitBatch([submission]);
    if (result === undefined) throw new Error('no result');
    return result;
  };

  return {
    receiveBatch,
    submit,
    submitBatch,
    receive: (...signals) => submit(webhookOf(signals)),
    async command(command) {
      const [result] = await run([
        { kind: 'COMMAND', id: newId(), receivedAt: clock.now, actor: null, command },
      ]);
      if (result === undefined || result.kind === 'WEBHOOK') throw new Error('not a command result');
      return result;
    },
    incidents: () => [...incidents.values()],
    deployments: () => [...deployments.values()],
    timeline: (incidentId) =>
      [...entries.values()]
        .filter((entry) => entry.incidentId === incidentId)
        .toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || (a.text < b.text ? -1 : 1)),
    events,
    keys,
    receipts,
    clock,
    reads,
  };
}

/** A signal of a provider's id, or of a reused key where `reuse` says so. */
export function signal(
  kind: Signal['kind'],
  at: Date | null,
  over: Partial<Omit<Signal, 'key'>> & { reuse?: Signal['key']['reuse']; key?: string } = {},
): Signal {
  const { reuse = 'ONCE', key = 'K1', ...rest } = over;
  return {
    id: 'replaced',
    kind,
    key: { source: 'test', externalKey: key, reuse, synthetic: false },
    occurredAt: at,
    claimedAt: null,
    tie: `${kind}@${at === null ? 'none' : at.toISOString()}`,
    fields: kind === 'TRIGGER' ? { title: 'Checkout is down', severity: 'HIGH' } : {},
    text: null,
    actor: null,
    ...rest,
  };
}

/** What readers see, without ids and times of arrival, of signals that come a second apart. */
export async function foldAll(signals: Signal[]) {
  const fold = createMemoryFold();
  for (const one of signals) {
    fold.clock.now = new Date(fold.clock.now.getTime() + 1000);
    await fold.receive(one);
  }
  return seenIn(fold);
}

export function seenIn(fold: MemoryFold) {
  return fold.incidents().map(({ incident }) => {
    const { id, createdAt: _c, updatedAt: _u, lastSeenAt: _l, triggerCount: _t, ...seen } = incident;
    const timeline = fold
      .timeline(id)
      .map(({ kind, text, occurredAt, actor }) => ({ kind, text, occurredAt, actor }));
    return { ...seen, timeline };
  });
}

export function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
