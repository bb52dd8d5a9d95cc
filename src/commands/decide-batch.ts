import { decideCommand } from '../domain/decide-command.ts';
import { decideWebhook } from '../domain/decide-webhook.ts';
import { draftOver, StateNotLoadedError } from '../domain/draft.ts';
import type { Draft, Found, Wanted } from '../domain/draft.ts';
import { mergeDraft } from '../domain/merge-draft.ts';
import type { CommandResult, Submission, WebhookResult } from '../domain/submission.ts';
import type { IdTape } from './id-tape.ts';
import { createLoadedStates } from './loaded-states.ts';
import type { LoadedStates } from './loaded-states.ts';
import { freshStates, wantedStates } from './wanted-states.ts';

/** A submission with the ids that it will write in whichever try succeeds. */
export interface Identified {
  submission: Submission;
  tape: IdTape;
}

export type Decided = { ok: true; result: WebhookResult | CommandResult } | { ok: false; error: unknown };

export interface BatchDecision {
  draft: Draft;
  /** One for each submission, in order. One that cannot be decided is left out of the draft. */
  decided: Decided[];
}

export interface DecideOptions {
  load: (wanted: readonly Wanted[]) => Promise<Found[]>;
  now: Date;
  reopenWindowMs: number;
}

/** Loads what the submissions touch and folds them one after another, each over what those before it left. */
export async function decideBatch(
  batch: readonly Identified[],
  { load, now, reopenWindowMs }: DecideOptions,
): Promise<BatchDecision> {
  const states = createLoadedStates();
  const fetch = async (wanted: readonly Wanted[]): Promise<void> => {
    const missing = wanted.filter((one) => !states.has(one));
    if (missing.length > 0) states.add(missing, await load(missing));
  };
  states.add(
    batch.flatMap(({ submission }) => freshStates(submission)),
    [],
  );
  await fetch(batch.flatMap(({ submission }) => wantedStates(submission)));
  for (let more = states.pointedTo(); more.length > 0; more = states.pointedTo()) await fetch(more);

  for (;;) {
    const { missing, ...decision } = decideAll(batch, states, now, reopenWindowMs);
    if (missing.length === 0) return decision;
    await fetch(missing);
  }
}

function decideAll(
  batch: readonly Identified[],
  states: LoadedStates,
  now: Date,
  reopenWindowMs: number,
): BatchDecision & { missing: Wanted[] } {
  const draft = draftOver(states);
  // All that is missing is loaded at once: a batch of late signals would else be decided anew for each of them.
  const missing: Wanted[] = [];
  const decided = batch.map(({ submission, tape }): Decided => {
    tape.rewind();
    const own = draftOver(draft);
    try {
      const result = decideOne(own, submission, { now, nextId: tape.next, reopenWindowMs });
      mergeDraft(draft, own);
      return { ok: true, result };
    } catch (error) {
      if (error instanceof StateNotLoadedError) missing.push(error);
      return { ok: false, error };
    }
  });
  return { draft, decided, missing };
}

function decideOne(
  draft: Draft,
  submission: Submission,
  common: { now: Date; nextId: () => string; reopenWindowMs: number },
): WebhookResult | CommandResult {
  if (submission.kind === 'WEBHOOK') {
    const { receipt, rerun } = submission;
    const receivedAt = rerun?.receivedAt ?? receipt.receivedAt;
    return decideWebhook(draft, submission, { ...common, receivedAt, receiptId: rerun?.of ?? receipt.id });
  }
  const { receivedAt } = submission;
  return decideCommand(draft, submission, { ...common, receivedAt, receiptId: null });
}

/** Nothing to write: every submission was refused or changed nothing. */
export function isEmpty({ keys, incidents, deployments, entries, ...added }: Draft): boolean {
  return (
    keys.size + incidents.size + deployments.size + entries.size === 0 &&
    added.evidence.length + added.events.length + added.receipts.length === 0
  );
}
