import type { Connection } from 'mongoose';
import type { IntakeReply } from '../../src/inbound/intake.ts';
import { createReceive } from '../../src/inbound/receive.ts';
import type { ReceiveDeps } from '../../src/inbound/receive.ts';
import { createRegistry } from '../../src/inbound/registry.ts';
import { createSources } from '../../src/inbound/sources.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { fetchNothing } from './intake-bench.ts';
import { bodyOf, readFixture, requestOf } from './inbound-fixture.ts';
import type { InboundFixture } from './inbound-fixture.ts';
import { storedState } from './stored-state.ts';
import type { StoredState } from './stored-state.ts';
import { UNHINDERED } from './unhindered.ts';
import { startTestCommitter } from './write-path.ts';

export interface DatabaseIntake extends StoredState {
  /** With the secret that the fixture wants, or none where it has none. */
  deliver(fixture: InboundFixture | string, body?: Buffer): Promise<IntakeReply>;
}

export interface DatabaseIntakeOptions {
  /** What stands at the URLs that a provider fetches; nothing else is reached. */
  fetchText?: ReceiveDeps['fetchText'];
}

/** Intake with the real write path behind it. */
export async function openDatabaseIntake(
  connection: Connection,
  { fetchText = fetchNothing }: DatabaseIntakeOptions = {},
): Promise<DatabaseIntake> {
  const committer = await startTestCommitter(connection);
  const registry = createRegistry();
  return {
    deliver(named, body) {
      const fixture = typeof named === 'string' ? readFixture(named) : named;
      const receive = createReceive({
        ...UNHINDERED,
        registry,
        sources: createSources({ registry, secrets: { [fixture.provider]: fixture.secret } }),
        committer,
        clock: systemClock,
        newId,
        logger: createLogger('silent'),
        fetchText,
        auth: { unsignedIntakeAllowed: () => true },
      });
      return receive({ ...requestOf(fixture), body: body ?? bodyOf(fixture) });
    },
    ...storedState(connection),
  };
}
