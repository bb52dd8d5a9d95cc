import type { JsonValue } from '../kernel/canonical-json.ts';

/** What an alert's status comes to. */
export type AlertKind = 'TRIGGER' | 'RESOLVE';

/** What differs between senders that send what Alertmanager does. */
export interface AlertDialect {
  /** As people know the sender. */
  sender: string;
  /** Why a body may hold no alerts. */
  otherBodies: string;
  /** What two alerts of one fingerprint may differ in. */
  scope(body: JsonValue): string | null;
  /** Where there is a better one than the summary. */
  title(alert: JsonValue): string | null;
  /** Pages that show the alert, the best first. */
  urls(alert: JsonValue, body: JsonValue): (string | null)[];
  /** Why the alert ended, where that is said. */
  resolveText(alert: JsonValue): string | null;
}
