import type { StatusSignalKind } from '../../../domain/signal.ts';
import { meaningOf } from '../../word-table.ts';

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

/** Null where the word is not understood: to guess would open or close the wrong incident. */
export function kindOfStatus(word: string): StatusSignalKind | null {
  return meaningOf(STATUS_WORDS, word);
}
