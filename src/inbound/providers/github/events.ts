import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { isObject } from '../../json-reading.ts';
import { quoted } from '../../limited-text.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { interpretPullRequest } from './pull-request.ts';

type InterpretEvent = (payload: JsonValue, context: InterpretContext) => Interpretation;

export const GITHUB_EVENTS: Readonly<Record<string, string>> = {
  pull_request: 'closed and merged: records a deployment of kind PR_MERGED; other actions are ignored',
  ping: 'ignored: a test delivery',
};

const INTERPRETERS: ReadonlyMap<string, InterpretEvent> = new Map<string, InterpretEvent>([
  ['pull_request', interpretPullRequest],
  ['ping', () => ignored('ping: a test delivery of GitHub')],
]);

export function interpretGithub(payload: JsonValue, context: InterpretContext): Interpretation {
  const event = context.headers['x-github-event']?.trim() || eventOfShape(payload);
  if (event === null) {
    return ignored('there is no X-GitHub-Event header, and the body has no form that is known without it');
  }
  const interpret = INTERPRETERS.get(event);
  return interpret === undefined
    ? ignored(`the event ${quoted(event)} is not acted on`)
    : interpret(payload, context);
}

/** For senders that copy GitHub's bodies but not its headers. */
function eventOfShape(payload: JsonValue): string | null {
  if (!isObject(payload)) return null;
  if (isObject(payload['pull_request']) && payload['action'] !== undefined) return 'pull_request';
  return payload['zen'] !== undefined && payload['hook_id'] !== undefined ? 'ping' : null;
}

function ignored(reason: string): Interpretation {
  return { kind: 'IGNORED', reason };
}
