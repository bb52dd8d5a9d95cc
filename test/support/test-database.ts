import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { inject, onTestFinished } from 'vitest';
import { newId } from '../../src/kernel/ids.ts';
import { openConnection } from '../../src/store/connection.ts';

/** The address of a database of its own on the run's mongod. */
export function testDatabaseUri(name = newId()): string {
  const uri = new URL(inject('mongoUri'));
  uri.pathname = `/t_${createHash('sha256').update(name).digest('hex').slice(0, 24)}`;
  return uri.toString();
}

/**
 * A connection to an empty database, dropped and closed when the test ends. Fail points that name its `appName` reach
 * nobody else.
 */
export async function openTestDatabase(
  appName = 'opslens-test',
  options: Readonly<Record<string, string>> = {},
): Promise<Connection> {
  const uri = new URL(testDatabaseUri());
  for (const [name, value] of Object.entries({ appName, ...options })) uri.searchParams.set(name, value);
  const connection = await openConnection(uri.toString());
  onTestFinished(async () => {
    await connection.dropDatabase();
    await connection.close();
  });
  return connection;
}
