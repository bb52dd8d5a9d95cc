import { createHmac, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { JsonValue } from '../../src/kernel/canonical-json.ts';
import type { InboundFixture } from './inbound-fixture.ts';

const SECRET = "It's a Secret to Everybody";

export interface GithubExample {
  event: string;
  body: string;
}

/** GitHub's own example payloads, of github.com and of all versions of its server that there are. */
export function githubExamples(): GithubExample[] {
  const main = createRequire(import.meta.url).resolve('@octokit/webhooks-examples');
  const root = dirname(dirname(main));
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: folder }) => {
      const definitions = JSON.parse(readFileSync(`${root}/${folder}/index.json`, 'utf8')) as {
        name: string;
        examples: JsonValue[];
      }[];
      return definitions.flatMap(({ name: event, examples }) =>
        examples.map((example) => ({ event, body: JSON.stringify(example) })),
      );
    });
}

/** A delivery of its own, signed over what is sent. */
export function signedDelivery({ event, body }: GithubExample, form: boolean): InboundFixture {
  const bodyText = form ? new URLSearchParams({ payload: body }).toString() : body;
  const signature = createHmac('sha256', SECRET).update(bodyText).digest('hex');
  return {
    provider: 'github',
    name: event,
    secret: SECRET,
    headers: {
      'Content-Type': form ? 'application/x-www-form-urlencoded' : 'application/json',
      'X-GitHub-Event': event,
      'X-GitHub-Delivery': randomUUID(),
      'X-Hub-Signature-256': `sha256=${signature}`,
    },
    bodyText,
    expect: { outcome: 'IGNORED', effect: '', externalKey: null, severity: null, status: null },
  };
}
