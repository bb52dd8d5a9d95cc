import { Pool } from 'undici';

/** A webhook to post, and the key that makes a repetition recognisable. */
export interface OutgoingPost {
  /** Below `/api/v1/webhooks/`. */
  provider: string;
  idempotencyKey: string;
  body: unknown;
}

export interface PostAnswer {
  status: number;
  json: Record<string, unknown>;
  /** How often it was posted. */
  tries: number;
}

/** A sender as webhooks have them: it keeps a bounded number of connections and does not give up. */
export interface Poster extends AsyncDisposable {
  /** Posts until there is an answer other than 503. */
  post(webhook: OutgoingPost): Promise<PostAnswer>;
  /** Connections that broke before the answer. */
  broken(): number;
  /** 503 answers. */
  refused(): number;
}

const TRY_AGAIN_MS = 50;
/** Longer than any server here needs to come back. */
const GIVE_UP_MS = 60_000;

/** Where several ports are given, a broken connection has it go on with the next, as a load balancer does. */
export function createPoster(port: number | readonly number[], connections = 32): Poster {
  const pools = [port]
    .flat()
    .map((one) => new Pool(`http://127.0.0.1:${one}`, { connections, pipelining: 1 }));
  let current = 0;
  let broken = 0;
  let refused = 0;

  const postOnce = async (pool: Pool, { provider, idempotencyKey, body }: OutgoingPost) => {
    try {
      const answer = await pool.request({
        method: 'POST',
        path: `/api/v1/webhooks/${provider}`,
        headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: JSON.stringify(body),
      });
      const json = (await answer.body.json()) as Record<string, unknown>;
      if (answer.statusCode !== 503) return { status: answer.statusCode, json };
      if (answer.headers['retry-after'] === undefined) throw new Error('503 without Retry-After');
      refused += 1;
      return null;
    } catch (error) {
      if (error instanceof Error && error.message === '503 without Retry-After') throw error;
      broken += 1;
      return null;
    }
  };

  return {
    async post(webhook) {
      const deadline = performance.now() + GIVE_UP_MS;
      for (let tries = 1; performance.now() < deadline; tries += 1) {
        const asked = current;
        const answer = await postOnce(pools[asked % pools.length] as Pool, webhook);
        if (answer !== null) return { ...answer, tries };
        if (current === asked) current += 1;
        await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
      }
      throw new Error(`nobody took the webhook ${webhook.idempotencyKey} for ${GIVE_UP_MS} ms`);
    },
    broken: () => broken,
    refused: () => refused,
    async [Symbol.asyncDispose]() {
      for (const pool of pools) await pool.destroy();
    },
  };
}

/** Runs all jobs, `width` at a time, in order of their start. */
export async function atOnce<T>(width: number, jobs: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  const waiting = jobs.entries();
  const runner = async (): Promise<void> => {
    for (const [index, job] of waiting) results[index] = await job();
  };
  await Promise.all(Array.from({ length: width }, runner));
  return results;
}
