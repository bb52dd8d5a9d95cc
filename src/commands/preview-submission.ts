import type { DeploymentState, Draft, Wanted } from '../domain/draft.ts';
import type { UnnumberedEvent } from '../domain/event.ts';
import type { IncidentState } from '../domain/incident-state.ts';
import type { Incident } from '../domain/incident.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Signal } from '../domain/signal.ts';
import type { WebhookResult, WebhookSubmission } from '../domain/submission.ts';
import type { TimelineEntry } from '../domain/timeline-entry.ts';
import type { NewId } from '../kernel/ids.ts';
import { decideBatch } from './decide-batch.ts';
import type { DecideOptions } from './decide-batch.ts';
import { createIdTape } from './id-tape.ts';

export const PREVIEW_EFFECTS = ['CREATED', 'CHANGED', 'UNCHANGED'] as const;
/** What would become of a stored object. */
export type PreviewEffect = (typeof PREVIEW_EFFECTS)[number];

/** An incident as a webhook would leave it. Ids of what would be new are made up. */
export interface PreviewedIncident {
  effect: PreviewEffect;
  incident: Incident;
  entries: TimelineEntry[];
  events: UnnumberedEvent[];
}

/** A deployment as a webhook would leave it. The id of one that would be new is made up. */
export interface PreviewedDeployment extends Deployment {
  effect: PreviewEffect;
}

/** What a webhook would come to, now. */
export interface SubmissionPreview {
  result: WebhookResult;
  signals: readonly Signal[];
  incidents: PreviewedIncident[];
  deployments: PreviewedDeployment[];
}

export interface PreviewDeps {
  load: DecideOptions['load'];
  newId: NewId;
  now: () => Date;
  reopenWindowMs: number;
}

/** Decides over what is stored, as the commit would, and writes nothing. */
export async function previewSubmission(
  submission: WebhookSubmission,
  { load, newId, now, reopenWindowMs }: PreviewDeps,
): Promise<SubmissionPreview> {
  const batch = [{ submission, tape: createIdTape(newId) }];
  const { draft, decided } = await decideBatch(batch, { load, now: now(), reopenWindowMs });
  const [one] = decided;
  if (one?.ok !== true) throw new Error('the webhook cannot be decided', { cause: one?.error });
  const { result } = one;
  if (result.kind !== 'WEBHOOK') throw new Error('a webhook came to the result of a command');
  const others = await load(untouched(draft, result));
  const { verdict } = submission;
  return {
    result,
    signals: verdict.outcome === 'APPLIED' ? verdict.signals : [],
    incidents: [
      ...[...draft.incidents.values()].map((state) => previewIncident(state, draft)),
      ...others.flatMap((found): PreviewedIncident[] =>
        found.kind === 'incident'
          ? [{ effect: 'UNCHANGED', incident: found.state.incident, entries: [], events: [] }]
          : [],
      ),
    ],
    deployments: [
      ...[...draft.deployments.values()].map(previewDeployment),
      ...others.flatMap((found): PreviewedDeployment[] =>
        found.kind === 'deployment' ? [{ ...found.state.deployment, effect: 'UNCHANGED' }] : [],
      ),
    ],
  };
}

/** What the webhook is about and would leave as it is. */
function untouched(draft: Draft, { incidentIds, deploymentIds }: WebhookResult): Wanted[] {
  return [
    ...incidentIds.filter((id) => !draft.incidents.has(id)).map((id): Wanted => ({ kind: 'incident', id })),
    ...deploymentIds
      .filter((id) => !draft.deployments.has(id))
      .map((id): Wanted => ({ kind: 'deployment', id })),
  ];
}

function previewIncident({ incident, version }: IncidentState, draft: Draft): PreviewedIncident {
  const entries = [...draft.entries.values()].filter((entry) => entry?.incidentId === incident.id);
  return {
    effect: version === 0 ? 'CREATED' : 'CHANGED',
    incident,
    entries: entries.filter((entry) => entry !== null),
    events: draft.events.filter(({ incidentId }) => incidentId === incident.id),
  };
}

function previewDeployment({ deployment, version }: DeploymentState): PreviewedDeployment {
  return { ...deployment, effect: version === 0 ? 'CREATED' : 'CHANGED' };
}
