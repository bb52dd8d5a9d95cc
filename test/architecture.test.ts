import { cruise } from 'dependency-cruiser';
import type { ICruiseResult, IDependency, IModule } from 'dependency-cruiser';
import { beforeAll, describe, expect, test } from 'vitest';

/** What a room may import: values from `rooms` and `packages`, and `types` of further rooms. */
interface Room {
  rooms: string[];
  types?: string[];
  packages: string[];
}

/** The table of rooms. `kernel` is everybody's; node's own modules too. */
const ROOMS: Record<string, Room> = {
  kernel: { rooms: [], packages: ['pino', 'prom-client', 'uuid'] },
  domain: { rooms: [], packages: ['zod', 'ipaddr.js'] },
  mongod: { rooms: [], packages: ['mongodb-memory-server-core'] },
  store: { rooms: ['domain'], packages: ['mongoose', 'zod'] },
  access: { rooms: ['domain'], types: ['store'], packages: [] },
  commands: { rooms: ['domain'], types: ['store', 'access'], packages: [] },
  inbound: { rooms: ['commands', 'domain'], types: ['store', 'access'], packages: ['zod', 'ky'] },
  eventlog: { rooms: ['domain'], types: ['store'], packages: [] },
  outbound: { rooms: ['commands', 'domain'], types: ['store', 'access'], packages: ['undici'] },
  graphql: {
    rooms: ['commands', 'access', 'domain'],
    types: ['store'],
    packages: ['graphql', '@graphql-tools/schema', 'dataloader', 'zod'],
  },
  rest: { rooms: ['commands', 'access', 'domain'], types: ['inbound'], packages: ['zod'] },
  http: { rooms: ['access'], packages: ['@apollo/server', 'graphql', 'graphql-ws', 'ws'] },
};

const roomOf = (path: string): string | undefined => /^src\/([^/]+)\//.exec(path)?.[1];
const packageOf = (path: string): string | undefined =>
  /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]?.replace(/^@types\//, '');

function isAllowed(from: string, { resolved, dependencyTypes }: IDependency): boolean {
  const room = ROOMS[from];
  if (room === undefined) return true;
  if (dependencyTypes.includes('core')) return true;
  const name = packageOf(resolved) ?? (resolved.startsWith('src/') ? undefined : resolved);
  if (name !== undefined) return room.packages.includes(name);
  const to = roomOf(resolved);
  if (to === from || to === 'kernel') return true;
  if (to === undefined) return false;
  return (
    room.rooms.includes(to) || (room.types?.includes(to) === true && dependencyTypes.includes('type-only'))
  );
}

describe('the rooms of src', () => {
  let modules: IModule[] = [];
  let result: ICruiseResult;

  beforeAll(async () => {
    const { output } = await cruise(['src'], {
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: 'src/graphql/generated' },
      ruleSet: { forbidden: [{ name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } }] },
      validate: true,
    });
    if (typeof output === 'string') throw new Error(output);
    result = output;
    modules = output.modules.filter(({ source }) => source.startsWith('src/'));
  });

  test('were really looked at', () => {
    expect(modules.length).toBeGreaterThan(150);
    expect(new Set(modules.flatMap(({ source }) => roomOf(source) ?? []))).toEqual(
      new Set(Object.keys(ROOMS)),
    );
  });

  test('import only what the table allows', () => {
    const violations = modules.flatMap(({ source, dependencies }) => {
      const from = roomOf(source);
      if (from === undefined) return [];
      return dependencies
        .filter((dependency) => !isAllowed(from, dependency))
        .map(({ resolved }) => `${source} -> ${resolved}`);
    });
    expect(violations).toEqual([]);
  });

  test('have no cycles', () => {
    expect(result.summary.violations.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test('keep the environment to config.ts', () => {
    const config = modules.find(({ source }) => source === 'src/config.ts');
    expect(config?.dependencies.map(({ resolved }) => packageOf(resolved) ?? resolved)).toEqual(['zod']);
  });
});
