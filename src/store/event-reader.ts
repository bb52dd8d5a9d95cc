import type { Connection, mongo } from 'mongoose';
import type { Event, EventType } from '../domain/event.ts';
import type { Severity } from '../domain/incident.ts';
import { AS_EVENT, eventModel, toEvent } from './event-row.ts';
import type { EventRow } from './event-row.ts';
import { createEventStore } from './event-store.ts';
import type { Head } from './head-store.ts';
import { readPage } from './keyset-page.ts';
import type { Page, PageQuery } from './keyset-page.ts';
import { pageColumns } from './only-columns.ts';
import { readableRows } from './readable-rows.ts';
import { reading } from './reading.ts';
import { inTime } from './time-order.ts';
import type { TimeOrder } from './time-order.ts';
import { anyOf } from './where.ts';

/** All that is given must match; of a list any value does. Severity and service are those at the event. */
export interface EventsWhere {
  incidentId?: readonly string[];
  type?: readonly EventType[];
  severity?: readonly Severity[];
  service?: readonly string[];
}

export type EventReader = ReturnType<typeof createEventReader>;

const ORDERS = inTime({ field: 'sequence', type: 'NUMBER', isUnique: true });

export function createEventReader(connection: Connection, signal?: AbortSignal) {
  const rows = readableRows(eventModel(connection), signal);
  const store = createEventStore(connection);

  return {
    /** How far events are numbered, and up to where they are no longer kept. */
    head: (): Promise<Head> => reading(store.head()),

    /** Numbered events behind `sequence`, in order. Where that is at or above the floor they are consecutive. */
    after: (sequence: number, limit: number): Promise<Event[]> => reading(store.after(sequence, limit)),

    /** In no order; ids that are unknown or not yet numbered are missing. */
    async byIds(ids: readonly string[]): Promise<Event[]> {
      return readable(
        await reading(rows.find({ _id: { $in: [...ids] } }, { projection: AS_EVENT }).toArray()),
      );
    },

    /** By their numbers. Of each event only the columns are there; where none are named, all. */
    async page(
      where: EventsWhere,
      order: TimeOrder,
      query: PageQuery,
      columns?: readonly (keyof Event)[],
    ): Promise<Page<Event>> {
      const by = ORDERS[order];
      const only = pageColumns(by, columns, AS_EVENT);
      const page = await readPage<EventRow>({
        rows: passesOver(where) ? rows.passingOver : rows,
        filter: eventsFilter(where),
        order: by,
        query,
        ...only,
      });
      return { ...page, items: readable(page.items) };
    },
  };
}

function eventsFilter({ incidentId, type, severity, service }: EventsWhere): mongo.Document {
  return {
    // All that have a number: bounds of an index, where `$exists` would be looked up in each row.
    sequence: { $gt: 0 },
    ...anyOf('incidentId', incidentId),
    ...anyOf('type', type),
    ...anyOf('snapshot.severity', severity),
    ...anyOf('snapshot.service', service),
  };
}

/** No index knows these three; those of an incident are few. */
function passesOver({ incidentId, type, severity, service }: EventsWhere): boolean {
  return incidentId === undefined && (type ?? severity ?? service) !== undefined;
}

function readable(rows: readonly EventRow[]): Event[] {
  return rows.map(toEvent).filter((event) => event !== null);
}
