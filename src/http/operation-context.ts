import type { Principal } from '../access/principal.ts';

/** What this side knows of the context of an operation. */
export interface OperationContext {
  principal: Principal;
  signal: AbortSignal;
}
