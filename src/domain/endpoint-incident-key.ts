import type { Incident } from './incident.ts';
import type { SignalKey } from './signal.ts';

/** Keys of incidents that OpsLens opens itself. No source may have this name. */
export const OPSLENS_SOURCE = 'opslens';

const PREFIX = 'endpoint:';

/** One endpoint fails again and again: its incidents are episodes of one key. */
export function endpointIncidentKey(endpointId: string): SignalKey {
  return {
    source: OPSLENS_SOURCE,
    externalKey: `${PREFIX}${endpointId}`,
    reuse: 'EPISODES',
    synthetic: false,
  };
}

/** The endpoint that an incident is about; null where it is about something else. */
export function endpointOf({
  keySource,
  externalKey,
}: Pick<Incident, 'keySource' | 'externalKey'>): string | null {
  const isOurs = keySource === OPSLENS_SOURCE && externalKey?.startsWith(PREFIX) === true;
  return isOurs ? externalKey.slice(PREFIX.length) : null;
}
