import mongoose from 'mongoose';
import type { Connection } from 'mongoose';

/** What the database knows our connections by, unless the address names them otherwise. */
export const APP_NAME = 'OpsLens';

/** The database is there but cannot hold OpsLens; the message says what to change. */
export class UnsuitableDatabaseError extends Error {
  override readonly name = 'UnsuitableDatabaseError';
}

/** Connections to the database that one `Connection` may have at a time; what finds none free waits in a queue. */
const POOL = 32;

/**
 * Opens one connection with the promises of the write path as its defaults: majority and journaled writes, primary
 * reads of majority-committed data, and failing within 2 s instead of queueing while the database is away.
 */
export async function openConnection(uri: string, maxPoolSize = POOL): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    serverSelectionTimeoutMS: 2000,
    connectTimeoutMS: 2000,
    heartbeatFrequencyMS: 2000,
    minHeartbeatFrequencyMS: 100,
    maxPoolSize,
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
    readPreference: 'primary',
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: 5000 },
    retryWrites: true,
    ...(!/[?&]appName=/i.test(uri) && { appName: APP_NAME }),
  });
  connection.set('strictQuery', 'throw');
  // Reconnection is the driver's work and failures are reported where an operation fails.
  connection.on('error', () => undefined);
  await connection.asPromise();
  return connection;
}

/** Refuses a database that lacks what the design stands on: MongoDB 6.0 and transactions, so a replica set. */
export async function checkSuitable(connection: Connection): Promise<void> {
  const admin = connection.getClient().db('admin');
  const { version } = await admin.command({ buildInfo: 1 });
  if (Number.parseInt(String(version), 10) < 6) {
    throw new UnsuitableDatabaseError(`MongoDB ${String(version)} is too old: OpsLens needs 6.0 or newer.`);
  }
  const hello = await admin.command({ hello: 1 });
  if (hello['setName'] === undefined && hello['msg'] !== 'isdbgrid') {
    throw new UnsuitableDatabaseError(
      'The database at MONGODB_URI is a standalone mongod, and OpsLens needs transactions. ' +
        'Make it a replica set of one: start mongod with --replSet rs0, then run once: ' +
        'mongosh --eval "rs.initiate()"',
    );
  }
}
