import { describe, expect, it } from 'vitest';
import { createMemoryFold } from '../../support/memory-fold.ts';
import { describeFixturesOf, onlySignalOf, signalsOf, takeWebhook } from '../../support/provider-bench.ts';

const CREATED = 1772967600000;

const bodyOf = (action: unknown, alert: object = {}, over: object = {}) => ({
  source: { name: '', type: 'web' },
  alert: {
    alertId: '8f0e-1772967600000',
    message: 'Queue depth',
    description: 'Consumers stopped',
    priority: 'P2',
    entity: 'orders-queue',
    tags: ['orders'],
    username: 'ines@example.org',
    source: 'broker-2',
    createdAt: CREATED,
    updatedAt: CREATED + 60_000,
    ...alert,
  },
  action,
  ...over,
});

const take = (body: unknown) => takeWebhook('opsgenie', body);
const onlySignal = (action: string, alert: object = {}, over: object = {}) =>
  onlySignalOf('opsgenie', bodyOf(action, alert, over));

describeFixturesOf('opsgenie');

describe('an action', () => {
  it('Create opens the incident of the alert when that was created', async () => {
    expect(await onlySignal('Create')).toMatchObject({
      kind: 'TRIGGER',
      key: { externalKey: '8f0e-1772967600000', reuse: 'ONCE', synthetic: false },
      occurredAt: new Date(CREATED),
      actor: 'ines@example.org',
      fields: {
        title: 'Queue depth',
        description: 'Consumers stopped',
        severity: 'HIGH',
        service: 'orders-queue',
        source: 'broker-2',
      },
    });
  });

  it.each([
    ['Acknowledge', 'ACKNOWLEDGE', null],
    ['UnAcknowledge', 'UNACKNOWLEDGE', null],
    ['Close', 'RESOLVE', null],
    ['Delete', 'RESOLVE', 'The alert was deleted'],
    ['UpdatePriority', 'UPDATE', 'Priority changed to P2'],
    ['UpdateMessage', 'UPDATE', 'Message changed to Queue depth'],
    ['UpdateDescription', 'UPDATE', 'Description changed'],
    ['close', 'RESOLVE', null],
  ])('%s is a signal of kind %s, at the time of the update', async (action, kind, text) => {
    const occurredAt = new Date(CREATED + 60_000);
    expect(await onlySignal(action)).toMatchObject({
      kind,
      text,
      occurredAt,
      fields: { title: 'Queue depth' },
    });
  });

  it.each([
    ['AddNote', { note: 'Looking' }, {}, 'Looking'],
    ['AddNote', {}, {}, 'Note added'],
    ['AssignOwnership', { owner: 'maeve@example.org' }, {}, 'Assigned to maeve@example.org'],
    ['AssignOwnership', {}, {}, 'Assigned'],
    ['TakeOwnership', {}, {}, 'Ownership taken'],
    ['AddTeam', { team: 'Storage' }, {}, 'Team added: Storage'],
    ['AddRecipient', { recipient: 'maeve' }, {}, 'Recipient added: maeve'],
    ['AddResponder', {}, {}, 'Responder added'],
    ['AddTags', { addedTags: 'a,b' }, {}, 'Tags added: a,b'],
    ['RemoveTags', { removedTags: 'a' }, {}, 'Tags removed: a'],
    ['AddDetails', {}, {}, 'Details added'],
    ['RemoveDetails', {}, {}, 'Details removed'],
    ['Snooze', {}, {}, 'Snoozed'],
    ['SnoozeEnded', {}, {}, 'Snooze ended'],
    [
      'Escalate',
      {},
      { escalationName: 'DB', escalationNotify: { name: 'Maeve' } },
      'Escalated by DB to Maeve',
    ],
    ['Escalate', {}, { escalationTime: 5, repeatCount: 2 }, 'Escalated after 5 min, repetition 2'],
    ['EscalateNext', {}, {}, 'Escalated'],
  ])('%s with %j %j is an entry of the timeline: %s', async (action, alert, over, text) => {
    expect(await onlySignal(action, alert, over)).toMatchObject({ kind: 'NOTE', text, fields: {} });
  });

  it('tells what a person noted beside it', async () => {
    expect((await onlySignal('Close', { note: 'Restarted the consumers' })).text).toBe(
      'Restarted the consumers',
    );
  });

  it('is by the user, else by what the webhook calls its source', async () => {
    const named = { source: { name: 'Zabbix', type: 'API' } };
    expect((await onlySignal('Close', { username: '' }, named)).actor).toBe('Zabbix');
    expect((await onlySignal('Close', { username: null })).actor).toBeNull();
  });

  it.each(['TestAction', 'constructor', '__proto__', 'Created'])('%s is kept and ignored', async (action) => {
    const { reply, reason } = await take(bodyOf(action));
    expect(reply.status).toBe(202);
    expect(reason).toContain(`"${action}" is not acted on`);
  });

  it.each(['Create', 'Close', 'AddNote'])(
    '%s of an alert without an id is refused, and says so',
    async (action) => {
      for (const alertId of [undefined, '', ' ', 7, null]) {
        const { reply } = await take(bodyOf(action, { alertId }));
        expect(reply.status).toBe(422);
        expect(reply.body['errors']).toMatchObject([{ path: 'alert.alertId' }]);
      }
    },
  );

  it.each([
    [{ action: 'Create', incident: {} }],
    [{ alert: { alertId: 'x' } }],
    [bodyOf(3)],
    [[]],
    [null],
    ['"x"'],
  ])('in no form that is known is ignored: %j', async (body) => {
    const { reply, reason } = await take(body);
    expect(reply.status).toBe(202);
    expect(reason).toContain('no alert action of Opsgenie');
  });
});

describe('times', () => {
  it.each([
    [1772969400001, '2026-03-08T11:30:00.001Z'],
    // Beyond what JSON numbers tell apart: the last digits are lost, the milliseconds are not.
    ['1772969400001000110', '2026-03-08T11:30:00.001Z'],
    // Rounded down, below the millisecond that was meant.
    ['1772969400002000000', '2026-03-08T11:30:00.002Z'],
    [1772969400001002, '2026-03-08T11:30:00.001Z'],
    ['"1772969400001"', '2026-03-08T11:30:00.001Z'],
    ['"2026-03-08T11:30:00.001Z"', '2026-03-08T11:30:00.001Z'],
    // Before the alert there was nothing to close.
    [CREATED - 5000, '2026-03-08T11:00:00.000Z'],
    [0, null],
    [-1, null],
    ['1e300', null],
    ['1e400', null],
    ['"later"', null],
    ['{}', null],
    ['null', null],
  ])('an updatedAt of %s is %s', async (updatedAt, time) => {
    const text = JSON.stringify(bodyOf('Close', { updatedAt: '@' })).replace('"@"', String(updatedAt));
    const [signal] = await signalsOf('opsgenie', text);
    expect(signal?.occurredAt?.toISOString() ?? null).toBe(time);
  });

  it('that cannot be read are told, and cost nothing else', async () => {
    const { receipt, signals } = await take(bodyOf('Create', { createdAt: 'x', updatedAt: [] }));
    expect(signals[0]?.occurredAt).toBeNull();
    expect(receipt.warnings).toHaveLength(2);
  });
});

describe('fields', () => {
  it.each([
    ['P1', 'CRITICAL', 0],
    ['P2', 'HIGH', 0],
    ['p3', 'MEDIUM', 0],
    ['P4', 'LOW', 0],
    ['P5', 'INFO', 0],
    [1, 'CRITICAL', 0],
    [5, 'INFO', 0],
    ['', undefined, 0],
    [null, undefined, 0],
    [6, 'MEDIUM', 1],
    ['urgent', 'MEDIUM', 1],
    [{ level: 1 }, 'MEDIUM', 1],
  ])('of the priority %j have the severity %s', async (priority, severity, warnings) => {
    const { signals, receipt } = await take(bodyOf('Create', { priority }));
    expect(signals[0]?.fields.severity).toBe(severity);
    expect(receipt.warnings).toHaveLength(warnings);
  });

  it('have the service of a tag, else the entity', async () => {
    expect((await onlySignal('Create', { tags: ['a', 'service:orders'] })).fields.service).toBe('orders');
    expect((await onlySignal('Create', { tags: 'x', entity: '' })).fields.service).toBeUndefined();
  });

  it('have a title even where the alert has none, which is told', async () => {
    const { signals, receipt } = await take(bodyOf('Create', { message: ' ', tinyId: '1402' }));
    expect(signals[0]?.fields.title).toBe('Opsgenie alert 1402');
    expect(receipt.warnings).toEqual(['the alert has no message']);
    expect((await onlySignal('Close', { message: null })).fields).not.toHaveProperty('title');
  });
});

it('an alert that is created once for each of its teams is one incident, with the fields told last', async () => {
  const creates = await Promise.all(
    [1, 2, 3, 4, 5].map((n) =>
      onlySignal('Create', { message: `Told ${n}`, updatedAt: CREATED + n * 60_000 }),
    ),
  );
  for (const order of [creates, creates.toReversed()]) {
    const fold = createMemoryFold();
    for (const signal of order) await fold.receive(signal);
    const [state] = fold.incidents();
    expect(fold.incidents()).toHaveLength(1);
    expect(state?.incident).toMatchObject({ status: 'OPEN', title: 'Told 5', triggerCount: 5 });
    expect(fold.timeline(state?.incident.id ?? '')).toMatchObject([{ kind: 'OPENED', text: 'Told 1' }]);
  }
});

it('the same note sent again is one entry; a later one of the same words is another', async () => {
  const fold = createMemoryFold();
  const notes = await Promise.all(
    [0, 0, 1].map((n) => onlySignal('AddNote', { note: 'Looking', updatedAt: CREATED + n + 5 })),
  );
  await fold.receive(await onlySignal('Create'));
  for (const note of notes) await fold.receive(note);
  const [state] = fold.incidents();
  expect(fold.timeline(state?.incident.id ?? '').map(({ kind }) => kind)).toEqual(['OPENED', 'NOTE', 'NOTE']);
});
