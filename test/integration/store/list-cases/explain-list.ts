import { graphql } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { createReaderContext } from '../../../support/reader-context.ts';
import type { Command, WatchedDatabase } from '../../../support/watch-commands.ts';
import type { ListCase } from './list-case.ts';
import type { SchemaList } from './schema-lists.ts';

interface PageOfList {
  nodes: { id?: string }[];
  edges: { cursor: string }[];
}

const EXPLAINED = ['find', 'filter', 'sort', 'limit', 'projection', 'hint'] as const;
const SIZE = 20;
/** Rows that a page may look at: its own, and those that it passes over on the way. */
const MAX_EXAMINED = 120;

/**
 * Asks for a list in all ways that its case names: each filter alone and the usual ones together, in each order, from
 * both ends and from the middle. Gives back what the database would do for it that it must not.
 */
export async function explainList(
  { connection, readsOf }: WatchedDatabase,
  schema: GraphQLSchema,
  list: SchemaList,
  given: ListCase,
): Promise<{ asked: number; reads: number; faults: string[] }> {
  const seen = { asked: 0, reads: 0, faults: [] as string[] };
  const known = new Map<string, Plan>();
  const faultOf = async (read: Command, values: TriedCase): Promise<string | null> => {
    const text = JSON.stringify(read);
    const plan = known.get(text) ?? (await planOf(connection, read));
    known.set(text, plan);
    return faultOfPlan(read, plan, values);
  };

  const ask = async (values: Readonly<Record<string, unknown>>, page: Record<string, unknown>) => {
    const args = nested({ ...given.always, ...values, ...page });
    let found: PageOfList | undefined;
    const reads = await readsOf(async () => {
      found = await readList(schema, list, given, args, connection);
    });
    seen.asked += 1;
    seen.reads += reads.length;
    for (const read of reads) {
      const fault = 'aggregate' in read ? endlessCount(read) : await faultOf(read, { ...given, values });
      if (fault !== null) seen.faults.push(`${list.field} ${JSON.stringify(args)}: ${fault}`);
    }
    if (found === undefined) throw new Error('nothing was read');
    return found;
  };

  for (const orderBy of list.orders.length === 0 ? [undefined] : list.orders) {
    const order = orderBy === undefined ? {} : { orderBy };
    const { edges } = await ask(order, { first: 100 });
    if (edges.length < 50) throw new Error(`${list.field} has ${edges.length} items: too few to tell`);
    const middle = edges[Math.floor(edges.length / 2)]?.cursor;
    await ask(order, { last: SIZE });
    await ask(order, { last: SIZE, before: middle });
    await ask(order, { first: SIZE, after: middle });
    for (const values of tried(given, orderBy)) {
      await ask({ ...order, ...values }, { first: SIZE });
      await ask({ ...order, ...values }, { last: SIZE, before: middle });
    }
  }
  return seen;
}

function tried({ filters, together = [], orders = {} }: ListCase, orderBy: string | undefined) {
  const alone = Object.entries(filters).flatMap(([path, values]) =>
    values.map((value) => ({ [path]: value })),
  );
  return [...alone, ...together].filter((values) =>
    Object.keys(values).every((path) => orders[path]?.includes(orderBy ?? '') ?? true),
  );
}

async function readList(
  schema: GraphQLSchema,
  { field, args: known, hasTotal }: SchemaList,
  { around = (inner) => `{ ${inner} }` }: ListCase,
  variableValues: Record<string, unknown>,
  connection: WatchedDatabase['connection'],
): Promise<PageOfList> {
  const name = field.split('.')[1] ?? '';
  const given = known.filter((arg) => arg.name in variableValues);
  const declared = given.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = given.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const total = hasTotal ? 'totalCount' : '';
  const source = `query(${declared}) ${around(`list: ${name}(${passed}) { nodes { id } edges { cursor } ${total} }`)}`;
  const { data, errors } = await graphql({
    schema,
    source,
    variableValues,
    contextValue: createReaderContext(connection),
  });
  if (errors) throw new Error(`${source} ${JSON.stringify(variableValues)}`, { cause: errors[0] });
  const found = findList(data);
  if (found === undefined) throw new Error(`${source} gave no list`);
  return found;
}

function findList(value: unknown): PageOfList | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('list' in value) return value.list as PageOfList;
  return Object.values(value)
    .map(findList)
    .find((found) => found !== undefined);
}

interface Plan {
  stages: string[];
  examined: number;
}

async function planOf(connection: WatchedDatabase['connection'], read: Command): Promise<Plan> {
  const command: Record<string, unknown> = {};
  for (const key of EXPLAINED) if (key in read) command[key] = read[key];
  const explained = await connection.db?.command({ explain: command, verbosity: 'executionStats' });
  const stages = stagesIn(explained?.['queryPlanner'] ?? explained);
  if (stages.length === 0) throw new Error(`no plan in ${JSON.stringify(explained)}`);
  const executed = explained?.['executionStats'] as { totalDocsExamined: number } | undefined;
  return { stages, examined: executed?.totalDocsExamined ?? 0 };
}

/** Counts may go through all that a filter finds, but not for long. */
function endlessCount(read: Command): string | null {
  return Number(read['maxTimeMS']) <= 5_000 ? null : `a count without end: ${JSON.stringify(read)}`;
}

interface TriedCase extends ListCase {
  values: Readonly<Record<string, unknown>>;
}

function faultOfPlan(
  read: Command,
  { stages, examined }: Plan,
  { values, passesOver, maySort }: TriedCase,
): string | null {
  const plan = `${stages.join(' ')}, ${examined} rows`;
  if (stages.includes('COLLSCAN')) return plan;
  const isWeighed = maySort?.(values) ?? false;
  const isPage = Number(read['limit']) <= SIZE + 1;
  const isPassedOver = isWeighed || !isPage || (passesOver?.(values) ?? false);
  const isSorted = stages.includes('SORT') && !isWeighed;
  return isSorted || (examined > MAX_EXAMINED && !isPassedOver) ? plan : null;
}

function stagesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === 'rejectedPlans' || name === 'command') return [];
    return name === 'stage' && typeof inner === 'string' ? [inner] : stagesIn(inner);
  });
}

/** `{ 'filter.state': x }` as `{ filter: { state: x } }`. */
function nested(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) {
    const [head = '', field] = path.split('.');
    if (field === undefined) result[head] = value;
    else result[head] = { ...(result[head] as object | undefined), [field]: value };
  }
  return result;
}
