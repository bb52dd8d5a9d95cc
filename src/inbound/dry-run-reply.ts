import type { PreviewedDeployment, PreviewedIncident } from '../commands/preview-submission.ts';
import type { WebhookPreview } from '../commands/webhook-preview.ts';
import { toWireName } from '../domain/event-wire-name.ts';
import type { Signal } from '../domain/signal.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import type { IntakeReply } from './intake.ts';

/** The answer to a dry run: how the webhook would be answered, and all that it would do. */
export function dryRunReply(preview: WebhookPreview): IntakeReply {
  const { result, wouldAnswer, signals, incidents, deployments } = preview;
  return {
    status: 200,
    body: {
      status: 'dry_run',
      would_answer: wouldAnswer,
      outcome: result.outcome.toLowerCase(),
      reason: result.reason,
      warnings: result.warnings,
      duplicate_of: result.duplicateOf,
      signals: signals.map(signalJson),
      incidents: incidents.map(incidentJson),
      deployments: deployments.map(deploymentJson),
    },
  };
}

function signalJson({ kind, key, occurredAt, claimedAt, fields, text, actor }: Signal): JsonValue {
  const { severity, ...others } = fields;
  return {
    kind: kind.toLowerCase(),
    external_key: key.synthetic ? null : key.externalKey,
    occurred_at: timeJson(occurredAt),
    claimed_at: timeJson(claimedAt),
    fields: { ...others, ...(severity !== undefined && { severity: severity.toLowerCase() }) },
    text,
    actor,
  };
}

function incidentJson({ effect, incident, entries, events }: PreviewedIncident): JsonValue {
  return {
    effect: effect.toLowerCase(),
    id: effect === 'CREATED' ? null : incident.id,
    title: incident.title,
    description: incident.description,
    severity: incident.severity.toLowerCase(),
    status: incident.status.toLowerCase(),
    source: incident.source,
    external_key: incident.externalKey,
    service: incident.service,
    url: incident.url,
    opened_at: timeJson(incident.openedAt),
    acknowledged_at: timeJson(incident.acknowledgedAt),
    resolved_at: timeJson(incident.resolvedAt),
    trigger_count: incident.triggerCount,
    timeline_entries: entries.map(({ kind, text, occurredAt, actor }) => ({
      kind: kind.toLowerCase(),
      text,
      occurred_at: timeJson(occurredAt),
      actor,
    })),
    events: events.map(({ type, details }) => ({
      event: toWireName(type),
      changes: Object.fromEntries(details.changes.map(({ field, from, to }) => [field, [from, to]])),
    })),
  };
}

function deploymentJson({ effect, ...deployment }: PreviewedDeployment): JsonValue {
  return {
    effect: effect.toLowerCase(),
    id: effect === 'CREATED' ? null : deployment.id,
    kind: deployment.kind.toLowerCase(),
    repository: deployment.repository,
    service: deployment.service,
    title: deployment.title,
    sha: deployment.sha,
    url: deployment.url,
    author: deployment.author,
    environment: deployment.environment,
    outcome: deployment.outcome?.toLowerCase() ?? null,
    occurred_at: timeJson(deployment.occurredAt),
  };
}

function timeJson(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}
