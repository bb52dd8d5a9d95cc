import type { WebhookResult, WebhookSubmission } from '../../src/domain/submission.ts';
import type { IntakeReply, IntakeRequest } from '../../src/inbound/intake.ts';
import { createReceive } from '../../src/inbound/receive.ts';
import type { Receive, ReceiveDeps } from '../../src/inbound/receive.ts';
import { createRefuseUnread } from '../../src/inbound/refuse-unread.ts';
import type { RefuseUnread } from '../../src/inbound/refuse-unread.ts';
import { createRegistry } from '../../src/inbound/registry.ts';
import { createSources } from '../../src/inbound/sources.ts';
import { UNHINDERED } from './unhindered.ts';

export interface IntakeBench {
  receive(request: Partial<IntakeRequest>): Promise<IntakeReply>;
  /** As HTTP has it. */
  intake: { receive: Receive; refuse: RefuseUnread };
  /** What reached the committer, in order. */
  submissions: WebhookSubmission[];
  last(): WebhookSubmission;
  /** Log lines, as they were given to the logger. */
  lines: { level: string; fields: Record<string, unknown>; text: string }[];
}

export interface IntakeBenchOptions {
  secrets?: Record<string, string | undefined>;
  sources?: ReceiveDeps['sources'];
  unsigned?: boolean;
  now?: Date;
  submit?: (submission: WebhookSubmission) => Promise<WebhookResult>;
  registry?: ReceiveDeps['registry'];
  /** Where the test is about them; by default there are none. */
  limits?: Partial<typeof UNHINDERED>;
  /** What stands at the URLs that a provider fetches; nothing else is reached. */
  fetchText?: ReceiveDeps['fetchText'];
}

/** Intake as it runs, before a committer that commits nothing and says what one would of an empty store. */
export function createIntakeBench(options: IntakeBenchOptions = {}): IntakeBench {
  const { secrets = {}, unsigned = true, now = new Date('2026-03-07T00:00:00.000Z') } = options;
  const registry = options.registry ?? createRegistry();
  const submissions: WebhookSubmission[] = [];
  const lines: IntakeBench['lines'] = [];
  let ids = 0;
  const log =
    (level: string) =>
    (fields: unknown, text?: string): void => {
      lines.push({ level, fields: fields as Record<string, unknown>, text: text ?? '' });
    };
  const deps: ReceiveDeps = {
    ...UNHINDERED,
    ...options.limits,
    registry,
    sources: options.sources ?? createSources({ registry, secrets }),
    committer: {
      submit: (async (submission: WebhookSubmission) => {
        submissions.push(submission);
        return (options.submit ?? asIfStored)(submission);
      }) as ReceiveDeps['committer']['submit'],
    },
    clock: { now: () => now, monotonic: () => performance.now() },
    newId: () => `id-${(ids += 1)}`,
    logger: { info: log('info'), warn: log('warn'), error: log('error') },
    fetchText: options.fetchText ?? fetchNothing,
    auth: { unsignedIntakeAllowed: () => unsigned },
  };
  const receive = createReceive(deps);
  return {
    intake: { receive, refuse: createRefuseUnread(deps) },
    receive: (request) =>
      receive({
        provider: 'generic',
        sourceName: null,
        token: null,
        headers: {},
        body: Buffer.from('{}'),
        query: new URLSearchParams(),
        ...request,
      }),
    submissions,
    last() {
      const submission = submissions.at(-1);
      if (submission === undefined) throw new Error('nothing was submitted');
      return submission;
    },
    lines,
  };
}

export function asIfStored({ receipt, verdict }: WebhookSubmission): Promise<WebhookResult> {
  const applied = verdict.outcome === 'APPLIED' ? verdict : null;
  const keys = new Set(applied?.signals.map(({ key }) => `incident-${key.externalKey}`));
  return Promise.resolve({
    kind: 'WEBHOOK',
    receiptId: receipt.id,
    outcome: verdict.outcome,
    reason: verdict.outcome === 'APPLIED' ? null : verdict.reason,
    duplicateOf: null,
    answerAs: verdict.outcome,
    idempotencyConflict: false,
    incidentIds: [...keys],
    deploymentIds: applied?.deployments.map(({ id }) => id) ?? [],
    warnings: receipt.warnings,
  });
}

export function fetchNothing(url: string): Promise<string> {
  return Promise.reject(new Error(`nothing is to be fetched here: ${url}`));
}
