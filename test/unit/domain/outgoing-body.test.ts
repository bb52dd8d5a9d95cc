import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../../src/domain/event.ts';
import type { EventDetails, EventType } from '../../../src/domain/event.ts';
import { canonicalSize, cutEscaped, escapedSize } from '../../../src/domain/canonical-size.ts';
import { fitBody } from '../../../src/domain/fit-body.ts';
import { toWireName } from '../../../src/domain/event-wire-name.ts';
import { outgoingBody } from '../../../src/domain/outgoing-body.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { canonicalJson } from '../../../src/kernel/canonical-json.ts';
import type { JsonValue } from '../../../src/kernel/canonical-json.ts';

const LIMIT = 262_144;
const now = new Date('2026-01-01T00:00:00Z');
const NOTHING: EventDetails = { changes: [], entries: [], evidence: [] };
const GUIDE_KEYS = ['incident_id', 'title', 'description', 'severity', 'status', 'created_at'];

function anIncident(fields: Partial<Incident> = {}): Incident {
  return {
    id: 'incident',
    keySource: 'generic',
    externalKey: null,
    title: 'Checkout is down',
    description: '',
    severity: 'HIGH',
    status: 'OPEN',
    service: 'checkout',
    url: null,
    source: 'monitor',
    createdAt: now,
    openedAt: now,
    acknowledgedAt: null,
    resolvedAt: null,
    updatedAt: now,
    triggerCount: 1,
    lastSeenAt: now,
    ...fields,
  };
}

interface Sent {
  event: string;
  data: SentData;
}

interface SentData {
  title: string;
  description: string;
  changes: Record<string, [string, string]>;
  entries: { id: string; text: string }[];
  evidence: { text: string }[];
  truncated?: string[];
}

function bodyOf(type: EventType, incident: Partial<Incident>, details: Partial<EventDetails> = {}) {
  const body = outgoingBody(type, anIncident(incident), { ...NOTHING, ...details }, now);
  return { body, ...(JSON.parse(body) as Sent) };
}

const entry = (text: string, id = 'entry') => ({ id, kind: 'NOTE' as const, text, occurredAt: now });
const evidence = (text: string, title = 'log') => {
  return { id: 'evidence', kind: 'LOG' as const, title, text, url: null, occurredAt: now };
};

describe('an outgoing body', () => {
  test('of common size is all there, and says nothing of cutting', () => {
    const { body, data } = bodyOf('INCIDENT_CREATED', { description: 'x'.repeat(65_536) });
    expect(data).toEqual({
      incident_id: 'incident',
      title: 'Checkout is down',
      description: 'x'.repeat(65_536),
      severity: 'high',
      status: 'open',
      created_at: '2026-01-01T00:00:00.000Z',
      service: 'checkout',
      url: null,
    });
    expect(body.length).toBeLessThan(LIMIT);
  });

  test('of exactly 256 KB is left alone, one byte more is cut', () => {
    const room = LIMIT - bodyOf('INCIDENT_CREATED', {}).body.length;
    const whole = bodyOf('INCIDENT_CREATED', { description: 'x'.repeat(room) });
    expect([whole.body.length, whole.data.truncated]).toEqual([LIMIT, undefined]);
    const cut = bodyOf('INCIDENT_CREATED', { description: 'x'.repeat(room + 1) });
    expect(cut.data.truncated).toEqual(['description']);
    expect(cut.body.length).toBeLessThanOrEqual(LIMIT);
    expect(cut.body.length).toBeGreaterThan(LIMIT - 100);
  });

  test('that is too large has its longest texts cut to one length, and names them', () => {
    const [old, long, short] = ['ö'.repeat(65_536), 'ü'.repeat(65_536), 'ä'.repeat(2000)];
    const { body, data } = bodyOf(
      'INCIDENT_UPDATED',
      { description: long, title: short.slice(0, 1000) },
      {
        changes: [
          { field: 'description', from: old, to: long },
          { field: 'title', from: 'before', to: short.slice(0, 1000) },
        ],
      },
    );
    expect(data.truncated).toEqual(['description', 'changes.description.0', 'changes.description.1']);
    const lengths = [data.description, ...(data.changes['description'] ?? [])].map(({ length }) => length);
    expect(new Set(lengths).size).toBe(1);
    expect(data.changes['title']).toEqual(['before', short.slice(0, 1000)]);
    expect(body.length).toBeGreaterThan(LIMIT - 200);
    expect(body.length).toBeLessThanOrEqual(LIMIT);
  });

  test('names the texts of evidence and entries by their place', () => {
    const long = '\u0000'.repeat(65_536);
    expect(bodyOf('EVIDENCE_ADDED', {}, { evidence: [evidence(long)] }).data.truncated).toEqual([
      'evidence.0.text',
    ]);
    const entries = [entry('short'), entry('short'), entry(long)];
    const { data } = bodyOf('TIMELINE_UPDATED', {}, { entries });
    expect(data.truncated).toEqual(['entries.2.text']);
    expect(data.entries.slice(0, 2)).toEqual(
      Array.from({ length: 2 }, () => ({
        id: 'entry',
        kind: 'note',
        text: 'short',
        occurred_at: now.toISOString(),
      })),
    );
  });

  test('never ends a text within a character', () => {
    for (const padding of ['', 'a', 'ab', 'abc', 'abcd', 'abcde', 'abcdef']) {
      const { data } = bodyOf('EVIDENCE_ADDED', {}, { evidence: [evidence(padding + '🔥'.repeat(40_000))] });
      expect(data.evidence[0]?.text).toMatch(/^[a-f]*(🔥)+$/u);
    }
  });

  test('of thousands of entries loses the last ones, and tells from which on', () => {
    const entries = Array.from({ length: 5000 }, (_, index) => entry(`note ${index}`, `id-${index}`));
    const { body, data } = bodyOf('TIMELINE_UPDATED', { description: 'd'.repeat(65_536) }, { entries });
    const kept = data.entries.length;
    expect(kept).toBeGreaterThan(1500);
    expect(data.entries.at(-1)).toMatchObject({ id: `id-${kept - 1}`, text: `note ${kept - 1}` });
    expect(data.truncated).toEqual(['description', `entries[${kept}:]`]);
    expect(body.length).toBeLessThanOrEqual(LIMIT);
    expect(body.length).toBeGreaterThan(LIMIT - 2000);
  });

  test('keeps something of every entry rather than all of some', () => {
    const entries = Array.from({ length: 150 }, (_, index) => entry(`${index} `.padEnd(65_536, 'x')));
    const { data } = bodyOf('TIMELINE_UPDATED', {}, { entries });
    expect(data.entries).toHaveLength(150);
    expect(data.truncated).toHaveLength(150);
    expect(data.entries.every(({ text: said }) => said.length > 1200)).toBe(true);
  });

  test('is what json.dumps gives, cut or not', () => {
    const bodies = ['ß\u007f', '🔥', '"\\\n', '\u0000', 'x'].map(
      (text) =>
        bodyOf(
          'EVIDENCE_ADDED',
          { description: text.repeat(30_000) },
          { evidence: [evidence(text.repeat(60_000))] },
        ).body,
    );
    const python =
      'import json, sys\nfor line in sys.stdin:\n    print(json.dumps(json.loads(line), sort_keys=True))';
    const ran = spawnSync('python3', ['-c', python], { input: bodies.join('\n'), maxBuffer: 1 << 24 });
    expect(ran.stdout.toString().trim().split('\n')).toEqual(bodies);
  });
});

/** A text told by what it repeats, so that a counterexample can be read. */
interface Repeated {
  unit: string;
  count: number;
}
const unit = fc.constantFrom('a', 'é', '🔥', '"', '\n', '\u0000', '\u007f', '\ufffd', 'text of words ');
const text = (max: number): fc.Arbitrary<Repeated> => fc.record({ unit, count: fc.nat(max) });
const written = ({ unit: repeated, count }: Repeated): string =>
  repeated.repeat(Math.floor(count / repeated.length));

test('no body is ever above the limit, and each is a fixed point of parsing and writing', () => {
  const change = (field: string, max: number) =>
    fc.record({ field: fc.constant(field), from: fc.option(text(max)), to: fc.option(text(max)) });
  const added = fc.record({
    changes: fc.tuple(change('title', 1000), change('description', 65_536), change('url', 2048)),
    entries: fc.array(text(65_536), { maxLength: 12 }),
    moreEntries: fc.nat(3000),
    evidence: fc.array(fc.record({ text: text(65_536), title: text(1000) }), { maxLength: 8 }),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...EVENT_TYPES),
      fc.record({ title: text(1000), description: text(65_536), url: text(2048) }),
      added,
      (type, { title, description, url }, details) => {
        const { body, data, event } = bodyOf(
          type,
          { title: written(title), description: written(description), url: written(url) },
          {
            changes: details.changes.map(({ field, from, to }) => {
              return { field, from: from && written(from), to: to && written(to) };
            }),
            entries: [
              ...details.entries.map(written),
              ...Array<string>(details.moreEntries).fill('more'),
            ].map((said) => entry(said)),
            evidence: details.evidence.map((one) => evidence(written(one.text), written(one.title))),
          },
        );
        expect(body.length).toBeLessThanOrEqual(LIMIT);
        expect(canonicalJson(JSON.parse(body) as JsonValue) === body).toBe(true);
        expect(event).toBe(toWireName(type));
        expect(Object.keys(data)).toEqual(expect.arrayContaining(GUIDE_KEYS));
      },
    ),
    { numRuns: 50 },
  );
});

test('whatever the limit, a body within it is complete but for what it names', () => {
  const payload = fc.record({
    title: text(50),
    description: text(5000),
    entries: fc.array(text(3000), { maxLength: 40 }),
  });
  fc.assert(
    fc.property(payload, fc.integer({ min: 2000, max: 60_000 }), (told, limit) => {
      const entries = told.entries.map((said) => ({ id: 'id', text: written(said) }));
      const data = { title: written(told.title), description: written(told.description), entries };
      const whole = canonicalJson({ event: 'e', data });
      fc.pre(whole.length > limit);
      const body = fitBody({ event: 'e', data }, limit);
      expect(body.length).toBeLessThanOrEqual(limit);
      const { truncated = [], ...rest } = (JSON.parse(body) as Sent).data;
      expect(truncated).not.toEqual([]);
      const kept = rest.entries.length;
      expect(truncated.includes(`entries[${kept}:]`)).toBe(kept < data.entries.length);
      for (const name of ['title', 'description'] as const) {
        if (!truncated.includes(name)) expect(rest[name]).toBe(data[name]);
        else expect(data[name].startsWith(rest[name]) && data[name] !== rest[name]).toBe(true);
      }
      for (const [index, { text: said }] of rest.entries.entries()) {
        const full = data.entries[index]?.text ?? '';
        expect(truncated.includes(`entries.${index}.text`)).toBe(said !== full);
        expect(full.startsWith(said)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

test('a text is measured and cut as canonical JSON writes it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(200), (any, bytes) => {
      expect(escapedSize(any)).toBe(canonicalJson(any).length - 2);
      const value = { [any]: [any, null, 1, { any }], none: [], nothing: {} };
      expect(canonicalSize(value)).toBe(canonicalJson(value).length);
      const cut = cutEscaped(any, bytes);
      expect(any.startsWith(cut)).toBe(true);
      expect(escapedSize(cut)).toBeLessThanOrEqual(bytes);
      const next = String.fromCodePoint(any.codePointAt(cut.length) ?? 0);
      if (cut !== any) expect(escapedSize(cut + next)).toBeGreaterThan(bytes);
    }),
  );
});
