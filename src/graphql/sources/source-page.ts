import { isDefaultSourceId } from '../../domain/default-source.ts';
import type { DefaultSource, RegisteredSource } from '../../domain/source.ts';
import type { KeysetKey, Page, PageQuery } from '../../store/keyset-page.ts';
import type { SourceFilter } from '../generated/resolvers-types.ts';
import type { Given } from '../limits/given-filter.ts';
import type { SourceAdministration } from './source-administration.ts';

const NONE = { items: [], more: false };

/** The default ones come first, in their own order, then those that were registered. */
export async function sourcePage(
  { defaults, stored }: Pick<SourceAdministration, 'defaults' | 'stored'>,
  filter: Given<SourceFilter>,
  query: PageQuery,
): Promise<Page<RegisteredSource>> {
  const { size, backward, after, before } = query;
  const matching = defaults.filter((source) => matches(source, filter));
  const first = matching.filter(({ id }) => isBetween(defaults, id, query));
  const { managedBy, ...where } = filter;
  const wanted = managedBy?.includes('API') ?? true;
  const isFull = !backward && first.length > size;
  const rest =
    wanted && !isFull && !isDefault(before)
      ? await stored.page(where, { ...query, after: isDefault(after) ? null : after })
      : NONE;
  const items = [...first, ...rest.items];
  return {
    items: backward ? items.slice(-size) : items.slice(0, size),
    more: items.length > size || rest.more,
    async count() {
      const registered = wanted ? await stored.count(where) : 0;
      return registered === null ? null : matching.length + registered;
    },
  };
}

function matches({ provider, enabled, managedBy }: DefaultSource, filter: Given<SourceFilter>): boolean {
  return (
    (filter.provider?.includes(provider) ?? true) &&
    (filter.enabled ?? enabled) === enabled &&
    (filter.managedBy?.includes(managedBy) ?? true)
  );
}

/** A default source that there is no longer counts as the last of them. */
function isBetween(defaults: readonly DefaultSource[], id: string, { after, before }: PageQuery): boolean {
  const placeOf = (wanted: string): number => {
    const place = defaults.findIndex((source) => source.id === wanted);
    return place === -1 ? defaults.length : place;
  };
  const place = placeOf(id);
  return (after === null || place > placeOf(after.id)) && (before === null || place < placeOf(before.id));
}

function isDefault(key: KeysetKey | null): boolean {
  return key !== null && isDefaultSourceId(key.id);
}
