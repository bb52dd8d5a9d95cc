import type { EndpointsWhere } from '../../store/endpoint-pages.ts';
import { codedError } from '../errors/coded-error.ts';
import type { WebhookEndpointFilter } from '../generated/resolvers-types.ts';
import { givenFilter } from '../limits/given-filter.ts';

const MAX_TEXT = 200;

/** Throws `BAD_USER_INPUT` where the text is blank or too long. */
export function endpointsWhere(filter: WebhookEndpointFilter | null | undefined): EndpointsWhere {
  const where = givenFilter<WebhookEndpointFilter>(filter);
  if (where.text !== undefined && (where.text.trim() === '' || where.text.length > MAX_TEXT)) {
    throw codedError('BAD_USER_INPUT', `filter.text must have 1 to ${MAX_TEXT} characters.`);
  }
  return where;
}
