import { PAGE_HEADERS } from './reply.ts';
import type { Reply } from './reply.ts';

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>OpsLens</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark; }
  code { font-size: 0.95em; }
</style>
<h1>OpsLens</h1>
<p>Takes in webhooks, folds them into incidents, serves them live over GraphQL and pushes signed webhooks.</p>
<ul>
  <li><a href="/graphql"><code>/graphql</code></a>: the API, with an explorer; subscriptions by WebSocket at the same address</li>
  <li><a href="/api/v1/webhooks/test"><code>/api/v1/webhooks/test</code></a>: which webhooks are taken in, and in which form</li>
  <li><code>POST /api/v1/webhooks/{provider}</code>: where they are posted to</li>
  <li><code>POST /api/v1/webhooks/endpoints</code>: registers a receiver of outgoing webhooks</li>
  <li><a href="/healthz"><code>/healthz</code></a>, <a href="/readyz"><code>/readyz</code></a>, <a href="/metrics"><code>/metrics</code></a>: how it is doing</li>
</ul>
</html>
`;

/** A short page that says where things are. */
export const landingPage: Reply = {
  status: 200,
  body: PAGE,
  headers: {
    ...PAGE_HEADERS,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  },
};
