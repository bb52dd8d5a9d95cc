import type { ReceiveDeps } from '../../src/inbound/receive.ts';

/** For intake whose limits and dry runs a test is not about: as many webhooks as come, none tried out. */
export const UNHINDERED: Pick<ReceiveDeps, 'gate' | 'unkept' | 'preview'> = {
  gate: { secondsToWait: () => 0, countVerified: () => undefined, admitStranger: () => 0 },
  unkept: { count: () => undefined },
  preview: () => Promise.reject(new Error('no dry run is meant here')),
};
