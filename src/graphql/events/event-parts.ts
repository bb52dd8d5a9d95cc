import type { EventDetails } from '../../domain/event.ts';

/** A timeline entry as an event keeps it. */
export type EntryOfEvent = EventDetails['entries'][number];

/** A piece of evidence as an event keeps it. */
export type EvidenceOfEvent = EventDetails['evidence'][number];
