import type { Source, Sources } from '../../src/inbound/source.ts';

/** A source that lets everything in, but for what the test says of it. */
export function testSource(name: string, fields: Partial<Source> = {}): Source {
  return {
    name,
    keyName: name,
    provider: name,
    enabled: true,
    secrets: null,
    settings: {},
    ratePerSecond: null,
    ...fields,
  };
}

/** The only source there is. */
export function onlySource(source: Source): Sources {
  const find: Sources['find'] = (provider) => Promise.resolve(provider === source.provider ? source : null);
  return { find, used: () => undefined };
}
