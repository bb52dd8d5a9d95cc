import { lookup } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';

/** All addresses of a host name, in the order of the system's resolver. Rejects where there are none. */
export type ResolveName = (name: string) => Promise<readonly LookupAddress[]>;

/**
 * Asks the system, so that its hosts file and search list count. Who asks for a name that is being looked up already waits
 * for that answer: the system looks up few names at a time, and one that hangs must not take all turns. Nothing is kept.
 */
export function createNameResolver(ask: ResolveName = askSystem): ResolveName {
  const underWay = new Map<string, Promise<readonly LookupAddress[]>>();
  return (name) => {
    const known = underWay.get(name);
    if (known) return known;
    const answer = ask(name).finally(() => underWay.delete(name));
    underWay.set(name, answer);
    return answer;
  };
}

function askSystem(name: string): Promise<readonly LookupAddress[]> {
  return lookup(name, { all: true, verbatim: true });
}
