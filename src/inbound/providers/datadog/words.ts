import type { StatusSignalKind } from '../../../domain/signal.ts';
import type { Severity } from '../../../domain/incident.ts';
import type { WordTable } from '../../word-table.ts';

/** `$ALERT_TRANSITION` */
export const DATADOG_TRANSITIONS: WordTable<Extract<StatusSignalKind, 'TRIGGER' | 'RESOLVE'>> = {
  TRIGGER: ['Triggered', 'Re-Triggered', 'Warn', 'Re-Warn', 'No Data', 'Re-No Data', 'Renotify'],
  RESOLVE: ['Recovered'],
};

/** `$ALERT_PRIORITY`, else `$ALERT_TYPE`. The type of a recovery, `success`, says nothing of what it was. */
export const DATADOG_SEVERITIES: WordTable<Severity> = {
  CRITICAL: ['P1', '1'],
  HIGH: ['P2', '2', 'error'],
  MEDIUM: ['P3', '3', 'warning'],
  LOW: ['P4', '4'],
  INFO: ['P5', '5', 'info'],
};
