import type { z } from 'zod';
import { MUTATION_SOURCE } from '../../domain/decide-command.ts';
import type { Incident } from '../../domain/incident.ts';
import type { CommandResult } from '../../domain/submission.ts';
import { inputErrors } from '../errors/user-error.ts';
import type { UserError } from '../errors/user-error.ts';
import type { MutationResolvers } from '../generated/resolvers-types.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { createIncidentInput, statusInput, updateIncidentInput } from './incident-inputs.ts';
import { submitCommand } from './submit-command.ts';

type IncidentMutations = Pick<
  MutationResolvers,
  'createIncident' | 'updateIncident' | 'acknowledgeIncident' | 'resolveIncident' | 'reopenIncident'
>;

export const incidentMutations: IncidentMutations = {
  async createIncident(_root, { input }, context) {
    const { data, error } = createIncidentInput.safeParse(input);
    if (error) return invalid(error);
    const { clientMutationKey, ...given } = data;
    const fields = { ...given, source: MUTATION_SOURCE };
    return payload(await submitCommand(context, { kind: 'CREATE_INCIDENT', fields, clientMutationKey }));
  },

  async updateIncident(_root, { input }, context) {
    const { data, error } = updateIncidentInput.safeParse(input);
    if (error) return invalid(error);
    const { id: incidentId, ...fields } = data;
    return payload(await submitCommand(context, { kind: 'UPDATE_INCIDENT', incidentId, fields }));
  },

  acknowledgeIncident: (_root, { input }, context) => changeStatus('ACKNOWLEDGE_INCIDENT', input, context),
  resolveIncident: (_root, { input }, context) => changeStatus('RESOLVE_INCIDENT', input, context),
  reopenIncident: (_root, { input }, context) => changeStatus('REOPEN_INCIDENT', input, context),
};

interface Payload {
  incident: Incident | null;
  errors: UserError[];
}

async function changeStatus(
  kind: 'ACKNOWLEDGE_INCIDENT' | 'RESOLVE_INCIDENT' | 'REOPEN_INCIDENT',
  input: object,
  context: GraphqlContext,
): Promise<Payload> {
  const { data, error } = statusInput.safeParse(input);
  if (error) return invalid(error);
  return payload(await submitCommand(context, { kind, incidentId: data.id, note: data.note }));
}

function invalid(error: z.ZodError): Payload {
  return { incident: null, errors: inputErrors(error) };
}

function payload(result: CommandResult): Payload {
  return result.kind === 'DONE'
    ? { incident: result.incident, errors: [] }
    : { incident: null, errors: [result.refusal] };
}
