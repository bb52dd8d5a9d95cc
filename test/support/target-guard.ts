import { createTargetRule } from '../../src/domain/blocked-address.ts';
import { createNameResolver } from '../../src/kernel/resolve-name.ts';
import type { TargetGuard } from '../../src/outbound/guarded-connector.ts';

/** As while the server listens on loopback: receivers of tests are on this machine. */
export function loopbackGuard(): TargetGuard {
  return {
    rule: createTargetRule({ listensOnLoopback: true, allow: [] }),
    resolve: createNameResolver(),
    onBlocked: () => undefined,
  };
}
