import type { Acceptance } from '../../provider.ts';

/** By the impact. */
export const STATUSPAGE_SEVERITIES: Acceptance['severities'] = {
  CRITICAL: ['critical'],
  HIGH: ['major'],
  MEDIUM: ['minor'],
  INFO: ['none'],
};
