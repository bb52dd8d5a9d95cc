import { compareInstants, comparePositions } from './position.ts';
import type { Position } from './position.ts';
import type { IncidentFields } from './incident.ts';
import type { Registers } from './incident-state.ts';

const FIELD_NAMES = ['title', 'description', 'severity', 'service', 'url', 'source'] as const;

/**
 * Writes each field that a signal speaks of, unless a signal that sorts later already has. One that is read anew wins over
 * all of its instant, its own earlier reading among them.
 */
export function writeRegisters(
  registers: Registers,
  fields: Partial<IncidentFields>,
  position: Position,
  isReread: boolean,
): Registers {
  const written: Registers = { ...registers };
  const compare = isReread ? compareInstants : comparePositions;
  for (const name of FIELD_NAMES) writeOne(written, name, { value: fields[name], position }, compare);
  return written;
}

function writeOne<K extends keyof IncidentFields>(
  registers: Registers,
  name: K,
  { value, position }: { value: IncidentFields[K] | undefined; position: Position },
  compare: (a: Position, b: Position) => number,
): void {
  if (value === undefined) return;
  const held = registers[name];
  if (held !== undefined && compare(held.position, position) > 0) return;
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
