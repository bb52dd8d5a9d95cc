import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { temporaryFolder } from '../../support/mongod.ts';
import { anEvent } from '../../support/event-log.ts';
import { startGraphqlApp } from './graphql-app.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

interface DevToolsMessage {
  id?: number;
  result?: unknown;
  method?: string;
  params?: { request?: { url: string } };
}

/** A page of a browser that reaches nothing but this machine, driven over the DevTools protocol. */
async function openPage(
  url: string,
): Promise<{ evaluate<T>(expression: string): Promise<T>; requested: string[] }> {
  const profile = join(await temporaryFolder(), 'profile');
  const browser = spawn(CHROMIUM ?? '', [
    ...[
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--remote-debugging-port=0',
    ],
    ...[
      `--user-data-dir=${profile}`,
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      'about:blank',
    ],
  ]);
  onTestFinished(async () => {
    const exited = once(browser, 'exit');
    browser.kill();
    await exited;
  });
  const devTools = await new Promise<URL>((resolve) => {
    createInterface(browser.stderr).on('line', (line) => {
      const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (address !== undefined) resolve(new URL(address));
    });
  });
  const targets = (await (await fetch(`http://${devTools.host}/json`)).json()) as {
    type: string;
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? '');
  await once(socket, 'open');

  const requested: string[] = [];
  const answers = new Map<number, (result: unknown) => void>();
  socket.on('message', (data: Buffer) => {
    const { id, result, method, params } = JSON.parse(data.toString()) as DevToolsMessage;
    if (method === 'Network.requestWillBeSent') requested.push(params?.request?.url ?? '');
    if (id !== undefined) answers.get(id)?.(result);
  });
  let last = 0;
  const call = (method: string, params: object = {}): Promise<unknown> => {
    const id = ++last;
    const answer = new Promise((resolve) => answers.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    return answer;
  };
  await call('Network.enable');
  await call('Page.navigate', { url });
  return {
    requested,
    async evaluate<T>(expression: string) {
      const answer = await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      return (answer as { result: { value: T } }).result.value;
    },
  };
}

/** Asks the page until it says yes. */
async function until(ask: () => Promise<boolean>): Promise<void> {
  while (!(await ask().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 50));
}

test.skipIf(CHROMIUM === undefined)(
  'in a browser the explorer runs examples, queries and subscriptions with the key that is typed in, and asks no other host for anything',
  { timeout: 60_000 },
  async () => {
    const key = 'k'.repeat(32);
    const app = await startGraphqlApp({ apiKeys: [key] });
    await app.ask(
      'mutation { createIncident(input: { title: "Seen in the explorer" }) { errors { code } } }',
    );
    const page = await openPage(`${app.url}/graphql`);
    const shows = (text: string) => async () =>
      (await page.evaluate<string>('document.querySelector(".result-window")?.textContent ?? ""')).includes(
        text,
      );
    const run = (query: string) =>
      page.evaluate(`(() => {
        document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.setValue(${JSON.stringify(query)});
        setTimeout(() => document.querySelector('.graphiql-execute-button').click(), 300);
      })()`);

    const press = (selector: string) =>
      page.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`);

    await until(() => page.evaluate<boolean>('document.querySelector(".graphiql-execute-button") !== null'));
    expect(
      await page.evaluate(
        `[...document.querySelectorAll('.graphiql-tab-button')].map((tab) => tab.textContent)`,
      ),
    ).toEqual(['OpenIncidents', 'OneIncident', 'CreateIncident', 'Events', 'Search']);
    await press('.graphiql-execute-button');
    await until(shows('UNAUTHENTICATED'));
    await page.evaluate(`(() => {
      const [, headers] = document.querySelectorAll('.graphiql-editor-tool .CodeMirror');
      headers.CodeMirror.setValue(${JSON.stringify(JSON.stringify({ authorization: `Bearer ${key}` }))});
    })()`);
    // What is typed counts a moment later.
    await until(async () => {
      await press('.graphiql-execute-button');
      return shows('"title": "Seen in the explorer"')();
    });
    // The next tab has no headers of its own.
    await press('.graphiql-tab:nth-of-type(2) .graphiql-tab-button');
    await until(() =>
      page.evaluate<boolean>(`document.querySelector('.graphiql-editors').textContent.includes('"id": ""')`),
    );

    await run('{ incidents { nodes { title } } }');
    await until(shows('Seen in the explorer'));

    await run('subscription { events(after: 0) { sequence snapshot { title } } }');
    await until(shows('"sequence": 1'));
    await app.log.commit(anEvent());
    await until(shows('"sequence": 2'));

    expect(page.requested.length).toBeGreaterThan(6);
    expect(page.requested.filter((url) => !url.startsWith(app.url) && !url.startsWith('data:'))).toEqual([]);
  },
);
