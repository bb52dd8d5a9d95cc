import type { IntakeReply } from '../../intake.ts';

/** A DNS name, or a pattern of such names. It is sent back as it came. */
const ORIGIN = /^[\w.*:-]{1,253}$/;

/**
 * The abuse protection of CloudEvents' webhooks: a sender asks first whether it may send here. That proves nothing of the
 * sender, whose webhooks are judged like all others.
 */
export function cloudeventsHandshake(
  headers: Readonly<Record<string, string>>,
  ratePerMinute: number | null,
): IntakeReply | null {
  const origin = headers['webhook-request-origin']?.trim() ?? '';
  if (!ORIGIN.test(origin)) return null;
  return {
    status: 200,
    body: { status: 'ok', message: 'CloudEvents may be sent here, by POST' },
    headers: {
      Allow: 'POST, OPTIONS',
      'WebHook-Allowed-Origin': origin,
      'WebHook-Allowed-Rate': ratePerMinute === null ? '*' : String(ratePerMinute),
    },
  };
}
