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
  /** Whether a claim lies within the list; a stronger one outside of it hides nothing. */
  holds: (claim: DeploymentClaim) => boolean;
}

const NEWEST_FIRST = { field: 'occurredAt', type: 'DATE', direction: -1 } as const satisfies KeysetOrder;
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
const OLDEST_FIRST = { ...NEWEST_FIRST, direction: 1 } as const satisfies KeysetOrder;

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
  const scanStrongest = async (scope: Scope, order: KeysetOrder, query: PageQuery): Promise<Deployment[]> => {
    const limit = query.size + 1;
    const kept: Deployment[] = [];
    let rest = query;
    for (;;) {
      const found = await scanRows<DeploymentRow>({ rows, filter: scope.filter, order, query: rest }, limit);
      kept.push(...strongestDeployments(found.map(toDeployment), await claimsOn(found, scope)));
      const last = found.at(-1);
      if (last === undefined || found.length < limit || kept.length >= limit) return kept.slice(0, limit);
      const key = { value: last.occurredAt.getTime(), id: last._id };
      rest = query.backward ? { ...query, before: key } : { ...query, after: key };
    }
  };

  return {
    /** In no order; unknown ids are missing. */
    async byIds(ids: readonly string[]): Promise<Deployment[]> {
      return (await reading(rows.find({ _id: { $in: [...ids] } }).toArray())).map(toDeployment);
    },

    /** Newest first. */
    async page(where: DeploymentsWhere, query: PageQuery): Promise<Page<Deployment>> {
      return toPage(await scanStrongest(scopeOf(where), NEWEST_FIRST, query), query);
    },

    /** Those that relate to an incident, newest first. */
    async pageRelated(incident: RelatesTo, query: PageQuery): Promise<Page<Deployment>> {
      return toPage(await scanStrongest(relatedTo(incident), NEWEST_FIRST, query), query);
    },

    /** Those that relate to an incident as a part of its timeline: oldest first, in the direction of the query, one more than its size. */
    async scanRelated(incident: RelatesTo, query: PageQuery): Promise<Deployment[]> {
      return scanStrongest(relatedTo(incident), OLDEST_FIRST, query);
    },
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
