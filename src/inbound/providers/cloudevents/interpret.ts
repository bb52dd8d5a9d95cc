import { assertNever } from '../../../kernel/assert-never.ts';
import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { boundedId } from '../../bounded-id.ts';
import { claimedTime } from '../../claimed-time.ts';
import { ignored } from '../../ignored.ts';
import { at, isObject } from '../../json-reading.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { interpretForm } from '../generic/interpret.ts';
import type { FormEnvelope } from '../generic/interpret.ts';
import { eventIdentity, readAttributes } from './attributes.ts';
import type { EventAttributes } from './attributes.ts';
import { interpretBatch } from './batch.ts';
import { contentMode } from './content-mode.ts';
import { readData, structuredData } from './event-data.ts';
import type { EventData } from './event-data.ts';
import { headerAttributes } from './header-attributes.ts';

export function interpretCloudevents(payload: JsonValue, context: InterpretContext): Interpretation {
  const { headers } = context;
  const mode = contentMode(headers, payload);
  switch (mode) {
    case 'BINARY': {
      const { attributes, problems } = headerAttributes(headers);
      if (problems.length > 0) return { kind: 'INVALID', problems };
      return interpretEvent(attributes, readData(payload), { attributes: 'ce-', data: '' }, context);
    }
    case 'STRUCTURED':
      return interpretStructured(payload, '', context);
    case 'BATCH':
      return interpretBatch(payload, (event, index) => interpretStructured(event, `${index}`, context));
    case 'UNKNOWN_FORMAT':
      return ignored('CloudEvents in another format than JSON are not known');
    case 'NONE':
      return ignored('this is no CloudEvent: it has neither a `specversion` nor headers that begin with ce-');
    default:
      return assertNever(mode);
  }
}

/** `path` is that of the event in the body. */
function interpretStructured(event: JsonValue, path: string, context: InterpretContext): Interpretation {
  if (!isObject(event)) {
    return { kind: 'INVALID', problems: [{ path, message: 'Expected a JSON object: a CloudEvent' }] };
  }
  const prefix = path === '' ? '' : `${path}.`;
  return interpretEvent(
    event,
    structuredData(event),
    { attributes: prefix, data: `${prefix}data.` },
    context,
  );
}

/** What stands before a name in a path. */
interface Prefixes {
  attributes: string;
  data: string;
}

function interpretEvent(
  attributes: JsonValue,
  data: EventData,
  prefixes: Prefixes,
  context: InterpretContext,
): Interpretation {
  const reading = readAttributes(attributes);
  if (reading.kind === 'IGNORED') return reading;
  if (reading.kind === 'INVALID') return prefixed(reading, prefixes.attributes);
  if (data.kind === 'OTHER') return ignored(data.reason);
  const warnings: string[] = [];
  const envelope: FormEnvelope = {
    key: keyOf(reading.event),
    claimed: claimedTime(at(attributes, 'time'), `${prefixes.attributes}time`, warnings),
    source: reading.event.source,
    eventId: eventIdentity(attributes),
  };
  const meaning = interpretForm(data.form, envelope, context);
  if (meaning.kind === 'INVALID') return prefixed(meaning, prefixes.data);
  return meaning.kind === 'MEANT' ? { ...meaning, warnings: [...warnings, ...meaning.warnings] } : meaning;
}

/** What the events of a source are about comes and goes again; an event about nothing that is named is one of its own. */
function keyOf({ id, source, subject }: EventAttributes): FormEnvelope['key'] {
  return subject === null
    ? { externalKey: boundedId(JSON.stringify([source, id])), reuse: 'ONCE', synthetic: false }
    : { externalKey: boundedId(JSON.stringify([source, subject])), reuse: 'EPISODES', synthetic: false };
}

function prefixed(
  { problems }: Pick<Extract<Interpretation, { kind: 'INVALID' }>, 'problems'>,
  prefix: string,
): Interpretation {
  return {
    kind: 'INVALID',
    problems: problems.map(({ path, message }) => ({ path: `${prefix}${path}`, message })),
  };
}
