import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical-json.ts';
import type { Signal } from './signal.ts';

/**
 * The tie of a signal whose provider gives no event id. Only what the sender said goes in: neither ids nor a time that
 * we put in place of a claim, nor a key that we made up.
 */
export function signalTie(signal: Omit<Signal, 'id' | 'tie'>): string {
  const { kind, key, occurredAt, claimedAt, fields, text, actor } = signal;
  const said = {
    kind,
    key: key.synthetic ? null : [key.source, key.externalKey],
    occurred_at: (claimedAt ?? occurredAt)?.toISOString() ?? null,
    fields: { ...fields },
    text,
    actor,
  };
  return createHash('sha256').update(canonicalJson(said)).digest('hex');
}
