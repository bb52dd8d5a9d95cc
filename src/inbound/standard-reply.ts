import type { JsonValue } from '../kernel/canonical-json.ts';
import type { IntakeReply } from './intake.ts';
import type { ReplyFacts } from './provider.ts';

/** The answer of every provider that does not define its own. */
export function standardReply(facts: ReplyFacts): IntakeReply {
  if (!facts.acted) return ignoredReply(facts);
  const { receiptId, incidentIds, deploymentIds } = facts;
  const [deploymentId] = deploymentIds;
  return {
    status: 200,
    body: {
      status: 'success',
      receipt_id: receiptId,
      ...(incidentIds.length > 0 && { incident_ids: incidentIds }),
      ...(deploymentId !== undefined && { deployment_id: deploymentId }),
      ...replyRemarks(facts),
    },
  };
}

/** Understood but not acted on: 2xx, since senders give up on those who answer 4xx. */
function ignoredReply(facts: ReplyFacts): IntakeReply {
  const { reason, receiptId } = facts;
  return { status: 202, body: { status: 'ignored', reason, receipt_id: receiptId, ...replyRemarks(facts) } };
}

/** What is said only where there is something to say. */
export function replyRemarks({ duplicate, warnings }: ReplyFacts): Record<string, JsonValue> {
  return { ...(duplicate && { duplicate }), ...(warnings.length > 0 && { warnings }) };
}
