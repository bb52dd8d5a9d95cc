import type { Connection } from 'mongoose';
import type { Incident } from '../../src/domain/incident.ts';
import type { TimelineEntry } from '../../src/domain/timeline-entry.ts';
import type { IntakeReply } from '../../src/inbound/intake.ts';
import { createReceive } from '../../src/inbound/receive.ts';
import type { ReceiveDeps } from '../../src/inbound/receive.ts';
import { createRegistry } from '../../src/inbound/registry.ts';
import { createSources } from '../../src/inbound/sources.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { deploymentModel } from '../../src/store/deployment-row.ts';
import type { DeploymentRow } from '../../src/store/deployment-row.ts';
import { incidentModel, toIncidentState } from '../../src/store/incident-row.ts';
import { receiptModel } from '../../src/store/receipt-row.ts';
import type { ReceiptRow } from '../../src/store/receipt-row.ts';
import { timelineEntryModel } from '../../src/store/timeline-entry-row.ts';
import { fetchNothing } from './intake-bench.ts';
import { bodyOf, readFixture, requestOf } from './inbound-fixture.ts';
import type { InboundFixture } from './inbound-fixture.ts';
import { UNHINDERED } from './unhindered.ts';
import { startTestCommitter } from './write-path.ts';

export interface DatabaseIntake {
  /** With the secret that the fixture wants, or none where it has none. */
  deliver(fixture: InboundFixture | string, body?: Buffer): Promise<IntakeReply>;
  incidents(): Promise<Incident[]>;
  timeline(): Promise<Pick<TimelineEntry, 'kind' | 'text' | 'occurredAt'>[]>;
  deployments(): Promise<DeploymentRow[]>;
  receipts(): Promise<ReceiptRow[]>;
  /** Back to an empty store, for less than a new one costs. */
  clear(): Promise<void>;
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
    async incidents() {
      const rows = await incidentModel(connection).find().sort({ _id: 1 });
      return rows.map((row) => toIncidentState(row).incident);
    },
    async timeline() {
      const rows = await timelineEntryModel(connection).find().sort({ occurredAt: 1, _id: 1 });
      return rows.map(({ kind, text, occurredAt }) => ({ kind, text, occurredAt }));
    },
    deployments: () => deploymentModel(connection).find().sort({ _id: 1 }).exec(),
    receipts: () => receiptModel(connection).find().sort({ _id: 1 }).exec(),
    async clear() {
      for (const name of connection.modelNames()) await connection.model(name).deleteMany();
    },
  };
}
