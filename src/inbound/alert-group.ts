import type { Signal } from '../domain/signal.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import type { AlertDialect, AlertKind } from './alert-dialect.ts';
import { alertSignal } from './alert-signal.ts';
import type { Problem } from './intake.ts';
import { ignored } from './ignored.ts';
import { at, isObject, textAt } from './json-reading.ts';
import { quoted } from './limited-text.ts';
import { DEFAULT_JSON_LIMITS } from './parse-json.ts';
import type { InterpretContext, Interpretation } from './provider.ts';
import { meaningOf } from './word-table.ts';

export const ALERT_STATUSES = { TRIGGER: ['firing'], RESOLVE: ['resolved'] } as const;

export const ALERT_EVENTS: Readonly<Record<string, string>> = {
  firing: 'opens an incident for each alert, or counts a repeated trigger and updates its fields',
  resolved: 'resolves the incident of the alert; where there is none, opens nothing',
  'TestAlert of the instance Grafana': 'ignored: a test notification',
};

/** Each alert is an incident, and one transaction writes all of a group: 5,000 within about a second. */
const MAX_ALERTS = 5000;

/** Faults and remarks that are told of one group: many alerts have the same ones, and the rest is in the body. */
const MAX_TOLD = 20;

/** What a group of that many alerts comes to. */
export const ALERT_BODY_LIMIT = 4 * 1024 * 1024;
export const ALERT_JSON_LIMITS = { ...DEFAULT_JSON_LIMITS, keys: 100_000 };

/** An incident for each alert of the group. One that is not acted on does not keep the others from being taken. */
export function interpretAlertGroup(
  body: JsonValue,
  dialect: AlertDialect,
  context: InterpretContext,
): Interpretation {
  const alerts = at(body, 'alerts');
  if (!Array.isArray(alerts)) {
    return ignored(`the body has no list \`alerts\`: ${dialect.otherBodies}`);
  }
  if (alerts.length > MAX_ALERTS) {
    const message = `more than ${MAX_ALERTS} alerts: set max_alerts, or group by more labels`;
    return { kind: 'INVALID', problems: [{ path: 'alerts', message }] };
  }
  const warnings = truncationWarnings(body, dialect);
  if (alerts.length === 0) return ignored(['the list `alerts` is empty', ...warnings].join('; '));
  return interpretAlerts(alerts, { body, dialect, context, warnings });
}

interface Group {
  body: JsonValue;
  dialect: AlertDialect;
  context: InterpretContext;
  warnings: string[];
}

function interpretAlerts(alerts: readonly JsonValue[], group: Group): Interpretation {
  const signals: Signal[] = [];
  const problems: Problem[] = [];
  const passedOver = new Set<string>();
  for (const [index, alert] of alerts.entries()) {
    const kind = statusOf(alert);
    const reason = isObject(alert) ? reasonToIgnore(alert, kind) : null;
    if (reason !== null) passedOver.add(reason);
    const signal = reason === null && kind !== null ? alertSignal(alert, { ...group, kind }) : null;
    if (signal !== null) signals.push(signal);
    else if (reason === null) problems.push(noKey(alert, index));
  }
  if (problems.length > 0) return { kind: 'INVALID', problems: problems.slice(0, MAX_TOLD) };
  if (signals.length === 0) return ignored(firstOf([...passedOver]).join('; '));
  const warnings = firstOf([...new Set([...group.warnings, ...passedOver])]);
  return { kind: 'MEANT', signals, deployments: [], warnings };
}

function firstOf(texts: string[]): string[] {
  const more = texts.length - MAX_TOLD;
  return more > 0 ? [...texts.slice(0, MAX_TOLD), `and ${more} more remarks`] : texts;
}

function statusOf(alert: JsonValue): AlertKind | null {
  const status = textAt(alert, 'status');
  return status === null ? null : meaningOf<AlertKind>(ALERT_STATUSES, status);
}

function reasonToIgnore(alert: JsonValue, kind: AlertKind | null): string | null {
  if (kind === null) {
    const status = textAt(alert, 'status');
    return status === null
      ? 'an alert without a status is passed over'
      : `an alert of the status ${quoted(status)} is passed over: firing and resolved are known`;
  }
  const isTest =
    textAt(alert, 'labels', 'alertname') === 'TestAlert' && textAt(alert, 'labels', 'instance') === 'Grafana';
  return isTest ? 'TestAlert: a test notification, which opens no incident; the webhook works' : null;
}

function noKey(alert: JsonValue, index: number): Problem {
  return isObject(alert)
    ? { path: `alerts.${index}.fingerprint`, message: 'Required: a text, or labels to tell the alert by' }
    : { path: `alerts.${index}`, message: 'Expected an object' };
}

function truncationWarnings(body: JsonValue, { sender }: AlertDialect): string[] {
  const truncated = at(body, 'truncatedAlerts');
  if (typeof truncated !== 'number' || !(truncated > 0)) return [];
  return [
    `${sender} left ${truncated} alerts of this group out, by its own limit: nothing is known of them here`,
  ];
}
