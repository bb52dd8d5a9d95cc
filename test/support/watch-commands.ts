import type { Connection } from 'mongoose';
import { openTestDatabase } from './test-database.ts';

export type Command = Readonly<Record<string, unknown>>;

export interface WatchedDatabase {
  connection: Connection;
  /** What the database was asked for meanwhile: reads of collections, in turn. */
  readsOf(work: () => Promise<unknown>): Promise<Command[]>;
}

/** A database of its own whose reads are seen as the driver sends them. */
export async function openWatchedDatabase(): Promise<WatchedDatabase> {
  const connection = await openTestDatabase('watched', { monitorCommands: 'true' });
  let seen: Command[] = [];
  connection.getClient().on('commandStarted', ({ command }) => {
    if ('find' in command || 'aggregate' in command) seen.push(command);
  });
  return {
    connection,
    async readsOf(work) {
      seen = [];
      await work();
      return seen;
    },
  };
}
