import { UNMET_WARNING } from '../../../domain/decide-webhook.ts';
import type { IntakeReply } from '../../intake.ts';
import type { ReplyFacts } from '../../provider.ts';
import { replyRemarks } from '../../standard-reply.ts';

/** Always the guide's two keys, whatever came of it: without an incident, a warning says why. */
export function genericReply(facts: ReplyFacts): IntakeReply {
  const { receiptId, incidentIds, warnings } = facts;
  const [incidentId] = incidentIds;
  const explained = incidentId !== undefined || warnings.includes(UNMET_WARNING);
  return {
    status: 200,
    body: {
      status: 'success',
      incident_id: incidentId ?? null,
      receipt_id: receiptId,
      ...replyRemarks({ ...facts, warnings: explained ? warnings : [...warnings, UNMET_WARNING] }),
    },
  };
}
