/**
 * Runs one command on the admin database of the mongod at 127.0.0.1:`port`, connected directly.
 * Rejects within seconds when it cannot be reached; a refusal by the server carries its numeric `code`.
 */
export type RunAdminCommand = (
  port: number,
  command: Record<string, unknown>,
) => Promise<Record<string, unknown>>;
