import type { Connection, mongo } from 'mongoose';
import { MUTATION_SOURCE } from '../domain/decide-command.ts';
import { OPSLENS_SOURCE } from '../domain/endpoint-incident-key.ts';
import type { Incident, IncidentStatus, Severity } from '../domain/incident.ts';
import { holdsWords } from './holds-words.ts';
import { INCIDENT_PROJECTION, incidentModel, ofSeverity, toIncident } from './incident-row.ts';
import type { IncidentRow } from './incident-row.ts';
import { readPage } from './keyset-page.ts';
import type { KeysetOrder, Page, PageQuery } from './keyset-page.ts';
import { pageColumns } from './only-columns.ts';
import { readOpenedByDay } from './opened-by-day.ts';
import type { OpenedWhere } from './opened-by-day.ts';
import { readableRows } from './readable-rows.ts';
import { reading } from './reading.ts';
import { anyOf, within } from './where.ts';
import type { TimeRange } from './where.ts';

/** All that is given must match; of a list any value does. */
export interface IncidentsWhere {
  status?: readonly IncidentStatus[];
  severity?: readonly Severity[];
  source?: readonly string[];
  service?: readonly string[];
  openedAt?: TimeRange;
  updatedAt?: TimeRange;
  acknowledgedAt?: TimeRange;
  resolvedAt?: TimeRange;
  /** Every one of them, as `searchedWords` gives them. */
  words?: readonly string[];
  externalKey?: readonly string[];
}

const ORDERS = {
  OPENED_AT_DESC: { field: 'openedAt', type: 'DATE', direction: -1 },
  OPENED_AT_ASC: { field: 'openedAt', type: 'DATE', direction: 1 },
  UPDATED_AT_DESC: { field: 'updatedAt', type: 'DATE', direction: -1 },
  UPDATED_AT_ASC: { field: 'updatedAt', type: 'DATE', direction: 1 },
} as const satisfies Record<string, KeysetOrder>;

/** The oldest sign first. */
const STALE_ORDER: KeysetOrder = { field: 'lastSeenAt', type: 'DATE', direction: 1 };

export interface StaleWhere {
  seenBefore: Date;
  source?: readonly string[];
}

export type IncidentsOrder = keyof typeof ORDERS;

export type IncidentReader = ReturnType<typeof createIncidentReader>;

/** The columns that a list is to read; what it is sorted by and the id are read whether or not they are among them. */
export type IncidentColumns = readonly (keyof Incident)[];

type ReadRow = Omit<IncidentRow, keyof typeof INCIDENT_PROJECTION>;

export function createIncidentReader(connection: Connection, signal?: AbortSignal) {
  const rows = readableRows(incidentModel(connection), signal);

  return {
    async byId(id: string): Promise<Incident | null> {
      const row = await reading(rows.findOne<ReadRow>({ _id: id }, { projection: INCIDENT_PROJECTION }));
      return row === null ? null : toIncident(row);
    },

    /** In no order; unknown ids are missing. */
    async byIds(ids: readonly string[]): Promise<Incident[]> {
      const filter: mongo.Filter<IncidentRow> = { _id: { $in: [...ids] } };
      const found = rows.find<ReadRow>(filter, { projection: INCIDENT_PROJECTION }).toArray();
      return (await reading(found)).map(toIncident);
    },

    /** Of each incident only the columns are there; all where none are named. */
    async page(
      where: IncidentsWhere,
      order: IncidentsOrder,
      query: PageQuery,
      columns?: IncidentColumns,
    ): Promise<Page<Incident>> {
      const filter = {
        ...anyOf('status', where.status),
        ...ofSeverity(where.severity),
        ...anyOf('source', where.source),
        ...anyOf('service', where.service),
        ...within('openedAt', where.openedAt),
        ...within('updatedAt', where.updatedAt),
        ...within('acknowledgedAt', where.acknowledgedAt),
        ...within('resolvedAt', where.resolvedAt),
        ...(await holdsWords(rows, where)),
      };
      const passesOver = where.acknowledgedAt !== undefined || where.resolvedAt !== undefined;
      const page = await readPage<IncidentRow, ReadRow>({
        rows: passesOver ? rows.passingOver : rows,
        filter,
        order: ORDERS[order],
        query,
        ...pageColumns(ORDERS[order], columns, INCIDENT_PROJECTION),
      });
      return { ...page, items: page.items.map(toIncident) };
    },

    /**
     * Those not resolved whose source is silent. What people and OpsLens opened has none that could go on speaking of
     * it. Of each incident only the columns are there; all where none are named.
     */
    async pageStale(
      { seenBefore, source }: StaleWhere,
      query: PageQuery,
      columns?: IncidentColumns,
    ): Promise<Page<Incident>> {
      const filter = {
        open: true,
        lastSeenAt: { $lt: seenBefore },
        keySource: { $nin: [MUTATION_SOURCE, OPSLENS_SOURCE] },
        ...anyOf('source', source),
      };
      const only = pageColumns(STALE_ORDER, columns, INCIDENT_PROJECTION);
      const scan = { rows, filter, order: STALE_ORDER, query, ...only };
      const page = await readPage<IncidentRow, ReadRow>(scan);
      return { ...page, items: page.items.map(toIncident) };
    },

    openedByDay: (where: OpenedWhere, timeZone: string) => readOpenedByDay(rows, where, timeZone),
  };
}
