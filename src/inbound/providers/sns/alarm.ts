import type { IncidentFields } from '../../../domain/incident.ts';
import { toWellFormed } from '../../../domain/well-formed.ts';
import { boundedId } from '../../bounded-id.ts';
import { claimedTime } from '../../claimed-time.ts';
import { createSignal } from '../../create-signal.ts';
import { textAt } from '../../json-reading.ts';
import type { JsonObject } from '../../json-reading.ts';
import { limitText, quoted } from '../../limited-text.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { kindOfState } from './alarm-states.ts';

const ARN = /^arn:(aws|aws-cn|aws-us-gov):cloudwatch:([a-z0-9-]+):\d+:alarm:(.+)$/;

/** Of the console, by partition. */
const CONSOLES: ReadonlyMap<string, string> = new Map([
  ['aws', 'console.aws.amazon.com'],
  ['aws-cn', 'console.amazonaws.cn'],
  ['aws-us-gov', 'console.amazonaws-us-gov.com'],
]);

/** An alarm of CloudWatch that changed its state. Its ARN stays the same from one outage to the next. */
export function interpretAlarm(
  alarm: JsonObject,
  sentAt: string | null,
  context: InterpretContext,
): Interpretation {
  const arn = textAt(alarm, 'AlarmArn') ?? '';
  const state = textAt(alarm, 'NewStateValue') ?? '';
  const kind = kindOfState(state);
  if (kind === null)
    return { kind: 'IGNORED', reason: `the state ${quoted(state)} of an alarm is not known` };
  const warnings: string[] = [];
  const reason = textAt(alarm, 'NewStateReason');
  const text = kind === 'NOTE' ? `${state}${reason === null ? '' : `: ${reason}`}` : reason;
  const signal = createSignal(
    {
      kind,
      key: { externalKey: boundedId(arn), reuse: 'EPISODES', synthetic: false },
      claimed: stateChangeTime(alarm, warnings) ?? claimedTime(sentAt, 'Timestamp', warnings),
      // One change is told through several topics; what it says is the same.
      eventId: null,
      fields: kind === 'TRIGGER' ? fieldsOf(alarm, arn, warnings) : {},
      text: text === null || kind === 'TRIGGER' ? null : limitText(text, 'text', warnings),
      actor: null,
    },
    context,
  );
  return { kind: 'MEANT', signals: [signal], deployments: [], warnings };
}

/** CloudWatch writes the offset without a colon. */
function stateChangeTime(alarm: JsonObject, warnings: string[]): Date | null {
  const time = textAt(alarm, 'StateChangeTime')?.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') ?? null;
  return claimedTime(time, 'StateChangeTime', warnings);
}

function fieldsOf(alarm: JsonObject, arn: string, warnings: string[]): Partial<IncidentFields> {
  const description = textAt(alarm, 'NewStateReason');
  const url = consoleUrl(arn);
  return {
    title: limitText(textAt(alarm, 'AlarmName') ?? arn, 'title', warnings),
    ...(description !== null && { description: limitText(description, 'description', warnings) }),
    ...(url !== null && { url }),
  };
}

/** Null for an ARN of another form: then there is no page that is known to be the alarm's. */
function consoleUrl(arn: string): string | null {
  const [, partition = '', region = '', name = ''] = ARN.exec(arn) ?? [];
  const host = CONSOLES.get(partition);
  if (host === undefined || arn.length > 500) return null;
  const page = `cloudwatch/home?region=${region}#alarmsV2:alarm/${encodeURIComponent(toWellFormed(name))}`;
  return partition === 'aws-us-gov' ? `https://${host}/${page}` : `https://${region}.${host}/${page}`;
}
