import { describe, expect, it } from 'vitest';
import { createIntakeBench } from '../../support/intake-bench.ts';
import { onlySignalOf, takeWebhook } from '../../support/provider-bench.ts';

const AT = { now: new Date('2026-03-07T00:00:00.000Z') };
/** Sent by somebody who need not prove anything. */
const post = (body: unknown) => takeWebhook('pagerduty', JSON.stringify(body), AT);
const onlySignal = (body: unknown) => onlySignalOf('pagerduty', JSON.stringify(body), AT);

const v3 = (type: string, data: object = {}, event: object = {}) => ({
  event: {
    id: '01EVENT',
    event_type: type,
    occurred_at: '2026-03-06T08:00:00.412Z',
    agent: { type: 'user_reference', summary: 'Ines Duarte' },
    data: { id: 'PINC', type: 'incident', title: 'Down', urgency: 'high', ...data },
    ...event,
  },
});

describe('V3', () => {
  it.each([
    ['incident.triggered', 'TRIGGER'],
    ['incident.acknowledged', 'ACKNOWLEDGE'],
    ['incident.unacknowledged', 'UNACKNOWLEDGE'],
    ['incident.resolved', 'RESOLVE'],
    ['incident.reopened', 'REOPEN'],
    ['incident.priority_updated', 'UPDATE'],
    ['incident.service_updated', 'UPDATE'],
    ['incident.escalated', 'NOTE'],
    ['incident.delegated', 'NOTE'],
    ['incident.reassigned', 'NOTE'],
    ['incident.incident_type.changed', 'NOTE'],
  ])('%s is a signal of kind %s, with the event as its tie', async (type, kind) => {
    expect(await onlySignal(v3(type))).toMatchObject({
      kind,
      key: { source: 'pagerduty', externalKey: 'PINC', reuse: 'ONCE', synthetic: false },
      occurredAt: new Date('2026-03-06T08:00:00.412Z'),
      claimedAt: null,
      tie: '01EVENT',
      actor: 'Ines Duarte',
    });
  });

  it.each([
    ['incident.annotated', { content: 'Watching.' }, 'Watching.'],
    ['incident.status_update_published', { message: 'Half back' }, 'Status update: Half back'],
    ['incident.responder.added', { user: { summary: 'Maeve' } }, 'Responder requested: Maeve'],
    [
      'incident.responder.replied',
      { user: { summary: 'Maeve' }, state: 'accepted' },
      'Responder replied: Maeve accepted',
    ],
    [
      'incident.conference_bridge.updated',
      { conference_url: 'https://meet.example' },
      'Conference bridge: https://meet.example',
    ],
    [
      'incident.custom_field_values.updated',
      { changed_custom_fields: [{ name: 'region', value: 'eu' }] },
      'Fields changed: region = eu',
    ],
    ['incident.task.created', { name: 'Fail over' }, 'Task created: Fail over'],
    ['incident.task.updated', { name: 'Fail over' }, 'Task updated: Fail over'],
    ['incident.task.completed', { name: 'Fail over' }, 'Task completed: Fail over'],
    ['incident.action_invocation.created', {}, 'Action started'],
    ['incident.action_invocation.updated', { state: 'running' }, 'Action: running'],
    ['incident.action_invocation.terminated', {}, 'Action ended'],
    ['incident.workflow.started', { summary: 'Page all' }, 'Workflow started: Page all'],
    ['incident.workflow.completed', { summary: 'Page all' }, 'Workflow completed: Page all'],
  ])('%s is a note on the incident that it belongs to, not on itself', async (type, data, text) => {
    const body = v3(type, { title: null, ...data, id: 'PNOTE', type: 'other', incident: { id: 'PINC' } });
    expect(await onlySignal(body)).toMatchObject({
      kind: 'NOTE',
      text,
      fields: {},
      key: { externalKey: 'PINC' },
    });
  });

  it('finds the incident of a role in the assignment', async () => {
    const assignment = {
      incident: { id: 'PINC' },
      role: { summary: 'Commander' },
      assignee: { summary: 'Maeve' },
    };
    const data = { id: null, type: 'incident_role_assignment', incident_role_assignments: [assignment] };
    expect(await onlySignal(v3('incident.role.assigned', data))).toMatchObject({
      key: { externalKey: 'PINC' },
      text: 'Role assigned: Commander is Maeve',
    });
  });

  it('names nobody where a service or an integration acted', async () => {
    const agent = { type: 'service_reference', summary: 'payments' };
    expect((await onlySignal(v3('incident.resolved', {}, { agent }))).actor).toBeNull();
    expect((await onlySignal(v3('incident.resolved', {}, { agent: null }))).actor).toBeNull();
  });

  it.each([
    'service.updated',
    'service.custom_field_values.updated',
    'incident.review.scheduled',
    'pagey.ping',
    'constructor',
  ])('%s is kept and ignored, never an error', async (type) => {
    const { reply, verdict } = await post(v3(type));
    expect(verdict.outcome).toBe('IGNORED');
    expect(reply).toMatchObject({ status: 202, body: { status: 'ignored' } });
  });

  it('an action that concerns no incident is ignored; a status without one is an error that says where', async () => {
    expect((await post(v3('incident.workflow.started', { type: 'w', incident: null }))).verdict.outcome).toBe(
      'IGNORED',
    );
    const { reply } = await post(v3('incident.triggered', { id: null, title: 5 }));
    expect(reply.status).toBe(422);
    expect(reply.body['errors']).toMatchObject([{ path: 'event.data.id' }, { path: 'event.data.title' }]);
  });

  it('needs no title to open an incident, and says that there was none', async () => {
    const { verdict, receipt } = await post(v3('incident.triggered', { title: null }));
    expect(verdict).toMatchObject({ signals: [{ fields: { title: 'PagerDuty incident PINC' } }] });
    expect(receipt.warnings).toEqual(['the incident has no title']);
  });

  it('is identified by the signed event id, not by the header beside it', async () => {
    const bench = createIntakeBench();
    const body = Buffer.from(JSON.stringify(v3('incident.triggered')));
    await bench.receive({ provider: 'pagerduty', headers: { 'x-webhook-id': 'h-1' }, body });
    expect(bench.last()).toMatchObject({
      receipt: { deliveryId: '01EVENT' },
      dedupKey: { value: 'pagerduty:id:01EVENT', until: null, refuseOtherBody: false },
    });
  });
});

describe('severity', () => {
  it.each([
    [{ priority: { summary: 'P1' }, urgency: 'low' }, 'CRITICAL', 0],
    [{ priority: { summary: 'p5' }, urgency: 'high' }, 'INFO', 0],
    [{ priority: { summary: 'SEV2' } }, 'HIGH', 0],
    [{ priority: 3 }, 'MEDIUM', 0],
    [{ priority: null, urgency: 'high' }, 'HIGH', 0],
    [{ urgency: 'LOW' }, 'LOW', 0],
    [{ priority: { summary: 'Gold' }, urgency: 'low' }, 'LOW', 1],
    [{ priority: { summary: 'Gold' }, urgency: null }, 'MEDIUM', 1],
    [{ urgency: 'severe' }, 'MEDIUM', 1],
    [{ urgency: { level: 1 } }, 'MEDIUM', 1],
    [{ urgency: null }, undefined, 0],
  ])('of %j is %s', async (data, severity, warnings) => {
    const { verdict, receipt } = await post(v3('incident.triggered', data));
    expect(verdict.outcome === 'APPLIED' && verdict.signals[0]?.fields.severity).toBe(severity);
    expect(receipt.warnings).toHaveLength(warnings);
  });
});
