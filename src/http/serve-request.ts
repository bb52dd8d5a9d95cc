import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticator } from '../access/authenticator.ts';
import type { Principal } from '../access/principal.ts';
import { elapsedMs } from '../kernel/elapsed-ms.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Metrics } from '../kernel/metrics.ts';
import type { BodyBudget } from './body-budget.ts';
import { allowOrigin } from './cors.ts';
import { unavailable } from './error-reply.ts';
import { graphqlRefusal } from './graphql-refusal.ts';
import type { ApiRoute, HttpHandlers } from './handlers.ts';
import { headerCredentials } from './header-credentials.ts';
import { httpError } from './http-error.ts';
import { intakeAddress, receiveWebhook } from './intake-route.ts';
import type { IntakeAddress } from './intake-route.ts';
import { landingPage } from './landing-page.ts';
import { readBody } from './read-body.ts';
import { readiness } from './readiness.ts';
import { presetHeaders } from './reply.ts';
import type { Reply } from './reply.ts';
import { plainHeaders } from './request-headers.ts';
import { parseRequestPath } from './request-path.ts';
import type { RequestPath } from './request-path.ts';
import { enforceRequestRules } from './request-rules.ts';
import type { RequestRules } from './request-rules.ts';

export interface ServeDeps {
  rules: RequestRules;
  authenticator: Authenticator;
  metrics: Pick<Metrics, 'registry' | 'webhookReceived'>;
  logger: Pick<Logger, 'info'>;
  budget: BodyBudget;
  /** Most bytes of a request to the API. */
  graphqlBodyLimit: number;
  /** Null until the rest of OpsLens can serve. */
  handlers: () => HttpHandlers | null;
  state: () => 'STARTING' | 'SERVING' | 'STOPPING';
}

export interface RequestContext {
  requestId: string;
  /** Asks a client that waits for it to send the body. */
  begin: () => void;
}

const INTAKE_PREFIX = ['api', 'v1', 'webhooks'];
const STARTING_RETRY_SECONDS = 1;

/** Finds who answers a request. Null: it was answered on the way. Throws what `errorReply` makes an answer of. */
export async function serveRequest(
  deps: ServeDeps,
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
): Promise<Reply | null> {
  const path = parseRequestPath(req.url ?? '/');
  try {
    return await serve(deps, req, res, { path, context });
  } catch (error) {
    throw path.segments[0] === 'graphql' ? graphqlRefusal(error, deps.graphqlBodyLimit) : error;
  }
}

async function serve(
  deps: ServeDeps,
  req: IncomingMessage,
  res: ServerResponse,
  { path, context }: { path: RequestPath; context: RequestContext },
): Promise<Reply | null> {
  const [first] = path.segments;
  const single = path.segments.length === 1;
  if (single && first === 'healthz') return get(req, () => ({ status: 200, body: { status: 'ok' } }));
  if (single && first === 'readyz')
    return get(req, () => readiness(deps.handlers()?.checks ?? {}, deps.state()));

  const forApi = first === 'graphql';
  enforceRequestRules(req, deps.rules, forApi);
  if (forApi && allowOrigin(req, res, deps.rules.allowedOrigins)) return null;
  if (first === undefined) return get(req, () => landingPage);
  if (single && first === 'metrics') return get(req, () => metricsReply(deps.metrics.registry));

  const handlers = deps.handlers();
  if (handlers === null) {
    if (isIntake(path.segments))
      deps.logger.info({ requestId: context.requestId }, 'webhook refused: starting');
    throw unavailable('OpsLens is starting', STARTING_RETRY_SECONDS);
  }
  if (forApi) {
    // Below it lie the files of its explorer.
    if (!single && methodOf(req) !== 'GET') throw methodNotAllowed(['GET']);
    const { graphqlBodyLimit } = deps;
    const body =
      req.method === 'POST' ? await readBody(req, graphqlBodyLimit, context.begin) : Buffer.alloc(0);
    presetHeaders(res, context.requestId);
    await handlers.graphql.handleHttp(req, res, body);
    return null;
  }
  return serveWebhookRoute(deps, handlers, req, { path, context });
}

async function serveWebhookRoute(
  deps: ServeDeps,
  handlers: HttpHandlers,
  req: IncomingMessage,
  { path, context }: { path: RequestPath; context: RequestContext },
): Promise<Reply> {
  const { segments, query } = path;
  const target = `/${segments.join('/')}`;
  const routes = handlers.api.filter((route) => route.path === target);
  if (routes.length > 0) {
    const route = routes.find(({ method }) => method === methodOf(req));
    if (route === undefined) throw methodNotAllowed(routes.map(({ method }) => method));
    return serveApiRoute(deps, route, req, context);
  }
  const address = isIntake(segments) ? intakeAddress(segments.slice(INTAKE_PREFIX.length)) : null;
  if (address === null) throw httpError(404, 'there is nothing at this address');
  const { logger, metrics, budget } = deps;
  const leave = req.method === 'OPTIONS' ? await askLeave(handlers.intake, req, address) : null;
  if (leave !== null) {
    const { provider } = address;
    logger.info({ requestId: context.requestId, provider, status: leave.status }, 'handshake');
    return leave;
  }
  if (req.method !== 'POST') throw methodNotAllowed(['POST']);
  const intakeDeps = { intake: handlers.intake, logger, budget, webhookReceived: metrics.webhookReceived };
  return receiveWebhook(intakeDeps, req, { address, query, ...context });
}

/** Null where OPTIONS means nothing: it is refused like any other method then. */
async function askLeave(
  intake: HttpHandlers['intake'],
  req: IncomingMessage,
  { provider, sourceName }: IntakeAddress,
): Promise<Reply | null> {
  return (await intake.handshake?.({ provider, sourceName, headers: plainHeaders(req.headers) })) ?? null;
}

async function serveApiRoute(
  { authenticator, logger }: ServeDeps,
  route: ApiRoute,
  req: IncomingMessage,
  { requestId, begin }: RequestContext,
): Promise<Reply> {
  const begunAt = performance.now();
  const headers = plainHeaders(req.headers);
  let principal: Principal | null = null;
  if (route.scope !== null) {
    principal = await authenticator.authenticate(headerCredentials(headers));
    if (principal === null) {
      throw httpError(401, 'an API key is needed: Authorization: Bearer <key>, or X-API-Key', {
        'WWW-Authenticate': 'Bearer realm="OpsLens"',
      });
    }
    if (!principal.scopes.includes(route.scope))
      throw httpError(403, `this key does not allow ${route.scope}`);
  }
  const body = route.bodyLimit > 0 ? await readBody(req, route.bodyLimit, begin) : Buffer.alloc(0);
  const reply = await route.handle({ headers, body, principal });
  const { method, path } = route;
  const durationMs = elapsedMs(begunAt);
  logger.info(
    { requestId, method, path, actor: principal?.name ?? null, status: reply.status, durationMs },
    'request',
  );
  return reply;
}

async function metricsReply(registry: Metrics['registry']): Promise<Reply> {
  return { status: 200, body: await registry.metrics(), headers: { 'Content-Type': registry.contentType } };
}

function get(req: IncomingMessage, reply: () => Reply | Promise<Reply>): Reply | Promise<Reply> {
  if (methodOf(req) !== 'GET') throw methodNotAllowed(['GET']);
  return reply();
}

function isIntake(segments: readonly string[]): boolean {
  return INTAKE_PREFIX.every((segment, index) => segments[index] === segment);
}

/** Node sends no body in answer to HEAD, so GET's answer serves it. */
function methodOf(req: IncomingMessage): string | undefined {
  return req.method === 'HEAD' ? 'GET' : req.method;
}

function methodNotAllowed(allowed: readonly string[]) {
  return httpError(405, `use ${allowed.join(' or ')} here`, { Allow: allowed.join(', ') });
}
