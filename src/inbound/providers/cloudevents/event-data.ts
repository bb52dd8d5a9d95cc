import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { at, isObject, textAt } from '../../json-reading.ts';
import type { JsonObject } from '../../json-reading.ts';
import { DEFAULT_JSON_LIMITS, decodeUtf8, parseJsonText } from '../../parse-json.ts';
import { kindOfStatus } from '../generic/status-word.ts';

export type EventData = { kind: 'FORM'; form: JsonObject } | { kind: 'OTHER'; reason: string };

/** The data of an event that is written as JSON: in place, as text, or as bytes in base64. */
export function structuredData(event: JsonValue): EventData {
  const encoded = textAt(event, 'data_base64');
  const data = at(event, 'data');
  return readData(data === null && encoded !== null ? decodeUtf8(Buffer.from(encoded, 'base64')) : data);
}

/** Whether the data is something that we act on. */
export function readData(data: JsonValue): EventData {
  const value = typeof data === 'string' ? parsed(data) : data;
  if (isObject(value)) {
    return isForm(value)
      ? { kind: 'FORM', form: value }
      : other(
          'the data of the event has not the form of generic webhooks: it has neither a title nor a dedup_key',
        );
  }
  return other(
    `the event has ${value === null ? 'no' : 'other'} data than a JSON object in the form of generic webhooks`,
  );
}

function parsed(text: string): JsonValue {
  const parsing = parseJsonText(text, DEFAULT_JSON_LIMITS);
  return parsing.readable ? parsing.payload : text;
}

/** Events of all kinds come the same way; a status like "done" alone makes none of ours. */
function isForm(data: JsonObject): boolean {
  if (at(data, 'title') !== null || at(data, 'dedup_key') !== null) return true;
  const kind = kindOfStatus(textAt(data, 'status') ?? '');
  return kind !== null && kind !== 'TRIGGER';
}

function other(reason: string): EventData {
  return { kind: 'OTHER', reason };
}
