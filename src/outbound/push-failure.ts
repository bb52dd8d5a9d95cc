import type { PushFailure } from '../domain/delivery-outcome.ts';
import { BlockedTargetError } from './guarded-connector.ts';

const DETAIL_LENGTH = 200;

const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
  'EACCES',
  'EPERM',
  'EMFILE',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const CUT_OFF = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
const TLS_CODE =
  /^(ERR_TLS|ERR_SSL|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|EPROTO$)/;
const BEFORE_TLS = 'before secure TLS connection was established';

/** Puts what the HTTP client threw into the words of an attempt. */
export function describePushFailure(error: unknown): { reason: PushFailure; detail: string } {
  if (error instanceof BlockedTargetError) return { reason: 'BLOCKED', detail: error.message };
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const reason = reasonOf(code, message);
  // Where several addresses were tried, the message is empty and the code tells all.
  const named = message === '' ? code : reason === 'TLS' && code !== '' ? `${code}, ${message}` : message;
  return { reason, detail: Buffer.from(named).toString('utf8', 0, DETAIL_LENGTH) };
}

function reasonOf(code: string, message: string): PushFailure {
  if (NO_CONNECTION.has(code)) return 'CONNECT';
  if (CUT_OFF.has(code)) return 'RESET';
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'DNS';
  if (TLS_CODE.test(code) || message.includes(BEFORE_TLS)) return 'TLS';
  return 'PROTOCOL';
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
