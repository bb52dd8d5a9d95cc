export interface DataDirOwner {
  pid: number;
  /** Where its database listens, if it does already. */
  uri: string | undefined;
}

/** Another living OpsLens process owns the data folder. */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError';
  readonly owner: DataDirOwner;

  constructor(dataDir: string, owner: DataDirOwner) {
    const share =
      owner.uri === undefined
        ? 'or share its database by starting this one with the MONGODB_URI that it tells once it is up'
        : `or share its database: MONGODB_URI='${owner.uri}'`;
    super(
      `DATA_DIR ${dataDir} is in use by the OpsLens process with pid ${owner.pid}. ` +
        `Stop that one, give this one a DATA_DIR of its own, ${share}`,
    );
    this.owner = owner;
  }
}
