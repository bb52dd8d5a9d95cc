import type { Connection, mongo } from 'mongoose';
import { DEPLOYMENT_LEAD_MS, isRelated } from '../domain/deployment.ts';
import type { Deployment, DeploymentKind, DeploymentOutcome } from '../domain/deployment.ts';
import type { Incident } from '../domain/incident.ts';
import { CLAIMING_OUTCOMES, strongestDeployments } from '../domain/strongest-deployments.ts';
import type { DeploymentClaim } from '../domain/strongest-deployments.ts';
import { deploymentModel, toDeployment } from './deployment-row.ts';
import type { DeploymentRow } from './deployment-row.ts';
import { scanRows, toPage } from './keyset-page.ts';
import type { KeysetOrder, Page, PageQuery } from './keyset-page.ts';
import { readableRows } from './readable-rows.ts';
import { MAX_READ_MS, reading } from './reading.ts';
import { inTime } from './time-order.ts';
import type { TimeOrder } from './time-order.ts';
import { anyOf, within } from './where.ts';
import type { TimeRange } from './where.ts';

/** All that is given must match; of a list any value does. */
export interface DeploymentsWhere {
  service?: readonly string[];
  repository?: readonly string[];
  kind?: readonly DeploymentKind[];
  environment?: readonly string[];
  outcome?: readonly DeploymentOutcome[];
  occurredAt?: TimeRange;
}

/** What tells the deployments that relate to an incident. */
export type RelatesTo = Pick<Incident, 'service' | 'openedAt' | 'resolvedAt'>;

export type DeploymentReader = ReturnType<typeof createDeploymentReader>;

interface Scope {
  filter: mongo.Document;
  /** Whether it asks for what no index knows. */
  passesOver?: boolean;
  /** Whether a claim lies within the list; a stronger one outside of it hides nothing. */
  holds: (claim: DeploymentClaim) => boolean;
}

const ORDERS = inTime({ field: 'occurredAt', type: 'DATE' });
const CLAIM_FIELDS = {
  _id: 0,
  kind: 1,
  repository: 1,
  sha: 1,
  service: 1,
  environment: 1,
  outcome: 1,
  occurredAt: 1,
} as const satisfies Record<keyof DeploymentClaim | '_id', 0 | 1>;
const COUNT_FIELDS = { ...CLAIM_FIELDS, _id: 1 } as const;
/** What hides what has to be read, so counting costs more than in other lists. */
const MAX_COUNTED = 1_000;
const FROM_THE_START = { size: MAX_COUNTED, backward: false, after: null, before: null };

export function createDeploymentReader(connection: Connection, signal?: AbortSignal) {
  const rows = readableRows(deploymentModel(connection), signal);

  const claimsOn = async (found: readonly DeploymentRow[], { holds }: Scope): Promise<DeploymentClaim[]> => {
    const shas = [...new Set(found.flatMap((row) => row.sha ?? []))];
    if (shas.length === 0) return [];
    // A workflow that fails every hour on one commit must not make each page read all its runs.
    const claims = rows.find<Pick<DeploymentRow, keyof DeploymentClaim>>(
      { sha: { $in: shas }, outcome: { $in: [...CLAIMING_OUTCOMES] } },
      { projection: CLAIM_FIELDS, maxTimeMS: MAX_READ_MS },
    );
    return (await reading(claims.toArray()))
      .map(({ environment = null, outcome = null, ...claim }) => ({ ...claim, environment, outcome }))
      .filter(holds);
  };

  /** Reads on until there are enough that nothing hides, or no more. In the direction of the query. */
  const scanStrongest = async (
    scope: Scope,
    order: KeysetOrder,
    query: PageQuery,
    projection?: mongo.Document,
  ): Promise<Deployment[]> => {
    const limit = query.size + 1;
    const kept: Deployment[] = [];
    let rest = query;
    for (;;) {
      const from = scope.passesOver === true ? rows.passingOver : rows;
      const scan = {
        rows: from,
        filter: scope.filter,
        order,
        query: rest,
        ...(projection && { projection }),
      };
      const found = await scanRows<DeploymentRow>(scan, limit);
      kept.push(...strongestDeployments(found.map(toDeployment), await claimsOn(found, scope)));
      const last = found.at(-1);
      if (last === undefined || found.length < limit || kept.length >= limit) return kept.slice(0, limit);
      const key = { value: last.occurredAt.getTime(), id: last._id };
      rest = query.backward ? { ...query, before: key } : { ...query, after: key };
    }
  };

  const countStrongest = async (scope: Scope): Promise<number | null> => {
    const found = await scanStrongest(scope, ORDERS.NEWEST_FIRST, FROM_THE_START, COUNT_FIELDS);
    return found.length > MAX_COUNTED ? null : found.length;
  };

  const pageStrongest = async (
    scope: Scope,
    order: TimeOrder,
    query: PageQuery,
  ): Promise<Page<Deployment>> => ({
    ...toPage(await scanStrongest(scope, ORDERS[order], query), query),
    count: () => countStrongest(scope),
  });

  return {
    /** In no order; unknown ids are missing. */
    async byIds(ids: readonly string[]): Promise<Deployment[]> {
      return (await reading(rows.find({ _id: { $in: [...ids] } }).toArray())).map(toDeployment);
    },

    /** By when they happened. */
    page: (where: DeploymentsWhere, order: TimeOrder, query: PageQuery): Promise<Page<Deployment>> =>
      pageStrongest(scopeOf(where), order, query),

    /** Those that relate to an incident, by when they happened. */
    pageRelated: (incident: RelatesTo, order: TimeOrder, query: PageQuery): Promise<Page<Deployment>> =>
      pageStrongest(relatedTo(incident), order, query),

    /** Those that relate to an incident as a part of its timeline: in the direction of the query, one more than its size. */
    scanRelated: (incident: RelatesTo, order: TimeOrder, query: PageQuery): Promise<Deployment[]> =>
      scanStrongest(relatedTo(incident), ORDERS[order], query),

    /** How many relate to an incident; null where they are more than a thousand. */
    countRelated: (incident: RelatesTo): Promise<number | null> => countStrongest(relatedTo(incident)),
  };
}

function scopeOf(where: DeploymentsWhere): Scope {
  const { service, repository, kind, environment, outcome, occurredAt } = where;
  return {
    filter: {
      ...anyOf('service', service),
      ...anyOf('repository', repository),
      ...anyOf('kind', kind),
      ...anyOf('environment', environment),
      ...anyOf('outcome', outcome),
      ...within('occurredAt', occurredAt),
    },
    passesOver: (kind ?? environment ?? outcome) !== undefined,
    holds: (claim) =>
      isAmong(service, claim.service) &&
      isAmong(kind, claim.kind) &&
      isAmong(environment, claim.environment) &&
      isAmong(outcome, claim.outcome) &&
      (occurredAt?.from === undefined || claim.occurredAt >= occurredAt.from) &&
      (occurredAt?.until === undefined || claim.occurredAt < occurredAt.until),
  };
}

function isAmong<T>(values: readonly T[] | undefined, value: T | null): boolean {
  return values === undefined || (value !== null && values.includes(value));
}

/** `isRelated` as a condition that an index can serve. */
function relatedTo(incident: RelatesTo): Scope {
  const { service, openedAt, resolvedAt } = incident;
  const from = new Date(openedAt.getTime() - DEPLOYMENT_LEAD_MS);
  return {
    filter: {
      ...anyOf('service', service === null ? undefined : [service, null]),
      occurredAt: { $gte: from, ...(resolvedAt && { $lte: resolvedAt }) },
    },
    holds: (claim) => isRelated(claim, incident),
  };
}
