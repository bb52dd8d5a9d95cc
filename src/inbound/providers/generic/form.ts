import { z } from 'zod';
import { parseTimestamp } from '../../../domain/plausible-time.ts';
import type { Problem } from '../../intake.ts';
import { at, textAt } from '../../json-reading.ts';
import type { JsonObject } from '../../json-reading.ts';
import { schemaProblems } from '../../schema-problems.ts';
import { STATUS_WORDS, kindOfStatus } from './status-word.ts';

/** Keys that OpsLens makes up; a sender's own must not reach their incidents. */
const RESERVED_KEY = /^(receipt|mutation):/;

const text = z.string().nullish();

/** The guide's form and what is optional beside it. Unknown fields are let through: the receipt keeps them. */
const genericForm = z.looseObject({
  title: text,
  description: text,
  severity: text,
  status: text.refine((word) => isBlank(word) || kindOfStatus(word) !== null, {
    error: `Unknown status: known are ${Object.values(STATUS_WORDS).flat().join(', ')}`,
  }),
  dedup_key: z
    .string()
    .max(500)
    .refine((key) => !RESERVED_KEY.test(key), { error: 'Must not begin with "receipt:" or "mutation:"' })
    .nullish(),
  source: text,
  service: text,
  url: text,
  occurred_at: text.refine((time) => isBlank(time) || parseTimestamp(time) !== null, {
    error: 'Must be an RFC 3339 time with an offset, such as 2026-03-04T09:12:31Z',
  }),
  metadata: z.looseObject({}).nullish(),
});

export type GenericForm = z.infer<typeof genericForm>;

export type FormReading = { valid: true; form: GenericForm } | { valid: false; problems: Problem[] };

/**
 * All that is wrong at once: what is missing too, where other fields are of a wrong type. `isNamed` says that something else
 * than the form names an incident that may be spoken of again.
 */
export function readForm(payload: JsonObject, isNamed: boolean): FormReading {
  const parsed = genericForm.safeParse(payload);
  const problems = [...(parsed.success ? [] : schemaProblems(parsed.error)), ...missing(payload, isNamed)];
  return parsed.success && problems.length === 0
    ? { valid: true, form: parsed.data }
    : { valid: false, problems };
}

/** A title opens an incident; a key says which one is resolved. */
function missing(payload: JsonObject, isNamed: boolean): Problem[] {
  const status = textAt(payload, 'status');
  const kind = status === null ? 'TRIGGER' : kindOfStatus(status);
  const keyless = !isNamed && isAbsent(payload, 'dedup_key');
  const problems: Problem[] = [];
  if ((kind === 'TRIGGER' || keyless) && isAbsent(payload, 'title')) {
    problems.push({ path: 'title', message: 'Required: a text that is not blank' });
  }
  if (kind !== null && kind !== 'TRIGGER' && keyless) {
    problems.push({
      path: 'dedup_key',
      message: 'Required with this status: it says which incident is meant',
    });
  }
  return problems;
}

function isAbsent(payload: JsonObject, field: string): boolean {
  const value = at(payload, field);
  return value === null || (typeof value === 'string' && value.trim() === '');
}

/** Templates render what is missing as an empty text. */
export function isBlank(value: string | null | undefined): value is null | undefined | '' {
  return value === null || value === undefined || value.trim() === '';
}
