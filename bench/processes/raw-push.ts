import { monotonicMs } from './monotonic-ms.ts';
import { serveParent } from './parent-link.ts';
import { createSignedPush } from './signed-push.ts';
import type { SignedPush } from './signed-push.ts';

export type RawPushMethods = typeof methods;

export interface PushOrder {
  count: number;
  body: string;
}

let push: SignedPush | null = null;
let inFlight = 0;

/** Signs and posts, and stores nothing: as fast as one process can push. */
const methods = serveParent({
  aim(target: { url: string; secret: string; inFlight: number }): void {
    inFlight = target.inFlight;
    push = createSignedPush({ ...target, connections: inFlight });
  },

  /** Returns the seconds that it took. */
  async push({ count, body }: PushOrder): Promise<number> {
    const send = push;
    if (send === null) throw new Error('no target');
    let next = 0;
    const startedAt = monotonicMs();
    await Promise.all(
      Array.from({ length: inFlight }, async () => {
        while (next < count) await send(`raw-${(next += 1)}`, body);
      }),
    );
    return (monotonicMs() - startedAt) / 1000;
  },
});
