import type { StatusSignalKind } from '../../../domain/signal.ts';

export const STATUS_WORDS: Readonly<Record<StatusSignalKind, readonly string[]>> = {
  TRIGGER: [
    'triggered',
    'trigger',
    'firing',
    'open',
    'opened',
    'alerting',
    'alert',
    'active',
    'problem',
    'down',
    'new',
  ],
  ACKNOWLEDGE: ['acknowledged', 'acknowledge', 'acked', 'ack'],
  UNACKNOWLEDGE: ['unacknowledged', 'unacknowledge', 'unacked', 'unack'],
  RESOLVE: [
    'resolved',
    'resolve',
    'ok',
    'closed',
    'close',
    'recovered',
    'recovery',
    'cleared',
    'up',
    'normal',
  ],
  REOPEN: ['reopened', 'reopen'],
};

const KINDS: readonly StatusSignalKind[] = ['TRIGGER', 'ACKNOWLEDGE', 'UNACKNOWLEDGE', 'RESOLVE', 'REOPEN'];

/** Null where the word is not understood: to guess would open or close the wrong incident. */
export function kindOfStatus(word: string): StatusSignalKind | null {
  const wanted = word.trim().toLowerCase();
  return KINDS.find((kind) => STATUS_WORDS[kind].includes(wanted)) ?? null;
}
