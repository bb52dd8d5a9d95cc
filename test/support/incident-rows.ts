import type { Connection } from 'mongoose';
import { toIncidentRow, incidentModel } from '../../src/store/incident-row.ts';
import type { Incident } from '../../src/domain/incident.ts';

const SOME_TIME = new Date('2026-03-04T05:00:00.000Z');

/** Incidents as they are stored, without the webhooks that made them: for lists, which must not care. */
export async function insertIncidents(
  connection: Connection,
  incidents: readonly (Partial<Incident> & { id: string })[],
): Promise<void> {
  const rows = incidents.map((over) =>
    toIncidentRow({
      incident: {
        title: over.id,
        description: '',
        severity: 'HIGH',
        service: null,
        url: null,
        source: 'monitor',
        keySource: 'generic',
        externalKey: null,
        status: 'RESOLVED',
        createdAt: SOME_TIME,
        openedAt: SOME_TIME,
        acknowledgedAt: null,
        resolvedAt: null,
        updatedAt: SOME_TIME,
        triggerCount: 1,
        lastSeenAt: SOME_TIME,
        ...over,
      },
      fold: { key: `generic:${over.id}` } as never,
      version: 1,
    }),
  );
  await incidentModel(connection).collection.insertMany(rows as object[] as never, { ordered: false });
}
