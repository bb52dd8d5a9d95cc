import { z } from 'zod';
import { EVIDENCE_KINDS } from '../../domain/evidence.ts';
import { inputErrors } from '../errors/user-error.ts';
import type { EvidenceResolvers, MutationResolvers, QueryResolvers } from '../generated/resolvers-types.ts';
import { aboutIncidentId } from '../incidents/about-incident-id.ts';
import { submitCommand } from '../incidents/submit-command.ts';
import { clientKey } from '../limits/client-key.ts';
import { longText, optional, titleText, webAddress } from '../limits/texts.ts';

const addEvidenceInput = z
  .object({
    incidentId: z.string(),
    kind: z.enum(EVIDENCE_KINDS),
    title: titleText,
    text: longText.nullish().transform((text) => text ?? ''),
    url: optional(webAddress),
    occurredAt: optional(z.date()),
    clientMutationKey: clientKey,
  })
  .refine(({ text, url }) => text.trim() !== '' || url !== null, {
    path: ['text'],
    error: 'or url must be given',
  });

export const evidenceQueries: Pick<QueryResolvers, 'evidence'> = {
  evidence: (_root, { id }, { evidence }) => evidence.byId(id),
};

export const evidenceFields: EvidenceResolvers = {
  incident: ({ incidentId }, _args, { loaders }) => loaders.incident.load(incidentId),
};

export const evidenceMutations: Pick<MutationResolvers, 'addEvidence'> = {
  async addEvidence(_root, { input }, context) {
    const { data, error } = addEvidenceInput.safeParse(input);
    if (error) return { evidence: null, incident: null, errors: inputErrors(error) };
    const { incidentId, clientMutationKey, ...evidence } = data;
    const result = await submitCommand(context, {
      kind: 'ADD_EVIDENCE',
      incidentId,
      evidence,
      clientMutationKey,
    });
    return result.kind === 'DONE'
      ? { evidence: result.evidence, incident: result.incident, errors: [] }
      : { evidence: null, incident: null, errors: [aboutIncidentId(result.refusal)] };
  },
};
