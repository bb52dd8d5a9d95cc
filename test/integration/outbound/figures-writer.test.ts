import type { Connection } from 'mongoose';
import { expect, onTestFinished, test } from 'vitest';
import { DatabaseAwayError } from '../../../src/domain/commit-errors.ts';
import { SPAN_MS, endpointFigures, spanStart } from '../../../src/domain/endpoint-figures.ts';
import type { AttemptOutcome } from '../../../src/domain/delivery.ts';
import { startFiguresWriter } from '../../../src/outbound/figures-writer.ts';
import type { FiguresWriter } from '../../../src/outbound/figures-writer.ts';
import { endpointFiguresModel } from '../../../src/store/endpoint-figures-row.ts';
import { createEndpointFiguresStore } from '../../../src/store/endpoint-figures-store.ts';
import type { EndpointFiguresStore, SpanCounts } from '../../../src/store/endpoint-figures-store.ts';
import { ensureCollections } from '../../../src/store/ensure-collections.ts';
import { nativeCollection } from '../../../src/store/native-collection.ts';
import { silent } from '../../support/event-log.ts';
import { eventually } from '../../support/eventually.ts';
import { openTestDatabase } from '../../support/test-database.ts';

const SPAN = new Date(spanStart(Date.now()));
const NEVER = 3_600_000;

async function open(): Promise<{ connection: Connection; figures: EndpointFiguresStore }> {
  const connection = await openTestDatabase();
  const figures = createEndpointFiguresStore(connection);
  await ensureCollections(connection);
  return { connection, figures };
}

function start(figures: Pick<EndpointFiguresStore, 'add'>, flushMs = NEVER): FiguresWriter {
  const writer = startFiguresWriter({ figures, logger: silent, flushMs });
  onTestFinished(() => writer[Symbol.asyncDispose]());
  return writer;
}

function push(writer: FiguresWriter, endpointId: string, times: number, outcome: AttemptOutcome): void {
  for (let n = 0; n < times; n++) {
    writer.attempted(endpointId, { at: new Date(SPAN.getTime() + n), outcome, durationMs: 7 });
  }
}

test('what was counted is in the store within the flush, and added to by the next one', async () => {
  const { figures } = await open();
  const writer = start(figures, 20);
  const stored = async () => (await figures.since(['one'], SPAN)).get('one');
  push(writer, 'one', 3, 'DELIVERED');
  const isThere = { withinMs: 10_000, what: 'the figures are stored' };
  await eventually(stored, (counts) => counts?.succeeded === 3, isThere);
  push(writer, 'one', 2, 'FAILED');
  const counts = await eventually(stored, (later) => later?.failed === 2, isThere);
  expect(counts).toEqual({
    succeeded: 3,
    failed: 2,
    latency: new Map([[20, 5]]),
    lastSuccessAt: new Date(SPAN.getTime() + 2),
    lastFailureAt: new Date(SPAN.getTime() + 1),
  });
});

test('two processes that close at once leave the sum of both in one row for each endpoint and hour', async () => {
  const { connection, figures } = await open();
  const writers = [start(figures), start(createEndpointFiguresStore(connection))];
  const ids = Array.from({ length: 300 }, (_, n) => `endpoint-${n}`);
  for (const writer of writers) {
    for (const id of ids) push(writer, id, 4, 'DELIVERED');
    writer.attempted('endpoint-0', { at: SPAN, outcome: 'FAILED', durationMs: 15_000 });
  }
  await Promise.all(writers.map((writer) => writer[Symbol.asyncDispose]()));

  const rows = nativeCollection(endpointFiguresModel(connection));
  expect(await rows.countDocuments()).toBe(300);
  const found = await figures.since([...ids, 'unknown'], SPAN);
  expect(found.size).toBe(301);
  for (const id of ids.slice(1)) expect(found.get(id)).toMatchObject({ succeeded: 8, failed: 0 });
  expect(endpointFigures(found.get('endpoint-0') ?? expect.fail(), SPAN)).toMatchObject({
    attempts: 10,
    successRate: 0.8,
    p50Ms: 7,
    p99Ms: 15_628,
  });
  expect(found.get('unknown')).toMatchObject({ succeeded: 0, failed: 0 });
});

test('a window begins at its span, not at the hour that the span lies in', async () => {
  const { figures } = await open();
  const writer = start(figures);
  const spans = 300;
  const at = (span: number): Date => new Date(SPAN.getTime() - (spans - 1 - span) * SPAN_MS);
  for (let span = 0; span < spans; span++) {
    writer.attempted('one', { at: at(span), outcome: 'DELIVERED', durationMs: 1 });
    writer.attempted('other', { at: at(span), outcome: 'FAILED', durationMs: 1 });
  }
  await writer[Symbol.asyncDispose]();
  for (let first = 0; first < spans; first += 7) {
    const counts = (await figures.since(['one'], at(first))).get('one');
    expect(counts).toMatchObject({
      succeeded: spans - first,
      failed: 0,
      latency: new Map([[1, spans - first]]),
    });
  }
  const over = await figures.since(['one'], new Date(at(spans - 1).getTime() + SPAN_MS));
  expect(over.get('one')).toMatchObject({ succeeded: 0, lastSuccessAt: null });
});

/** A store whose next `failing` writes fail. */
function flaky(error: Error, failing: number) {
  const written: SpanCounts[] = [];
  return {
    written,
    add(spans: readonly SpanCounts[]): Promise<void> {
      if (failing-- > 0) return Promise.reject(error);
      written.push(...spans);
      return Promise.resolve();
    },
  };
}

test('while the database is away figures are kept, and are written once when it is back', async () => {
  const store = flaky(new DatabaseAwayError('away'), 3);
  const writer = start(store, 10);
  push(writer, 'one', 5, 'DELIVERED');
  writer.attempted('one', { at: new Date(SPAN.getTime() + SPAN_MS), outcome: 'DELIVERED', durationMs: 1 });
  await eventually(
    () => store.written.length,
    (count) => count > 0,
    { withinMs: 10_000, what: 'it is back' },
  );
  await writer[Symbol.asyncDispose]();
  expect(store.written.map(({ start: at, counts }) => [at.getTime(), counts.succeeded])).toEqual([
    [SPAN.getTime(), 5],
    [SPAN.getTime() + SPAN_MS, 1],
  ]);
});

test('what the store refuses is not tried for ever, and does not keep the rest from being written', async () => {
  const store = flaky(new Error('no such number'), 1);
  const writer = start(store);
  for (let n = 0; n < 500; n++) push(writer, `endpoint-${n}`, 1, 'DELIVERED');
  await writer[Symbol.asyncDispose]();
  expect(store.written).toHaveLength(300);
});

test('figures expire after a day, on their own', async () => {
  const { connection } = await open();
  const indexes = await nativeCollection(endpointFiguresModel(connection)).indexes();
  const seconds = Number(indexes.find(({ name }) => name === 'kept')?.['expireAfterSeconds']);
  expect(seconds).toBeGreaterThanOrEqual(25 * 3600);
  expect(seconds).toBeLessThanOrEqual(48 * 3600);
});
