import { z } from 'zod';
import type {
  CreateWebhookEndpointInput,
  CreateWebhookEndpointResult,
} from '../commands/create-webhook-endpoint.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import { restError } from './rest-route.ts';
import type { RestReply, RestRequest, RestRoute } from './rest-route.ts';

export interface EndpointsRouteDeps {
  createWebhookEndpoint: (input: CreateWebhookEndpointInput) => Promise<CreateWebhookEndpointResult>;
  /** The guide's name of an event type. */
  toWireName: (type: Registered['events'][number]) => string;
}

type Registered = Extract<CreateWebhookEndpointResult, { endpoint: unknown }>['endpoint'];

const BODY_LIMIT = 64 * 1024;
const JSON_TYPE = /^application\/(json|[\w.+-]+\+json)\s*(;|$)/i;

/** Only the shape: what values may be is the command's to judge, so that all mistakes are told together. */
const bodySchema = z.object({
  url: z.unknown().optional(),
  secret: z.unknown().optional(),
  events: z.unknown().optional(),
  description: z.unknown().optional(),
  is_active: z.unknown().optional(),
  headers: z.unknown().optional(),
  rate_per_second: z.unknown().optional(),
  max_in_flight: z.unknown().optional(),
  min_severity: z.unknown().optional(),
  sources: z.unknown().optional(),
  services: z.unknown().optional(),
  public_key_signature: z.unknown().optional(),
});

/** Fields whose name in the body is not the command's. */
const BODY_NAMES: Readonly<Record<string, string>> = {
  isActive: 'is_active',
  ratePerSecond: 'rate_per_second',
  maxInFlight: 'max_in_flight',
  minSeverity: 'min_severity',
  publicKeySignature: 'public_key_signature',
};

/** The guide's registration of a receiver. */
export function createEndpointsRoute(deps: EndpointsRouteDeps): RestRoute {
  return {
    method: 'POST',
    path: '/api/v1/webhooks/endpoints',
    scope: 'ADMIN',
    bodyLimit: BODY_LIMIT,
    handle: (request) => register(deps, request),
  };
}

async function register(deps: EndpointsRouteDeps, { headers, body }: RestRequest): Promise<RestReply> {
  if (!JSON_TYPE.test(headers['content-type'] ?? '')) {
    return restError(415, { path: 'content-type', message: 'Content-Type must be application/json' });
  }
  const json = parseJson(body);
  if (json === undefined) return restError(400, { path: '', message: 'the body is not JSON in UTF-8' });
  const parsed = bodySchema.safeParse(json);
  if (!parsed.success) {
    return restError(422, { path: '', message: 'the body must be a JSON object' });
  }
  const { url, secret, events, description, is_active: isActive, headers: sent, ...given } = parsed.data;
  const result = await deps.createWebhookEndpoint({
    url: url ?? null,
    events: { names: events },
    secret: secret ?? null,
    description: description ?? null,
    isActive: isActive ?? true,
    headers: sent,
    ratePerSecond: given.rate_per_second,
    maxInFlight: given.max_in_flight,
    minSeverity: given.min_severity,
    sources: given.sources,
    services: given.services,
    publicKeySignature: given.public_key_signature,
  });
  if ('refusals' in result) {
    const full = result.refusals.some(({ code }) => code === 'CONFLICT');
    const errors = result.refusals.map(({ path, message }) => ({ path: bodyPath(path), message }));
    return restError(full ? 409 : 422, ...errors);
  }
  return { status: 201, body: shown(deps, result) };
}

/** The secret is told only if it was made here, and only now. Of headers only the names: values may be credentials. */
function shown(
  { toWireName }: EndpointsRouteDeps,
  { endpoint, secret }: Extract<CreateWebhookEndpointResult, { endpoint: unknown }>,
): Record<string, JsonValue> {
  return {
    status: 'success',
    id: endpoint.id,
    url: endpoint.url,
    events: endpoint.events.map(toWireName),
    description: endpoint.description,
    is_active: endpoint.isActive,
    state: endpoint.state,
    headers: endpoint.headers.map(({ name }) => name),
    rate_per_second: endpoint.ratePerSecond,
    max_in_flight: endpoint.maxInFlight,
    min_severity: endpoint.minSeverity?.toLowerCase() ?? null,
    sources: [...endpoint.sources],
    services: [...endpoint.services],
    public_key_signature: endpoint.publicKeySignature,
    created_at: endpoint.createdAt?.toISOString() ?? null,
    ...(secret !== null && { secret }),
  };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

/** From `['input', 'isActive']` to `is_active`. */
function bodyPath(path: readonly string[]): string {
  return path
    .slice(1)
    .map((name) => BODY_NAMES[name] ?? name)
    .join('.');
}
