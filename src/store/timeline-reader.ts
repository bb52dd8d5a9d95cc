import type { Connection } from 'mongoose';
import { deploymentEntry } from '../domain/deployment-entry.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Incident } from '../domain/incident.ts';
import type { TimelineEntry, TimelineEntryKind } from '../domain/timeline-entry.ts';
import { MAX_COUNTED, countRows } from './count-rows.ts';
import { createDeploymentReader } from './deployment-reader.ts';
import { scanRows, toPage } from './keyset-page.ts';
import type { Page, PageQuery } from './keyset-page.ts';
import { pageColumns } from './only-columns.ts';
import { readableRows } from './readable-rows.ts';
import { inTime } from './time-order.ts';
import type { TimeOrder } from './time-order.ts';
import { timelineEntryModel, toTimelineEntry } from './timeline-entry-row.ts';
import type { TimelineEntryRow } from './timeline-entry-row.ts';
import { anyOf } from './where.ts';

export interface TimelinePage extends Page<TimelineEntry> {
  /** The deployments that are among the entries. */
  deployments: Deployment[];
}

/** Of a list any value does. */
export interface TimelineWhere {
  kind?: readonly TimelineEntryKind[];
}

export type TimelineReader = ReturnType<typeof createTimelineReader>;

const ORDERS = inTime({ field: 'occurredAt', type: 'DATE' });

export function createTimelineReader(connection: Connection, signal?: AbortSignal) {
  const rows = readableRows(timelineEntryModel(connection), signal);
  const deployments = createDeploymentReader(connection, signal);

  const count = async (
    incident: Incident,
    filter: object,
    withDeployments: boolean,
  ): Promise<number | null> => {
    const [entries, related] = await Promise.all([
      countRows(rows, filter),
      withDeployments ? deployments.countRelated(incident) : 0,
    ]);
    const both = entries === null || related === null ? null : entries + related;
    return both === null || both > MAX_COUNTED ? null : both;
  };

  return {
    /**
     * An incident's entries and the deployments that relate to it, by when they happened. Both lists have one order, so
     * the first items of the union are among the first of each. Of each entry only the columns are there; all where none
     * are named.
     */
    async page(
      incident: Incident,
      { kind }: TimelineWhere,
      order: TimeOrder,
      query: PageQuery,
      columns?: readonly (keyof TimelineEntry)[],
    ): Promise<TimelinePage> {
      const by = ORDERS[order];
      const ofEntries = kind?.filter((one) => one !== 'DEPLOYMENT');
      const filter = { incidentId: incident.id, ...anyOf('kind', ofEntries) };
      const withDeployments = kind === undefined || kind.includes('DEPLOYMENT');
      const scan = { rows, filter, order: by, query, ...pageColumns(by, columns) };
      const [entries, related] = await Promise.all([
        ofEntries?.length === 0 ? [] : scanRows<TimelineEntryRow>(scan, query.size + 1),
        withDeployments ? deployments.scanRelated(incident, order, query) : [],
      ]);
      const direction = query.backward ? -by.direction : by.direction;
      const union = [
        ...entries.map(toTimelineEntry),
        ...related.map((deployment) => deploymentEntry(deployment, incident.id)),
      ].sort((a, b) => direction * byTimeAndId(a, b));
      return {
        ...toPage(union, query),
        deployments: related,
        count: () => count(incident, filter, withDeployments),
      };
    },
  };
}

function byTimeAndId(a: TimelineEntry, b: TimelineEntry): number {
  const difference = a.occurredAt.getTime() - b.occurredAt.getTime();
  if (difference !== 0) return difference;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
