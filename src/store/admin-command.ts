import mongoose from 'mongoose';

const UNREACHABLE_MS = 2_000;

/** Runs one command on the admin database of the server at 127.0.0.1:`port`, whatever state its replica set is in. */
export type RunAdminCommand = (
  port: number,
  command: Record<string, unknown>,
) => Promise<Record<string, unknown>>;

export function createAdminCommand(): RunAdminCommand {
  return async (port, command) => {
    const client = new mongoose.mongo.MongoClient(`mongodb://127.0.0.1:${port}/`, {
      directConnection: true,
      serverSelectionTimeoutMS: UNREACHABLE_MS,
      connectTimeoutMS: UNREACHABLE_MS,
    });
    try {
      return await client.db('admin').command(command);
    } finally {
      await client.close();
    }
  };
}
