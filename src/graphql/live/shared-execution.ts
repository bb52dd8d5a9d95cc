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

const MAX_PENDING = 1_024;
/** Sockets report what they wrote between turns of the event loop only. */
const TURNS_AT_ONCE = 32;

/** One execution and one serialisation for all who asked the same with the same rights, one item after another. */
export function createSharedExecution<T>({ run, coalesce, onEmpty }: Options<T>): SharedExecution<T> {
  const members = new Set<Member>();
  let pending: Parameters<SharedExecution<T>['offer']>[0][] = [];
  let running = false;

  const remove = (member: Member): void => {
    if (members.delete(member) && members.size === 0) onEmpty();
  };

  const sendTo = (member: Member, sequence: number, text: string): void => {
    if (sequence > member.from && members.has(member) && !member.subscriber.send(text)) remove(member);
  };

  const runAll = async (): Promise<void> => {
    running = true;
    for (let turns = 1; members.size > 0; turns++) {
      const item = pending.shift();
      if (item === undefined) break;
      const text = await run(item.value);
      for (const member of item.only ? [item.only] : [...members]) sendTo(member, item.sequence, text);
      if (turns % TURNS_AT_ONCE === 0) await setImmediate();
    }
    pending = [];
    running = false;
  };

  return {
    add: (member) => void members.add(member),
    remove,
    offer(item) {
      if (coalesce && pending.some(({ only }) => only === undefined || only === item.only)) return;
      if (pending.length >= MAX_PENDING) {
        for (const member of [...members]) {
          member.subscriber.cutOff();
          remove(member);
        }
        return;
      }
      pending.push(item);
      if (!running) void runAll();
    },
  };
}
