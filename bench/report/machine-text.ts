import type { MachineFacts } from '../harness/machine.ts';

const BUSY_LOAD = 0.7;

/** One line of facts, and a warning where the machine was not idle. */
export function formatMachine(facts: MachineFacts): string {
  const { cores, cpu, memoryGb, system, node, mongod, redis, fdatasyncMs, load } = facts;
  const line = [
    `${cores} cores (${cpu}), ${memoryGb} GB, ${system}`,
    `Node ${node}`,
    `mongod ${mongod}`,
    redis === null ? 'no redis-server' : `Redis ${redis}`,
    `flush of 1.3 kB ${fdatasyncMs.p50.toFixed(2)} ms p50, ${fdatasyncMs.p99.toFixed(2)} ms p99`,
  ].join(' · ');
  if (load < BUSY_LOAD) return line;
  return `${line}\nThe machine was busy before (load ${load.toFixed(1)}): trust the ratios, not the absolute figures.`;
}
