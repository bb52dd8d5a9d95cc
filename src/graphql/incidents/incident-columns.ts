import type { Incident } from '../../domain/incident.ts';
import type { Incident as ShownIncident } from '../generated/resolvers-types.ts';

/** What relates deployments to an incident. */
const RELATION = ['service', 'openedAt', 'resolvedAt'] as const;

/** What the fields with resolvers read of their incident, beside its id. */
export const INCIDENT_NEEDS = {
  timeline: RELATION,
  deployments: RELATION,
  evidence: [],
  receipts: [],
  events: [],
} as const satisfies Record<
  Exclude<keyof ShownIncident, keyof Incident | '__typename'>,
  readonly (keyof Incident)[]
>;
