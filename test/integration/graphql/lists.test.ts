import { expect, test } from 'vitest';
import { createSchema } from '../../../src/graphql/create-schema.ts';
import { deliveries } from '../store/list-cases/deliveries.ts';
import { deployments } from '../store/list-cases/deployments.ts';
import { events } from '../store/list-cases/events.ts';
import { few } from '../store/list-cases/few.ts';
import { incidentParts } from '../store/list-cases/incident-parts.ts';
import { incidents } from '../store/list-cases/incidents.ts';
import type { ListCase } from '../store/list-cases/list-case.ts';
import { receipts } from '../store/list-cases/receipts.ts';
import { listsOf } from '../store/list-cases/schema-lists.ts';
import type { SchemaList } from '../store/list-cases/schema-lists.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';
import { PARTS, walk } from './walk-pages.ts';
import type { Page } from './walk-pages.ts';

type Node = Record<string, any> & { id: string };
type Holds = (node: Node, value: any) => boolean;

const COUNT = 100;
const ALL = [incidents, incidentParts, events, deliveries, receipts, deployments, few];
const cases = new Map(ALL.flatMap((one) => one.cases).map((one) => [one.field, one]));

/** These have tests of their own. */
const ELSEWHERE = ['Query.incidents', 'Query.staleIncidents', 'Query.apiKeys'];

const within = (time: number, { from, until }: { from?: string; until?: string }): boolean =>
  (from === undefined || time >= Date.parse(from)) && (until === undefined || time < Date.parse(until));
const timeOfId = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
const part = (text: string | null, value: string): boolean =>
  text?.toLowerCase().includes(value.toLowerCase()) ?? false;

/** What is selected to tell which items match, by the type of the items. */
const SELECTED: Record<string, string> = {
  Delivery: 'state eventType endpoint { id } event { id }',
  Event: 'type snapshot { severity service } incident { id }',
  Receipt: 'source provider outcome receivedAt deliveryId reason verifiedWith incidents { id }',
  Deployment: 'service repository kind environment outcome occurredAt',
  TimelineEntry: 'kind',
  Evidence: 'kind',
  Recovery: 'state endpoint { id }',
  Source: 'provider enabled managedBy',
  WebhookEndpoint: 'state events url description',
};

/** What matches, where that is more than that a list holds the value of the field of the same name. */
const HOLDS: Record<string, Holds> = {
  'Delivery.endpointId': ({ endpoint }, value) => endpoint?.id === value,
  'Delivery.eventId': ({ id }, value) => id.startsWith(`${value}:`),
  'Delivery.eventMadeAt': ({ id }, value) => within(timeOfId(id), value),
  'Event.incidentId': ({ incident }, value) => value.includes(incident?.id),
  'Event.severity': ({ snapshot }, value) => value.includes(snapshot.severity),
  'Event.service': ({ snapshot }, value) => value.includes(snapshot.service),
  'Receipt.receivedAt': ({ receivedAt }, value) => within(Date.parse(receivedAt), value),
  'Receipt.incidentId': ({ incidents: found }, value) => found.some(({ id }: Node) => id === value),
  'Receipt.deliveryId': ({ deliveryId }, value) => deliveryId === value,
  'Receipt.reason': ({ reason }, value) => part(reason, value),
  'Receipt.verifiedWith': ({ verifiedWith }, value) => part(verifiedWith, value),
  'Deployment.occurredAt': ({ occurredAt }, value) => within(Date.parse(occurredAt), value),
  'Recovery.endpointId': ({ endpoint }, value) => endpoint?.id === value,
  'Source.enabled': ({ enabled }, value) => enabled === value,
  'WebhookEndpoint.events': ({ events: wanted }, value) =>
    value.some((type: string) => wanted.includes(type)),
  'WebhookEndpoint.text': ({ url, description }, value) => part(url, value) || part(description, value),
};

/** Pages of a list as its clients see them. */
function pagesOf(app: GraphqlApp, { field, args }: SchemaList, { around }: ListCase, selected = PARTS) {
  return async (values: Record<string, unknown>): Promise<Page & { totalCount: number | null }> => {
    const variables: Record<string, unknown> = {};
    for (const [path, value] of Object.entries(values)) {
      const [head = '', leaf] = path.split('.');
      variables[head] = leaf === undefined ? value : { ...(variables[head] as object), [leaf]: value };
    }
    const given = args.filter(({ name }) => name in variables);
    const list = `list: ${field.split('.')[1]}${given.length === 0 ? '' : `(${given.map(({ name }) => `${name}: $${name}`).join(', ')})`} { ${selected} }`;
    const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
    const operation = around?.(list) ?? `{ ${list} }`;
    const { data, errors } = await app.ask(
      `query${declared === '' ? '' : `(${declared})`} ${operation}`,
      variables,
    );
    expect(errors).toBeUndefined();
    return data.list ?? Object.values<any>(data)[0].list;
  };
}

test('every list is the same from both ends, in both orders, and holds what its filters say', async () => {
  const app = await startGraphqlApp();
  await Promise.all(ALL.map(({ insert }) => insert(app.connection, COUNT)));
  for (const list of listsOf(createSchema()).filter(({ field }) => !ELSEWHERE.includes(field))) {
    const given = cases.get(list.field);
    if (given === undefined) throw new Error(`${list.field} is not tried`);
    const ask = pagesOf(app, list, given);
    const [order, reversed] = list.orders;
    const inOrder = order === undefined ? {} : { orderBy: order };

    const whole = await walk((page) => ask({ ...inOrder, ...page }), 37, false);
    expect(new Set(whole).size, list.field).toBe(whole.length);
    expect(await walk((page) => ask({ ...inOrder, ...page }), 41, true), list.field).toEqual(whole);
    if (reversed !== undefined) {
      const other = await walk((page) => ask({ orderBy: reversed, ...page }), 50, false);
      expect(other, list.field).toEqual([...whole].reverse());
    }

    const nodes = await nodesOf(app, list, given);
    expect(nodes.map(({ id }) => id).sort(), list.field).toEqual([...whole].sort());
    const counted = pagesOf(app, list, given, 'totalCount');
    const alone = Object.entries(given.filters).flatMap(([path, values]) =>
      values.map((value) => ({ [path]: value })),
    );
    const found = new Set<string>();
    for (const values of [{}, ...alone, ...(given.together ?? [])]) {
      const matching = new Set(nodes.filter((node) => matches(list, node, values)).map(({ id }) => id));
      const expected = whole.filter((id) => matching.has(id));
      const what = `${list.field} ${JSON.stringify(values)}`;
      const paths = Object.keys(values).join();
      const backward = found.has(paths);
      const walked = await walk((page) => ask({ ...inOrder, ...values, ...page }), 50, backward);
      expect(walked, what).toEqual(expected);
      expect((await counted(values)).totalCount, what).toBe(expected.length);
      if (expected.length > 0) found.add(paths);
    }
    expect([...found], list.field).toEqual(expect.arrayContaining(Object.keys(given.filters)));
  }
}, 30_000);

/** All items, with what tells which filters hold them. */
async function nodesOf(app: GraphqlApp, list: SchemaList, given: ListCase): Promise<Node[]> {
  const selected = `nodes { __typename id ${SELECTED[list.item] ?? ''} } pageInfo { hasNextPage endCursor }`;
  const ask = pagesOf(app, list, given, selected);
  const nodes: Node[] = [];
  for (let after: string | null = null; ;) {
    const page = await ask({ first: 100, after });
    nodes.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return nodes;
    after = page.pageInfo.endCursor;
  }
}

function matches(list: SchemaList, node: Node, values: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(values).every(([path, value]) => {
    const leaf = path.split('.').at(-1) ?? '';
    const holds = HOLDS[`${list.item}.${leaf}`] ?? ((one: Node, some: any) => some.includes(one[leaf]));
    return holds(node, value);
  });
}
