import type { Connection } from 'mongoose';
import type { Event } from '../domain/event.ts';
import { eventModel, toEvent } from './event-row.ts';
import type { EventRow } from './event-row.ts';
import { createEventStore } from './event-store.ts';
import type { Head } from './head-store.ts';
import { readPage } from './keyset-page.ts';
import type { Page, PageQuery } from './keyset-page.ts';
import { readableRows } from './readable-rows.ts';
import { reading } from './reading.ts';

export type EventReader = ReturnType<typeof createEventReader>;

const BY_NUMBER = { field: 'sequence', type: 'NUMBER', direction: 1 } as const;

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
      return readable(await reading(rows.find({ _id: { $in: [...ids] } }).toArray()));
    },

    /** An incident's events in the order of their numbers. */
    async page(incidentId: string, query: PageQuery): Promise<Page<Event>> {
      const filter = { incidentId, sequence: { $exists: true } };
      const page = await readPage<EventRow>({ rows, filter, order: BY_NUMBER, query });
      return { ...page, items: readable(page.items) };
    },
  };
}

function readable(rows: readonly EventRow[]): Event[] {
  return rows.map(toEvent).filter((event) => event !== null);
}
