import { pino, stdTimeFunctions } from 'pino';
import type { Logger } from 'pino';

export type { Logger };

/** Header and field names whose values never reach a log line. */
const REDACTED = [
  'secret',
  'token',
  'authorization',
  'headers.authorization',
  'headers.cookie',
  'headers["x-api-key"]',
  'headers["x-webhook-secret"]',
  'headers["x-hub-signature-256"]',
  'headers["x-pagerduty-signature"]',
];

export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    redact: REDACTED,
    formatters: { level: (label) => ({ level: label }) },
  });
}
