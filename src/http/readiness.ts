import type { HttpHandlers } from './handlers.ts';
import type { Reply } from './reply.ts';

const CHECK_MS = 1000;

/** Runs all checks at once. One that fails, throws or does not settle within a second counts as not holding. */
export async function readiness(
  checks: HttpHandlers['checks'],
  state: 'STARTING' | 'SERVING' | 'STOPPING',
): Promise<Reply> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await holds(check)] as const),
  );
  const ready = state === 'SERVING' && results.every(([, ok]) => ok);
  return {
    status: ready ? 200 : 503,
    body: {
      status: ready ? 'ready' : 'unavailable',
      state: state.toLowerCase(),
      checks: Object.fromEntries(results.map(([name, ok]) => [name, ok ? 'ok' : 'failed'])),
    },
  };
}

async function holds(check: () => boolean | Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), CHECK_MS);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
