import { comparePositions } from './position.ts';
import type { Position } from './position.ts';
import type { IncidentFields } from './incident.ts';
import type { Registers } from './incident-state.ts';

const FIELD_NAMES = ['title', 'description', 'severity', 'service', 'url', 'source'] as const;

/** Writes each field that a signal speaks of, unless a signal that sorts later already has. */
export function writeRegisters(
  registers: Registers,
  fields: Partial<IncidentFields>,
  position: Position,
): Registers {
  const written: Registers = { ...registers };
  for (const name of FIELD_NAMES) writeOne(written, name, fields[name], position);
  return written;
}

function writeOne<K extends keyof IncidentFields>(
  registers: Registers,
  name: K,
  value: IncidentFields[K] | undefined,
  position: Position,
): void {
  if (value === undefined) return;
  const held = registers[name];
  if (held !== undefined && comparePositions(held.position, position) > 0) return;
  registers[name] = { value, position } as Registers[K];
}

/** A person's value wins until the next reopening; then the source's, and last the value given as default. */
export function effectiveFields(
  source: Registers,
  person: Registers,
  lastReopen: Position | null,
  defaults: IncidentFields,
): IncidentFields {
  const pick = <K extends keyof IncidentFields>(name: K): IncidentFields[K] => {
    const byPerson = person[name];
    if (
      byPerson !== undefined &&
      (lastReopen === null || comparePositions(byPerson.position, lastReopen) > 0)
    ) {
      return byPerson.value;
    }
    return source[name]?.value ?? defaults[name];
  };
  return {
    title: pick('title'),
    description: pick('description'),
    severity: pick('severity'),
    service: pick('service'),
    url: pick('url'),
    source: pick('source'),
  };
}
