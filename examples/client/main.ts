/**
 * A small client of OpsLens: lists open incidents, opens one and works on it, and follows all that happens until Ctrl-C.
 *
 *     npx tsx examples/client/main.ts http://127.0.0.1:8000 [API key]
 *
 * The operations are those of ../operations; `npm run codegen` makes their types, in ./gql. To take it along: graphql-ws
 * (and ws), these files, and @graphql-codegen/client-preset set up as in codegen.ts.
 */
import { randomUUID } from 'node:crypto';
import { ask } from './api.ts';
import type { Server } from './api.ts';
import { followEvents } from './follow-events.ts';
import type { Event } from './follow-events.ts';
import {
  AcknowledgeIncidentDocument,
  AddNoteDocument,
  CreateIncidentDocument,
  EventLogDocument,
  OpenIncidentsDocument,
} from './gql/graphql.ts';
import type { OpenIncidentsQuery } from './gql/graphql.ts';

const [url = 'http://127.0.0.1:8000', apiKey] = process.argv.slice(2);
const server: Server = { url, apiKey };
const ending = new AbortController();
process.once('SIGINT', () => ending.abort());

await Promise.all([
  followEvents(server, {
    load: listOpenIncidents,
    onEvent: (event) => console.log(describe(event)),
    onTrouble: (error, againInMs) => console.log(`${String(error)}; again in ${againInMs} ms`),
    signal: ending.signal,
  }),
  workOnAnIncident(),
]);

/** The number first: what happens while the list is read comes again as an event, instead of being lost. */
async function listOpenIncidents(): Promise<number> {
  const { eventLog } = await ask(server, EventLogDocument, {});
  let after: string | null = null;
  do {
    const { incidents }: OpenIncidentsQuery = await ask(server, OpenIncidentsDocument, { after });
    for (const { severity, status, title } of incidents.nodes) console.log(`${severity} ${status} ${title}`);
    after = incidents.pageInfo.hasNextPage ? incidents.pageInfo.endCursor : null;
  } while (after !== null);
  return eventLog.head;
}

async function workOnAnIncident(): Promise<void> {
  // The key makes it safe to send this again where no answer came.
  const { createIncident } = await ask(server, CreateIncidentDocument, {
    title: 'Checkout is down',
    severity: 'HIGH',
    key: randomUUID(),
  });
  const { id } = done(createIncident.incident, createIncident.errors);

  const { acknowledgeIncident } = await ask(server, AcknowledgeIncidentDocument, { id });
  done(acknowledgeIncident.incident, acknowledgeIncident.errors);

  const { addTimelineEntry } = await ask(server, AddNoteDocument, {
    id,
    text: 'The payment provider is down.',
  });
  done(addTimelineEntry.timelineEntry, addTimelineEntry.errors);
}

/** What a mutation refused comes as data, in `errors`; then nothing was changed and there is no object. */
function done<T>(changed: T | null, errors: readonly { code: string; message: string }[]): T {
  if (changed === null)
    throw new Error(`refused: ${errors.map(({ code, message }) => `${code} ${message}`).join()}`);
  return changed;
}

function describe(event: Event): string {
  const head = `#${event.sequence} ${event.snapshot.severity} ${event.snapshot.title}:`;
  switch (event.__typename) {
    case 'IncidentCreated':
      return `${head} opened`;
    case 'IncidentUpdated':
      return `${head} ${event.changes.map(({ field, to }) => `${field} is ${to ?? 'empty'}`).join(', ')}`;
    case 'TimelineUpdated':
      return `${head} ${event.entries.map(({ kind, text }) => `${kind} ${text}`).join(', ')}`;
    case 'EvidenceAdded':
      return `${head} evidence: ${event.evidence.map(({ title }) => title).join(', ')}`;
    default:
      // A type that is younger than this program: new ones may come at any time.
      return `${head} something else`;
  }
}
