import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startCommitter } from '../../../src/commands/committer.ts';
import type { CommitterDeps } from '../../../src/commands/committer.ts';
import {
  DatabaseAwayError,
  StaleStateError,
  UnknownCommitResultError,
} from '../../../src/domain/commit-errors.ts';
import type { Draft } from '../../../src/domain/draft.ts';
import { UnavailableError } from '../../../src/domain/submission.ts';
import type { WebhookSubmission } from '../../../src/domain/submission.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { createLogger } from '../../../src/kernel/logger.ts';
import { minute, signal } from '../../support/memory-fold.ts';
import { webhook } from '../../support/write-path.ts';

const never = new Promise<never>(() => undefined);
const lost = () => new UnknownCommitResultError('lost', () => Promise.resolve());

/** A committer before a database that does what the test says. */
function committer(over: Partial<CommitterDeps> & { write?: CommitterDeps['writer']['write'] } = {}) {
  const { write = () => Promise.resolve(), ...rest } = over;
  const running = startCommitter({
    load: () => Promise.resolve([]),
    writer: { write, writeLargeBody: () => Promise.resolve(), wasWritten: () => Promise.resolve(false) },
    packBody: () => ({ bytes: Buffer.from('packed'), encoding: 'GZIP' }),
    newId,
    now: () => new Date(),
    random: () => 0,
    reopenWindowMs: 15 * 60_000,
    logger: createLogger('silent'),
    onCommitted: () => undefined,
    ...rest,
  });
  return running;
}

function hook(over: Partial<WebhookSubmission> = {}): WebhookSubmission {
  return { ...webhook([signal('TRIGGER', minute(0))]), ...over };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a webhook is told to come back', () => {
  test('when the bodies that wait are more than memory should hold, however small they pack', async () => {
    const { submit } = committer({ write: () => never });
    const body = Buffer.alloc(25 * 1024 * 1024);
    const waiting = Array.from({ length: 10 }, () => submit(hook({ body })).catch(() => undefined));
    await expect(submit(hook({ body }))).rejects.toThrow('too many');
    expect(waiting).toHaveLength(10);
  });

  test('after 4 s, also when it is the keeping of a large body that hangs', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { submit } = committer({
      packBody: () => ({ bytes: Buffer.alloc(2 * 1024 * 1024), encoding: 'GZIP' }),
      writer: {
        write: () => Promise.resolve(),
        writeLargeBody: () => never,
        wasWritten: () => Promise.resolve(false),
      },
    });
    const answer = submit(hook());
    const refused = expect(answer).rejects.toThrow(UnavailableError);
    await vi.advanceTimersByTimeAsync(4000);
    await refused;
  });

  test('when the database is away while a large body is kept', async () => {
    const { submit } = committer({
      packBody: () => ({ bytes: Buffer.alloc(2 * 1024 * 1024), encoding: 'GZIP' }),
      writer: {
        write: () => Promise.resolve(),
        writeLargeBody: () => Promise.reject(new DatabaseAwayError('away')),
        wasWritten: () => Promise.resolve(false),
      },
    });
    await expect(submit(hook())).rejects.toThrow(UnavailableError);
  });

  test('when its commit was never answered and its ids stay taken, for what was done cannot be told', async () => {
    let tries = 0;
    const { submit } = committer({
      write() {
        tries += 1;
        return Promise.reject(tries === 1 ? lost() : new StaleStateError('DUPLICATE', 'taken'));
      },
    });
    await expect(submit(hook())).rejects.toThrow(UnavailableError);
  });

  test('when others are always first on its key', async () => {
    const { submit } = committer({ write: () => Promise.reject(new StaleStateError('CONFLICT', 'changed')) });
    await expect(submit(hook())).rejects.toThrow(UnavailableError);
  });

  test('when the server stopped while its body was packed', async () => {
    let packed = (): void => undefined;
    const written: Draft[] = [];
    const running = committer({
      packBody: () =>
        new Promise((resolve) => {
          packed = () => {
            resolve({ bytes: Buffer.from('x'), encoding: 'GZIP' });
          };
        }),
      write(draft) {
        written.push(draft);
        return Promise.resolve();
      },
    });
    const answer = running.submit(hook());
    await running[Symbol.asyncDispose]();
    packed();
    await expect(answer).rejects.toThrow(UnavailableError);
    expect(written).toEqual([]);
  });
});

test('a webhook whose first commit was lost for good gets the answer of the try that stands', async () => {
  const dedupKey = { value: 'test:id', until: null, refuseOtherBody: false };
  const standing = new Set<Draft>();
  let tries = 0;
  const running = committer({
    load: () =>
      Promise.resolve(
        tries === 0
          ? []
          : [
              {
                kind: 'dedupKey',
                dedupKey: dedupKey.value,
                state: {
                  receiptId: 'another',
                  outcome: 'APPLIED',
                  reason: null,
                  bodyHash: '',
                  until: null,
                  incidentIds: [],
                  deploymentIds: [],
                  warnings: [],
                },
              },
            ],
      ),
    writer: {
      write(draft) {
        tries += 1;
        if (tries === 2) standing.add(draft);
        return Promise.reject(lost());
      },
      writeLargeBody: () => Promise.resolve(),
      // By the receipt's id, which is the same in both tries.
      wasWritten: () => Promise.resolve(standing.size > 0),
    },
  });
  onTestFinished(() => running[Symbol.asyncDispose]());
  expect(await running.submit(hook({ dedupKey }))).toMatchObject({
    outcome: 'DUPLICATE',
    duplicateOf: 'another',
  });
});

test('a listener that fails does not keep the next webhook from being committed', async () => {
  const running = committer({
    onCommitted() {
      throw new Error('a listener failed');
    },
  });
  onTestFinished(() => running[Symbol.asyncDispose]());
  for (const key of ['first', 'second']) {
    expect(await running.submit(webhook([signal('TRIGGER', minute(0), { key })]))).toMatchObject({
      outcome: 'APPLIED',
    });
  }
});
