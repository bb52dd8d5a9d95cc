import type { Connection } from 'mongoose';
import { incidentModel, rowWords } from './incident-row.ts';
import type { IncidentRow } from './incident-row.ts';
import { nativeCollection } from './native-collection.ts';

type WordlessRow = Pick<IncidentRow, '_id' | 'version' | 'title' | 'description' | 'externalKey'>;

export type IncidentWordsStore = ReturnType<typeof createIncidentWordsStore>;

export function createIncidentWordsStore(connection: Connection) {
  const incidents = nativeCollection(incidentModel(connection));

  return {
    /**
     * Gives some incidents that an earlier version of OpsLens wrote the words that they are found by; answers how many
     * there were. One that is changed meanwhile is left to whoever changes it, or to the next time.
     */
    async fillWords(limit: number): Promise<number> {
      const projection = { version: 1, title: 1, description: 1, externalKey: 1 };
      const wordless = { words: { $exists: false } };
      const rows = await incidents.find<WordlessRow>(wordless, { projection, limit }).toArray();
      if (rows.length === 0) return 0;
      const operations = rows.map((row) => ({
        updateOne: {
          filter: { _id: row._id, version: row.version, ...wordless },
          update: { $set: { words: rowWords(row) } },
        },
      }));
      await incidents.bulkWrite(operations, { ordered: false });
      return rows.length;
    },
  };
}
