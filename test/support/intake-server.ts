import { readFileSync } from 'node:fs';
import type { Connection } from 'mongoose';
import { createReceive } from '../../src/inbound/receive.ts';
import type { ReceiveDeps } from '../../src/inbound/receive.ts';
import { createRefuseUnread } from '../../src/inbound/refuse-unread.ts';
import { createRegistry } from '../../src/inbound/registry.ts';
import type { Source, Sources } from '../../src/inbound/source.ts';
import { newId } from '../../src/kernel/ids.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { eventModel } from '../../src/store/event-row.ts';
import { incidentKeyModel } from '../../src/store/incident-key-row.ts';
import { incidentModel } from '../../src/store/incident-row.ts';
import { timelineEntryModel } from '../../src/store/timeline-entry-row.ts';
import { settingsOf } from './inbound-fixture.ts';
import type { InboundFixture } from './inbound-fixture.ts';
import { previewOverDatabase } from './preview-over-database.ts';
import { sendRequest } from './send-request.ts';
import type { Answer } from './send-request.ts';
import { echoHandlers, startEdge } from './start-edge.ts';
import { storedState } from './stored-state.ts';
import type { StoredState } from './stored-state.ts';
import { testSource } from './test-source.ts';
import { UNHINDERED } from './unhindered.ts';
import { startTestCommitter } from './write-path.ts';

export interface IntakePost {
  headers: Record<string, string>;
  body: Buffer;
  query?: string;
}

export interface IntakeServer extends StoredState {
  port: number;
  /** Posts to the fixture's provider, at the fixture's time. */
  post(fixture: InboundFixture, request: IntakePost): Promise<Answer>;
  /** What the provider's source knows from now on. */
  setSecrets(secrets: Source['secrets']): void;
  /** What is half written, or open twice, in words; empty where all fits together. */
  faults(): Promise<string[]>;
}

/** Intake behind real HTTP, over a real database. */
export async function startIntakeServer(connection: Connection): Promise<IntakeServer> {
  const committer = await startTestCommitter(connection);
  const registry = createRegistry();
  let secrets: Source['secrets'] = null;
  let now = (): Date => new Date();
  let fixtureAt: InboundFixture | null = null;
  const sources: Sources = {
    find: (provider) =>
      Promise.resolve(
        testSource(provider, { secrets, settings: fixtureAt === null ? {} : settingsOf(fixtureAt) }),
      ),
    used: () => undefined,
  };
  const deps: ReceiveDeps = {
    ...UNHINDERED,
    preview: previewOverDatabase(connection),
    registry,
    sources,
    committer,
    clock: { now: () => now(), monotonic: () => performance.now() },
    newId,
    logger: createLogger('silent'),
    auth: { unsignedIntakeAllowed: () => true },
    fetchText: (url) => certificateAt(url, fixtureAt),
  };
  const { server, port } = await startEdge();
  const limit = (provider: string) => registry.get(provider)?.bodyLimit;
  server.serve(
    echoHandlers({ intake: { limit, receive: createReceive(deps), refuse: createRefuseUnread(deps) } }),
  );

  return {
    port,
    post(fixture, { headers, body, query = '' }) {
      fixtureAt = fixture;
      const { clock } = fixture;
      now = clock === undefined ? () => new Date() : () => new Date(clock);
      const path = `/api/v1/webhooks/${fixture.provider}${query}`;
      return sendRequest(port, { method: 'POST', path, headers, body });
    },
    setSecrets(wanted) {
      secrets = wanted;
    },
    ...storedState(connection),
    faults: () => findFaults(connection),
  };
}

/** The far side of SNS: whatever certificate is asked for, the fixture's. */
function certificateAt(url: string, fixture: InboundFixture | null): Promise<string> {
  if (fixture?.signingCert === undefined) return Promise.reject(new Error(`nothing stands at ${url}`));
  const file = new URL(`../fixtures/inbound/${fixture.signingCert}`, import.meta.url);
  return Promise.resolve(readFileSync(file, 'utf8'));
}

async function findFaults(connection: Connection): Promise<string[]> {
  const incidents = await incidentModel(connection).find();
  const keys = await incidentKeyModel(connection).find();
  const opened = await timelineEntryModel(connection).find({ kind: 'OPENED' });
  const created = await eventModel(connection).find({ type: 'INCIDENT_CREATED' });
  const openKeys = incidents.filter(({ open }) => open).map(({ fold }) => fold.key);
  const faults = openKeys
    .filter((key, index) => openKeys.indexOf(key) !== index)
    .map((key) => `${key} is open twice`);
  for (const { _id: id } of incidents) {
    if (!keys.some(({ currentIncidentId }) => currentIncidentId === id)) faults.push(`${id} has no key`);
    if (opened.filter(({ incidentId }) => incidentId === id).length !== 1)
      faults.push(`${id} is not opened once`);
    if (created.filter(({ incidentId }) => incidentId === id).length !== 1)
      faults.push(`${id} is not told once`);
  }
  return faults;
}
