import { expect, test } from 'vitest';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';

const asBrowser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

/** Everything that a page or script refers to beside itself, followed until nothing new turns up. */
async function crawl(
  app: GraphqlApp,
  path: string,
  seen = new Map<string, string>(),
): Promise<Map<string, string>> {
  if (seen.has(path)) return seen;
  const response = await fetch(`${app.url}${path}`, { headers: asBrowser });
  expect([path, response.status]).toEqual([path, 200]);
  const text = await response.text();
  seen.set(path, text);
  const base = new URL(path, app.url);
  const html = path === '/graphql' ? [...text.matchAll(/(?:src|href)="([^"]+)"/g)] : [];
  const imports = [...text.matchAll(/^(?:import|export) [^;]*? from '([^']+)'/gm)];
  for (const [, link = ''] of [...html, ...imports]) {
    if (link.startsWith('data:')) continue;
    const target = new URL(link, base);
    expect(target.origin).toBe(app.url);
    await crawl(app, target.pathname, seen);
  }
  return seen;
}

test('a browser gets the explorer, and all that it loads comes from this server', async () => {
  const app = await startGraphqlApp({ apiKeys: ['k'.repeat(32)] });
  const files = await crawl(app, '/graphql');
  expect([...files.keys()]).toEqual(
    expect.arrayContaining([
      '/graphql/assets/graphiql.css',
      '/graphql/assets/graphiql.js',
      '/graphql/assets/react.js',
      '/graphql/assets/react-dom.js',
      '/graphql/assets/explorer.js',
      '/graphql/assets/graphql-ws/client.js',
    ]),
  );
  expect([...files.keys()].some((path) => /graphql-ws\/common-/.test(path))).toBe(true);
  const css = files.get('/graphql/assets/graphiql.css') ?? '';
  expect([...css.matchAll(/url\(([^)]{0,8})/g)].filter(([, target]) => !target?.startsWith('data:'))).toEqual(
    [],
  );
  expect(css).not.toMatch(/@import/);

  const page = await fetch(`${app.url}/graphql`, { headers: asBrowser });
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(files.get('/graphql')).not.toMatch(/<script>|onload=/);
});

test('files are sent compressed, and only those of the explorer', async () => {
  const app = await startGraphqlApp();
  const script = await fetch(`${app.url}/graphql/assets/graphiql.js`, {
    headers: { 'accept-encoding': 'gzip' },
  });
  expect(script.headers.get('content-encoding')).toBe('gzip');
  expect(Number(script.headers.get('content-length'))).toBeLessThan(400_000);
  expect((await script.text()).length).toBeGreaterThan(900_000);
  for (const path of [
    'nothing.js',
    '../../package.json',
    '..%2f..%2fpackage.json',
    'graphql-ws/common-nothing.js',
    'toString',
    `graphql-ws/common-${'a'.repeat(300)}.js`,
  ]) {
    expect((await fetch(`${app.url}/graphql/assets/${path}`)).status).toBe(404);
  }
});

test('a program that asks with GET gets the API, not the page', async () => {
  const app = await startGraphqlApp();
  const response = await fetch(`${app.url}/graphql`, { headers: { accept: 'application/json' } });
  expect(response.status).toBe(400);
});
