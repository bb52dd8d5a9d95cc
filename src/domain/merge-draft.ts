import type { Draft } from './draft.ts';

/** Adds a finished decision to the batch it belongs to. */
export function mergeDraft(into: Draft, { keys, incidents, deployments, entries, ...added }: Draft): void {
  for (const [id, state] of keys) into.keys.set(id, state);
  for (const [id, state] of incidents) into.incidents.set(id, state);
  for (const [id, state] of deployments) into.deployments.set(id, state);
  for (const [id, entry] of entries) into.entries.set(id, entry);
  into.evidence.push(...added.evidence);
  into.events.push(...added.events);
  into.receipts.push(...added.receipts);
}
