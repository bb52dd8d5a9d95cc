import type { RequestTemplate } from '../processes/request-template.ts';

export const GENERIC_SECRET = 'bench-generic-secret';
export const GITHUB_SECRET = 'bench-github-secret';

const JSON_HEADERS = [
  ['Content-Type', 'application/json'],
  ['User-Agent', 'opslens-bench/1'],
] as const;
const FILLING = 'connection pool of checkout-api exhausted, 128 of 128 in use, oldest held for 31 s; ';

/** About 1 KB, as a monitor would send it, no two the same. */
export const genericWebhook: RequestTemplate = generic({});

/** The same with a description of 60 KB. */
export const longWebhook: RequestTemplate = generic({ description: FILLING.repeat(720) });

/** The two halves of an outage: of equal numbers, the second resolves what the first opened. */
export const triggerWebhook: RequestTemplate = generic({ dedup_key: 'outage-{{seq}}', status: 'triggered' });
export const resolveWebhook: RequestTemplate = generic({ dedup_key: 'outage-{{seq}}', status: 'resolved' });

/** The generic body with GitHub's signature: what the baselines verify. */
export const signedWebhook: RequestTemplate = {
  ...genericWebhook,
  secret: GITHUB_SECRET,
  headers: [...JSON_HEADERS, ['X-Hub-Signature-256', 'sha256={{hmac}}']],
};

/** A merged pull request of about 1 KB: a deployment, of another service than the incidents. */
export const githubWebhook: RequestTemplate = {
  path: '/api/v1/webhooks/github',
  secret: GITHUB_SECRET,
  headers: [
    ...JSON_HEADERS,
    ['X-GitHub-Event', 'pull_request'],
    ['X-GitHub-Delivery', '7a1d0c10-0004-4a00-9000-00{{seq}}'],
    ['X-Hub-Signature-256', 'sha256={{hmac}}'],
  ],
  body: JSON.stringify({
    action: 'closed',
    number: '{{seq}}',
    pull_request: {
      number: '{{seq}}',
      title: 'bench-{{seq}} raise the pool size for card payments',
      body: FILLING.repeat(4),
      merged: true,
      merged_at: '2026-03-04T09:12:31Z',
      merge_commit_sha: '4c9e1f7a2b3d4e5f60718293a4b5c6{{seq}}',
      html_url: 'https://github.com/lumen-shop/storefront/pull/1',
      user: { login: 'mira-k', id: 9_001_201, type: 'User' },
      base: { ref: 'main', repo: { name: 'storefront', full_name: 'lumen-shop/storefront', private: true } },
    },
    repository: { name: 'storefront', full_name: 'lumen-shop/storefront', private: true },
  }).replaceAll('"number":"{{seq}}"', '"number":1{{seq}}'),
};

function generic(more: Record<string, string>): RequestTemplate {
  return {
    path: '/api/v1/webhooks/generic',
    secret: GENERIC_SECRET,
    headers: [...JSON_HEADERS, ['X-Webhook-Secret', GENERIC_SECRET]],
    body: JSON.stringify({
      title: 'bench-{{seq}} checkout-api answers slowly',
      description: FILLING.repeat(8),
      severity: 'high',
      service: 'checkout-api',
      source: 'bench-monitor',
      metadata: { host: 'checkout-7f9c-{{seq}}', region: 'eu-central-1', threshold_ms: 800 },
      ...more,
    }),
  };
}
