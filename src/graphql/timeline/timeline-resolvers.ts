import { z } from 'zod';
import { inputErrors } from '../errors/user-error.ts';
import type { MutationResolvers, TimelineEntryResolvers } from '../generated/resolvers-types.ts';
import { aboutIncidentId } from '../incidents/about-incident-id.ts';
import { submitCommand } from '../incidents/submit-command.ts';
import { clientKey } from '../limits/client-key.ts';
import { optional, shortText } from '../limits/texts.ts';

const addTimelineEntryInput = z.object({
  incidentId: z.string(),
  text: shortText(65_536),
  occurredAt: optional(z.date()),
  clientMutationKey: clientKey,
});

export const timelineEntryFields: TimelineEntryResolvers = {
  receipt: ({ receiptId }, _args, { loaders }) =>
    receiptId === null ? null : loaders.receipt.load(receiptId),
  deployment: ({ kind, id }, _args, { loaders }) =>
    kind === 'DEPLOYMENT' ? loaders.deployment.load(id) : null,
};

export const timelineMutations: Pick<MutationResolvers, 'addTimelineEntry'> = {
  async addTimelineEntry(_root, { input }, context) {
    const { data, error } = addTimelineEntryInput.safeParse(input);
    if (error) return { timelineEntry: null, incident: null, errors: inputErrors(error) };
    const result = await submitCommand(context, { kind: 'ADD_TIMELINE_ENTRY', ...data });
    return result.kind === 'DONE'
      ? { timelineEntry: result.entry, incident: result.incident, errors: [] }
      : { timelineEntry: null, incident: null, errors: [aboutIncidentId(result.refusal)] };
  },
};
