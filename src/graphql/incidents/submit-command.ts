import type { CommandResult, IncidentCommand } from '../../domain/submission.ts';
import type { GraphqlContext } from '../graphql-context.ts';

/** Commits what a person asked for and answers once it is stored safely. */
export function submitCommand(
  { committer, clock, newId, principal }: GraphqlContext,
  command: IncidentCommand,
): Promise<CommandResult> {
  return committer.submit({
    kind: 'COMMAND',
    id: newId(),
    receivedAt: clock.now(),
    actor: principal.name,
    command,
  });
}
