import type { JsonValue } from '../kernel/canonical-json.ts';

export type JsonObject = Readonly<Record<string, JsonValue>>;

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** What stands at the path, through objects' own keys and lists' indexes; null where nothing does. */
export function at(value: JsonValue | undefined, ...path: (string | number)[]): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return value ?? null;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return null;
  return at((value as Readonly<Record<string | number, JsonValue>>)[step], ...rest);
}

/** A text with something in it, else null: for what decorates an incident and must not stop it. */
export function textAt(value: JsonValue | undefined, ...path: (string | number)[]): string | null {
  const found = at(value, ...path);
  return typeof found === 'string' && found.trim() !== '' ? found : null;
}

export function listAt(value: JsonValue | undefined, ...path: (string | number)[]): readonly JsonValue[] {
  const found = at(value, ...path);
  return isList(found) ? found : [];
}
