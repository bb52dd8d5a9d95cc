import { readFileSync, readdirSync } from 'node:fs';
import type { JsonValue } from '../../src/kernel/canonical-json.ts';
import type { IntakeRequest } from '../../src/inbound/intake.ts';

/** A delivery of `test/fixtures/inbound`, as its README describes it. */
export interface InboundFixture {
  provider: string;
  name: string;
  secret: string | null;
  after?: string[];
  /** The time of receipt, where a signed timestamp has a tolerance. */
  clock?: string;
  signedTimestampHeader?: string;
  /** Path from here to the certificate that stands at `SigningCertURL`. */
  signingCert?: string;
  headers: Record<string, string>;
  body?: JsonValue;
  bodyText?: string;
  bodyRepeat?: { path: string[]; text: string; times: number };
  expect: {
    outcome: 'APPLIED' | 'IGNORED' | 'REJECTED';
    effect: string;
    /** One value for each item of the body where it has several. */
    externalKey: string | string[] | null;
    severity: string | string[] | null;
    status: string | string[] | null;
  };
}

const FOLDER = new URL('../fixtures/inbound/', import.meta.url);

export function readFixture(name: string): InboundFixture {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')) as InboundFixture;
}

export function allFixtures(): InboundFixture[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => readFixture(file.replace(/\.json$/, '')));
}

export function fixturesOf(...providers: string[]): InboundFixture[] {
  return allFixtures().filter(({ provider }) => providers.includes(provider));
}

/** The settings that its source is to have. */
export function settingsOf({ signedTimestampHeader: header }: InboundFixture): Record<string, string> {
  return header === undefined ? {} : { timestamp_header: header };
}

/** The exact bytes to send. */
export function bodyOf({ body, bodyText, bodyRepeat }: InboundFixture): Buffer {
  if (bodyText !== undefined) return Buffer.from(bodyText);
  const copy = structuredClone(body) as Record<string, JsonValue>;
  if (bodyRepeat !== undefined) {
    const [field] = bodyRepeat.path;
    if (field === undefined || bodyRepeat.path.length > 1)
      throw new Error('only fields at the top are repeated');
    copy[field] = bodyRepeat.text.repeat(bodyRepeat.times);
  }
  return Buffer.from(JSON.stringify(copy));
}

export function requestOf(fixture: InboundFixture): IntakeRequest {
  return {
    provider: fixture.provider,
    sourceName: null,
    token: null,
    headers: Object.fromEntries(
      Object.entries(fixture.headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: bodyOf(fixture),
    query: new URLSearchParams(),
  };
}
