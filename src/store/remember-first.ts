import type { Model } from 'mongoose';
import { isDuplicateKey } from './is-duplicate-key.ts';
import type { MetaRow } from './meta-row.ts';

/** The row of its id as it then is: the given one, or that of whoever came first. */
export async function rememberFirst(meta: Model<MetaRow>, { _id, ...fields }: MetaRow): Promise<MetaRow> {
  const upsert = async () =>
    meta.findOneAndUpdate({ _id }, { $setOnInsert: fields }, { upsert: true, returnDocument: 'after' });
  try {
    return await upsert();
  } catch (error) {
    // Two upserts at once: one of them may meet the other's document as a duplicate key, and then finds it.
    if (isDuplicateKey(error)) return upsert();
    throw error;
  }
}
