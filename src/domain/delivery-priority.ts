import { SEVERITIES } from './incident.ts';
import type { Severity } from './incident.ts';

/** The lower is sent first when an endpoint has a backlog. */
export function deliveryPriority(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
