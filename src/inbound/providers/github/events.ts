import type { JsonValue } from '../../../kernel/canonical-json.ts';
import { ignored } from '../../ignored.ts';
import { at, isObject, listAt } from '../../json-reading.ts';
import { quoted } from '../../limited-text.ts';
import type { InterpretContext, Interpretation } from '../../provider.ts';
import { interpretDeployment, interpretDeploymentStatus, OUTCOME_OF_STATE } from './deployment.ts';
import { interpretPullRequest } from './pull-request.ts';
import { interpretPush } from './push.ts';
import { interpretRelease } from './release.ts';
import { interpretWorkflowRun } from './workflow-run.ts';

interface GithubEvent {
  /** For whoever looks why a webhook did nothing. */
  effect: string;
  interpret: (payload: JsonValue, context: InterpretContext) => Interpretation;
}

const STATES = [...OUTCOME_OF_STATE].map(([state, outcome]) => `${state}: ${outcome}`).join(', ');

/** What is recorded, by the name in `X-GitHub-Event`. */
const RECORDED: ReadonlyMap<string, GithubEvent> = new Map([
  [
    'deployment',
    {
      effect: 'records a deployment of kind DEPLOYED, in progress; transient environments are ignored',
      interpret: interpretDeployment,
    },
  ],
  [
    'deployment_status',
    {
      effect: `says how that deployment stands (${STATES}); inactive is ignored`,
      interpret: interpretDeploymentStatus,
    },
  ],
  [
    'pull_request',
    {
      effect: 'closed and merged: records a deployment of kind PR_MERGED; other actions are ignored',
      interpret: interpretPullRequest,
    },
  ],
  [
    'push',
    {
      effect:
        'to the default branch: records a deployment of kind PUSHED; other branches and tags are ignored',
      interpret: interpretPush,
    },
  ],
  [
    'release',
    {
      effect:
        'published or released: records a deployment of kind RELEASE; drafts, prereleases and other actions are ignored',
      interpret: interpretRelease,
    },
  ],
  [
    'workflow_run',
    {
      effect:
        'completed on the default branch with failure, timed_out or startup_failure: records a deployment of kind ' +
        'WORKFLOW_RUN, failed; others are ignored',
      interpret: interpretWorkflowRun,
    },
  ],
]);

export const GITHUB_EVENTS: Readonly<Record<string, string>> = Object.fromEntries([
  ...[...RECORDED].map(([event, { effect }]) => [event, effect] as const),
  ['ping', 'ignored: a test delivery'],
]);

export function interpretGithub(payload: JsonValue, context: InterpretContext): Interpretation {
  const event = context.headers['x-github-event']?.trim() || eventOfShape(payload);
  if (event === null) {
    return ignored('there is no X-GitHub-Event header, and the body has no form that is known without it');
  }
  if (event === 'ping') return ignored(aboutPing(payload));
  const known = RECORDED.get(event);
  return known === undefined
    ? ignored(`the event ${quoted(event)} is not acted on: ${[...RECORDED.keys()].join(', ')} are`)
    : known.interpret(payload, context);
}

/** The first that GitHub sends: the time to say what it was not told to send. */
function aboutPing(payload: JsonValue): string {
  const sent = listAt(payload, 'hook', 'events');
  const missing = sent.includes('*') ? [] : [...RECORDED.keys()].filter((event) => !sent.includes(event));
  const told = at(payload, 'hook', 'events') !== null && missing.length > 0;
  return `ping: a test delivery of GitHub${told ? `; this webhook does not send ${missing.join(', ')}` : ''}`;
}

/** For senders that copy GitHub's bodies but not its headers. */
function eventOfShape(payload: JsonValue): string | null {
  if (!isObject(payload)) return null;
  if (isObject(payload['pull_request']) && payload['action'] !== undefined) return 'pull_request';
  return payload['zen'] !== undefined && payload['hook_id'] !== undefined ? 'ping' : null;
}
