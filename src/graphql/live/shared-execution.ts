import { setImmediate } from 'node:timers/promises';
import type { Subscriber } from './subscriber.ts';

export interface Member {
  readonly subscriber: Subscriber;
  /** What has this number or a lower one was sent to it before it joined. */
  readonly from: number;
}

export interface SharedExecution<T> {
  add(member: Member): void;
  remove(member: Member): void;
  /** For all members but those who had it already; `only` is for one of them. */
  offer(item: { value: T; sequence: number; only?: Member }): void;
}

interface Options<T> {
  /** Executes and serialises once, for all members. Never rejects. */
  run: (value: T) => Promise<string>;
  /** The value says only that something changed: what waits for its turn is not asked for twice. */
  coalesce: boolean;
  /** The last member left. */
  onEmpty: () => void;
}

interface Item<T> {
  value: T;
  sequence: number;
  /** Null for all. */
  only: Set<Member> | null;
}

const MAX_PENDING = 1_024;
/** So many are executed side by side, where they read from the database; results keep their order. */
const AT_ONCE = 16;
/** Sockets report what they wrote between turns of the event loop only. */
const TURNS_AT_ONCE = 32;

/** One execution and one serialisation for all who asked the same with the same rights, sent one after another. */
export function createSharedExecution<T>({ run, coalesce, onEmpty }: Options<T>): SharedExecution<T> {
  const members = new Set<Member>();
  const atOnce = coalesce ? 1 : AT_ONCE;
  let pending: Item<T>[] = [];
  let running = false;

  const remove = (member: Member): void => {
    if (members.delete(member) && members.size === 0) onEmpty();
  };

  const send = ({ only, sequence }: Item<T>, text: string): void => {
    for (const member of only ?? members) {
      if (sequence > member.from && members.has(member) && !member.subscriber.send(text)) remove(member);
    }
  };

  const runAll = async (): Promise<void> => {
    running = true;
    const started: { item: Item<T>; text: Promise<string> }[] = [];
    for (let turns = 1; members.size > 0; turns++) {
      for (const item of pending.splice(0, atOnce - started.length))
        started.push({ item, text: run(item.value) });
      const next = started.shift();
      if (next === undefined) break;
      send(next.item, await next.text);
      if (turns % TURNS_AT_ONCE === 0) await setImmediate();
    }
    pending = [];
    running = false;
  };

  /** Whether what waits says it already, that something changed, or says it to these few too. */
  const joins = ({ only }: Item<T>): boolean => {
    const [waiting] = pending;
    if (!coalesce || waiting === undefined) return false;
    if (waiting.only === null) return true;
    if (only === null) pending = [];
    else for (const member of only) waiting.only.add(member);
    return only !== null;
  };

  const cutAllOff = (): void => {
    for (const member of members) {
      member.subscriber.cutOff();
      remove(member);
    }
  };

  return {
    add: (member) => void members.add(member),
    remove,
    offer({ value, sequence, only }) {
      const item = { value, sequence, only: only ? new Set([only]) : null };
      if (joins(item)) return;
      if (pending.length >= MAX_PENDING) return cutAllOff();
      pending.push(item);
      if (!running) void runAll();
    },
  };
}
