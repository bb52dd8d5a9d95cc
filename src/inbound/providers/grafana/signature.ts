import { verifyHexSignature } from '../../hex-signature.ts';
import type { HexSignature } from '../../hex-signature.ts';
import type { IntakeRequest, Problem } from '../../intake.ts';
import { notVerified } from '../../not-verified.ts';
import type { Verification, VerifyContext } from '../../provider.ts';
import { verifySharedSecret } from '../../shared-secret.ts';

/** The name in Grafana's documents, and the one that its code falls back to. */
const SIGNATURE_HEADERS = ['X-Grafana-Alerting-Signature', 'X-Grafana-Alert-Signature'];
const TOLERANCE_SECONDS = 300;

export const GRAFANA_SETTINGS = {
  signature_header: 'the header that holds the signature, where the contact point names another one',
  timestamp_header:
    'the header that holds the signed time, as the contact point names it: webhooks of another five minutes are refused',
} as const;

/** Signed, or with the secret itself in a header, since older contact points cannot sign. */
export function verifyGrafana(request: IntakeRequest, context: VerifyContext): Verification {
  const sent = signatureOf(request, context);
  if (sent === null) return verifySharedSecret(request, context);
  const signed = signedBytes(request, context);
  if (typeof signed === 'string') return notVerified(settingOf(context, 'timestamp_header') ?? '', signed);
  const verification = verifyHexSignature({ ...sent, bytes: signed }, context);
  if (verification.matched) return verification;
  const shared = verifySharedSecret(request, context);
  return shared.matched ? shared : withHint(verification.problem, context);
}

/** The bytes that Grafana signed, or why the time beside them is not to be trusted. */
function signedBytes({ headers, body }: IntakeRequest, context: VerifyContext): Buffer | string {
  const header = settingOf(context, 'timestamp_header');
  if (header === null) return body;
  const timestamp = headerOf(headers, header)?.trim() ?? '';
  if (!/^\d{1,12}$/.test(timestamp))
    return 'is missing, or holds no seconds since 1970: it is part of the signature';
  const age = context.now.getTime() / 1000 - Number(timestamp);
  if (Math.abs(age) > TOLERANCE_SECONDS) {
    return `is ${Math.abs(Math.round(age))} s from the time here: at most ${TOLERANCE_SECONDS} are taken`;
  }
  return Buffer.concat([Buffer.from(`${timestamp}:`), body]);
}

function signatureOf({ headers }: IntakeRequest, context: VerifyContext): Omit<HexSignature, 'bytes'> | null {
  const renamed = settingOf(context, 'signature_header');
  const names = renamed === null ? SIGNATURE_HEADERS : [renamed];
  for (const header of names) {
    const signature = headerOf(headers, header)?.trim();
    if (signature !== undefined) return { header, signatures: [signature] };
  }
  return null;
}

function withHint({ path, message }: Problem, context: VerifyContext): Verification {
  const hint =
    settingOf(context, 'timestamp_header') === null
      ? '; where the contact point has a timestamp header, name it in the setting timestamp_header of this source'
      : '';
  return notVerified(path, `${message}${hint}`);
}

function headerOf(headers: IntakeRequest['headers'], name: string): string | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(headers, key) ? headers[key] : undefined;
}

/** Null where it is not set: an empty setting is no header's name. */
function settingOf({ settings }: VerifyContext, name: keyof typeof GRAFANA_SETTINGS): string | null {
  return settings[name]?.trim() || null;
}
