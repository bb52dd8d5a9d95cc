import type { Connection } from 'mongoose';
import { deploymentEntry } from '../domain/deployment-entry.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Incident } from '../domain/incident.ts';
import type { TimelineEntry } from '../domain/timeline-entry.ts';
import { createDeploymentReader } from './deployment-reader.ts';
import { scanRows, toPage } from './keyset-page.ts';
import type { Page, PageQuery } from './keyset-page.ts';
import { readableRows } from './readable-rows.ts';
import { timelineEntryModel, toTimelineEntry } from './timeline-entry-row.ts';
import type { TimelineEntryRow } from './timeline-entry-row.ts';

export interface TimelinePage extends Page<TimelineEntry> {
  /** The deployments that are among the entries. */
  deployments: Deployment[];
}

export type TimelineReader = ReturnType<typeof createTimelineReader>;

const OLDEST_FIRST = { field: 'occurredAt', type: 'DATE', direction: 1 } as const;

export function createTimelineReader(connection: Connection, signal?: AbortSignal) {
  const rows = readableRows(timelineEntryModel(connection), signal);
  const deployments = createDeploymentReader(connection, signal);

  return {
    /**
     * An incident's entries and the deployments that relate to it, oldest first. Both lists have one order, so the
     * first items of the union are among the first of each.
     */
    async page(incident: Incident, query: PageQuery): Promise<TimelinePage> {
      const filter = { incidentId: incident.id };
      const [entries, related] = await Promise.all([
        scanRows<TimelineEntryRow>({ rows, filter, order: OLDEST_FIRST, query }, query.size + 1),
        deployments.scanRelated(incident, query),
      ]);
      const direction = query.backward ? -1 : 1;
      const union = [
        ...entries.map(toTimelineEntry),
        ...related.map((deployment) => deploymentEntry(deployment, incident.id)),
      ].sort((a, b) => direction * byTimeAndId(a, b));
      return { ...toPage(union, query), deployments: related };
    },
  };
}

function byTimeAndId(a: TimelineEntry, b: TimelineEntry): number {
  const difference = a.occurredAt.getTime() - b.occurredAt.getTime();
  if (difference !== 0) return difference;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
