import type { Acceptance } from '../../provider.ts';

/** Levels of issues and events, and what metric alerts call theirs. */
export const SENTRY_SEVERITIES: Acceptance['severities'] = {
  CRITICAL: ['critical', 'fatal'],
  HIGH: ['error'],
  MEDIUM: ['warning'],
  INFO: ['info', 'debug'],
};
