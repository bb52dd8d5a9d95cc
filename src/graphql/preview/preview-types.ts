import type { Resolvers } from '../generated/resolvers-types.ts';

type PreviewTypes = Pick<
  Resolvers,
  'WebhookPreview' | 'PreviewedSignal' | 'PreviewedIncident' | 'PreviewedEvent' | 'PreviewedDeployment'
>;

export const previewTypes: PreviewTypes = {
  WebhookPreview: {
    outcome: ({ result }) => result.outcome,
    reason: ({ result }) => result.reason,
    warnings: ({ result }) => result.warnings,
    duplicateOf: ({ result }, _args, { loaders }) =>
      result.duplicateOf === null ? null : loaders.receipt.load(result.duplicateOf),
  },
  PreviewedSignal: {
    externalKey: ({ key }) => (key.synthetic ? null : key.externalKey),
    title: ({ fields }) => fields.title ?? null,
    description: ({ fields }) => fields.description ?? null,
    severity: ({ fields }) => fields.severity ?? null,
    service: ({ fields }) => fields.service ?? null,
    url: ({ fields }) => fields.url ?? null,
    source: ({ fields }) => fields.source ?? null,
  },
  PreviewedIncident: {
    snapshot: ({ incident: { id, ...scalars } }) => ({ ...scalars, incidentId: id }),
    incident: ({ effect, incident }, _args, { loaders }) =>
      effect === 'CREATED' ? null : loaders.incident.load(incident.id),
  },
  PreviewedEvent: {
    changes: ({ details }) => details.changes,
  },
  PreviewedDeployment: {
    deploymentId: ({ effect, id }) => (effect === 'CREATED' ? null : id),
  },
};
