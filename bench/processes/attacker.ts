import type { LiveSocket } from './live-socket.ts';
import { maskedFrame, openLiveSocket } from './live-socket.ts';
import { serveParent } from './parent-link.ts';

export type AttackerMethods = typeof methods;

/** How often each came of what the server said: codes of errors, codes of closed sockets, refused upgrades. */
export type Answers = Record<string, number>;

const OPEN_AT_ONCE = 50;
const SUBSCRIPTION = 'subscription { events { sequence } }';

/** Those that are held open. */
let held: LiveSocket[] = [];

const methods = serveParent({
  /** One after another. */
  async post({ port, bodies }: { port: number; bodies: readonly string[] }): Promise<Answers> {
    const answers: Answers = {};
    for (const body of bodies) count(answers, await post(port, body));
    return answers;
  },

  /** Each as the payload of a `subscribe` message, one after another. */
  async subscribe({ port, payloads }: { port: number; payloads: readonly string[] }): Promise<Answers> {
    const answers: Answers = {};
    let speaker: Speaker | null = null;
    for (const [index, payload] of payloads.entries()) {
      speaker ??= await openSpeaker(port);
      const answer = await speaker.ask(`{"id":"${index}","type":"subscribe","payload":${payload}}`);
      count(answers, codeOf(answer));
      if (typeof answer === 'number') speaker = null;
    }
    speaker?.close();
    return answers;
  },

  /** Sockets that send one frame that is too long, one after another. */
  async oversized({ port, times, bytes }: { port: number; times: number; bytes: number }): Promise<Answers> {
    const answers: Answers = {};
    const frame = maskedFrame(0x1, Buffer.alloc(bytes, 'x'));
    for (let sent = 0; sent < times; sent++) {
      const socket = await openLiveSocket({ port, onText: () => undefined });
      socket.write(frame);
      count(answers, codeOf(await socket.closed));
    }
    return answers;
  },

  /** Sockets that say nothing until they are closed. */
  async silent({ port, sockets }: { port: number; sockets: number }): Promise<Answers> {
    const answers: Answers = {};
    await openMany(sockets, async () => {
      const socket = await openLiveSocket({ port, onText: () => undefined });
      held.push(socket);
    });
    await Promise.all(held.map(async ({ closed }) => count(answers, codeOf(await closed))));
    held = [];
    return answers;
  },

  /** Sockets that follow events and stay; resolves when each is accepted or refused. */
  async occupy({ port, sockets }: { port: number; sockets: number }): Promise<Answers> {
    const answers: Answers = {};
    await openMany(sockets, async () => {
      try {
        const { socket, ask } = await openSpeaker(port);
        held.push(socket);
        void ask(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: SUBSCRIPTION } }));
        count(answers, 'accepted');
      } catch (error) {
        count(answers, error instanceof Error ? error.message : String(error));
      }
    });
    return answers;
  },

  async leave(): Promise<void> {
    for (const socket of held) socket.destroy();
    await Promise.all(held.map(({ closed }) => closed));
    held = [];
  },
});

async function post(port: number, body: string): Promise<string> {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body });
  return codeOf(await answer.text());
}

interface Speaker {
  socket: LiveSocket;
  /** Resolves with the answer, or with the code that the socket was closed with. */
  ask(text: string): Promise<string | number>;
  close(): void;
}

/** Rejects with the code where the server does not let it in. */
async function openSpeaker(port: number): Promise<Speaker> {
  let take = (_text: string): void => undefined;
  const socket = await openLiveSocket({ port, onText: (text) => take(text.toString()) });
  const ask = (text: string): Promise<string | number> =>
    Promise.race([
      new Promise<string>((resolve) => {
        take = resolve;
        socket.send(text);
      }),
      socket.closed,
    ]);
  const answer = await ask('{"type":"connection_init"}');
  if (typeof answer === 'number') throw new Error(codeOf(answer));
  return { socket, ask, close: () => socket.destroy() };
}

async function openMany(sockets: number, open: () => Promise<void>): Promise<void> {
  let left = sockets;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await open();
    }
  };
  await Promise.all(Array.from({ length: OPEN_AT_ONCE }, work));
}

/** The first code that it holds. */
function codeOf(answer: string | number): string {
  if (typeof answer === 'number') return `closed with ${answer}`;
  return /"code":\s*"([A-Z_]+)"/.exec(answer)?.[1] ?? `without a code: ${answer.slice(0, 200)}`;
}

function count(answers: Answers, answer: string): void {
  answers[answer] = (answers[answer] ?? 0) + 1;
}
