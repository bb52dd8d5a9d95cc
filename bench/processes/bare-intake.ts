import { serveParent } from './parent-link.ts';
import { startVerifiedIntakeServer } from './verified-intake-server.ts';

export type BareIntakeMethods = typeof methods;

/** Stores nothing. */
const methods = serveParent({
  listen: ({ secret }: { secret: string }) => startVerifiedIntakeServer({ secret, take: () => undefined }),
});
