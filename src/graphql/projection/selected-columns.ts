import { selectedFields } from './selected-fields.ts';
import type { Selection } from './selected-fields.ts';

/** Of each field that has a resolver: the columns that it reads of its object, the id apart. */
export type ColumnNeeds<Item> = Readonly<Record<string, readonly (keyof Item & string)[]>>;

/**
 * The columns that a list has to read for what is selected of its items. Every field that `needs` does not name shows
 * the column of its own name.
 */
export function selectedColumns<Item>(
  selection: Selection,
  needs: ColumnNeeds<Item>,
): readonly (keyof Item & string)[] {
  const columns = new Set<string>();
  for (const name of selectedFields(selection)) {
    if (name.startsWith('__')) continue;
    if (Object.hasOwn(needs, name)) for (const column of needs[name] ?? []) columns.add(column);
    else columns.add(name);
  }
  return [...columns] as (keyof Item & string)[];
}
