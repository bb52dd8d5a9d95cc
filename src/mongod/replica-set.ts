/** The replica set of one that the embedded mongod forms. */
export const REPLICA_SET = 'opslens';

export function mongodHost(port: number): string {
  return `127.0.0.1:${port}`;
}

export function mongodUri(port: number): string {
  return `mongodb://${mongodHost(port)}/opslens?replicaSet=${REPLICA_SET}`;
}
