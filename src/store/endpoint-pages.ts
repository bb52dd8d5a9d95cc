import type { mongo } from 'mongoose';
import type { EventType } from '../domain/event.ts';
import type { EndpointState, WebhookEndpoint } from '../domain/webhook-endpoint.ts';
import { MAX_COUNTED } from './count-rows.ts';
import { toPage } from './keyset-page.ts';
import type { KeysetKey, Page, PageQuery } from './keyset-page.ts';
import { likelyId } from './webhook-endpoint-row.ts';
import type { WebhookEndpointRow } from './webhook-endpoint-row.ts';

/** All that is given must match; of a list any value does. */
export interface EndpointsWhere {
  state?: readonly EndpointState[];
  /** Types of which it wants any. */
  events?: readonly EventType[];
  /** Part of the url or the description, whatever the case of its letters. */
  text?: string;
}

interface EndpointPagesDeps {
  find(filter: mongo.Document, options: mongo.FindOptions & { limit: number }): Promise<WebhookEndpointRow[]>;
  /** The row that shows this id. */
  rowOf(id: string): Promise<WebhookEndpointRow | null>;
  /** In id order. */
  judge(rows: WebhookEndpointRow[]): Promise<WebhookEndpoint[]>;
}

/**
 * Pages of endpoints in the order of their ids. What an endpoint is follows from judging its row, so filters look at
 * what was judged: endpoints are at most a thousand, and all of them are read where there is a filter.
 */
export function createEndpointPages({ find, rowOf, judge }: EndpointPagesDeps) {
  const beyond = async (operator: '$gt' | '$lt', key: KeysetKey | null): Promise<mongo.Document[]> => {
    if (key === null) return [];
    const id = (await rowOf(key.id))?._id ?? likelyId(key.id);
    // As an expression: a plain comparison would look at ids of one type only.
    return [{ [operator]: ['$_id', { $literal: id }] }];
  };

  /** In the direction of the query. */
  const scan = async (where: EndpointsWhere, query: PageQuery, limit: number): Promise<WebhookEndpoint[]> => {
    const { backward, after, before } = query;
    const bounds = [...(await beyond('$gt', after)), ...(await beyond('$lt', before))];
    const filter = bounds.length === 0 ? {} : { $expr: { $and: bounds } };
    const found = await find(filter, { limit, sort: { _id: backward ? -1 : 1 } });
    const endpoints = await judge(backward ? found.reverse() : found);
    const matching = endpoints.filter((endpoint) => matches(endpoint, where));
    return backward ? matching.reverse() : matching;
  };

  const count = async (where: EndpointsWhere): Promise<number | null> => {
    const all = { size: MAX_COUNTED, backward: false, after: null, before: null };
    const { length } = await scan(where, all, MAX_COUNTED + 1);
    return length > MAX_COUNTED ? null : length;
  };

  return async (where: EndpointsWhere, query: PageQuery): Promise<Page<WebhookEndpoint>> => {
    const limit = Object.keys(where).length === 0 ? query.size + 1 : MAX_COUNTED;
    return { ...toPage(await scan(where, query, limit), query), count: () => count(where) };
  };
}

function matches(
  { state, events, url, description }: WebhookEndpoint,
  { state: states, events: types, text }: EndpointsWhere,
): boolean {
  return (
    (states?.includes(state) ?? true) &&
    (types?.some((type) => events.includes(type)) ?? true) &&
    (text === undefined || holds(url, text) || holds(description ?? '', text))
  );
}

function holds(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}
