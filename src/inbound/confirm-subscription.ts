import type { Judgement, Taken } from './judge.ts';
import type { VerifyContext } from './provider.ts';

type ToConfirm = Taken & { interpretation: { kind: 'IGNORED'; reason: string; confirm: string } };

export function isToConfirm(judgement: Judgement): judgement is ToConfirm {
  return (
    judgement.kind === 'TAKEN' &&
    judgement.interpretation.kind === 'IGNORED' &&
    judgement.interpretation.confirm !== undefined
  );
}

/**
 * Tells a sender that asked for it that it is welcome, before its webhook is stored, so that the receipt says what came of
 * it. Where that fails the webhook is refused with 503, without a dedup key: the sender asks again.
 */
export async function confirmSubscription(
  judgement: ToConfirm,
  fetchText: VerifyContext['fetchText'],
): Promise<Judgement> {
  const { confirm, reason } = judgement.interpretation;
  const { verified, deliveryId } = judgement;
  try {
    await fetchText(confirm);
    return { ...judgement, interpretation: { kind: 'IGNORED', reason: `${reason}: confirmed` } };
  } catch (error) {
    const message = `${reason}: could not be confirmed, ${error instanceof Error ? error.message : String(error)}`;
    return { kind: 'REFUSED', status: 503, problems: [{ path: '', message }], verified, deliveryId };
  }
}
