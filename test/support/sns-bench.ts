import type { IntakeReply } from '../../src/inbound/intake.ts';
import type { Source, Sources } from '../../src/inbound/source.ts';
import { onlySource, testSource } from './test-source.ts';
import { createIntakeBench } from './intake-bench.ts';
import type { IntakeBench, IntakeBenchOptions } from './intake-bench.ts';
import { createSnsTopic } from './sns-topic.ts';

/** The topic that a bench knows the certificate of, unless it is told otherwise. */
export const topic = createSnsTopic();

export interface SnsBench extends IntakeBench {
  post(body: Buffer, over?: { headers?: Record<string, string>; token?: string }): Promise<IntakeReply>;
  /** The URLs that were fetched. */
  fetched: string[];
}

export function createSnsBench(options: IntakeBenchOptions = {}): SnsBench {
  const fetched: string[] = [];
  const answer = options.fetchText ?? topic.fetchText;
  const fetchText = (url: string): Promise<string> => {
    fetched.push(url);
    return answer(url);
  };
  const bench = createIntakeBench({ now: new Date('2026-03-10'), ...options, fetchText });
  return { ...bench, fetched, post: (body, over) => bench.receive({ provider: 'sns', body, ...over }) };
}

export function snsSource(over: Partial<Source>): Sources {
  return onlySource(testSource('alarms', { provider: 'sns', ...over }));
}
