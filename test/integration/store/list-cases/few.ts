import { RECOVERY_STATES } from '../../../../src/domain/recovery.ts';
import type { Recovery } from '../../../../src/domain/recovery.ts';
import { apiKeyModel } from '../../../../src/store/api-key-row.ts';
import { recoveryModel, toRecoveryRow } from '../../../../src/store/recovery-row.ts';
import { sourceModel } from '../../../../src/store/source-row.ts';
import { anyOf, at, idAt, times } from './list-case.ts';
import type { ListCases } from './list-case.ts';

const ENDED = RECOVERY_STATES.filter((state) => state !== 'RUNNING');

const recovery = (n: number): Recovery => ({
  id: idAt(n),
  endpointId: `endpoint-0${n % 4}`,
  since: at(0),
  until: at(n),
  states: ['DEAD'],
  missed: false,
  by: null,
  state: ENDED[n % ENDED.length] ?? 'DONE',
  reason: null,
  cursor: '',
  recovered: 0,
  added: 0,
  expired: 0,
  createdAt: at(n),
  completedAt: new Date(),
});

/** Sources, recoveries and API keys: hundreds at most. */
export const few: ListCases = {
  async insert(connection, count = 400) {
    await recoveryModel(connection).collection.insertMany(
      times(count, (n) => toRecoveryRow(recovery(n))) as never,
    );
    await sourceModel(connection).collection.insertMany(
      times(count / 2, (n) => ({
        _id: idAt(n),
        names: [`source-${n}`],
        name: `source-${n}`,
        keyName: `source-${n}`,
        provider: n % 3 === 0 ? 'generic' : 'github',
        enabled: n % 5 !== 0,
        settings: [],
        secrets: [],
        createdAt: at(n),
        updatedAt: at(n),
        revision: 1,
      })) as never,
    );
    await apiKeyModel(connection).collection.insertMany(
      times(count / 2, (n) => ({
        _id: idAt(n),
        digest: `digest-${n}`,
        name: 'A key',
        hint: 'ol_x',
        scopes: ['READ'],
        createdAt: at(n),
        expiresAt: n % 3 === 0 ? at(n + 1) : null,
        revokedAt: n % 4 === 0 ? at(n + 1) : null,
      })) as never,
    );
  },
  cases: [
    {
      field: 'Query.recoveries',
      filters: { endpointId: ['endpoint-01'], state: [['DONE'], ['RUNNING', 'FAILED']] },
      together: [{ endpointId: 'endpoint-01', state: ['DONE', 'CANCELLED'] }],
    },
    {
      field: 'Query.sources',
      filters: {
        'filter.provider': [['github'], ['github', 'generic']],
        'filter.enabled': [true, false],
        'filter.managedBy': [['API'], ['ENVIRONMENT']],
      },
      passesOver: anyOf('filter.provider', 'filter.enabled'),
      together: [{ 'filter.provider': ['github'], 'filter.enabled': false }],
    },
    {
      field: 'Query.apiKeys',
      filters: { state: [['ACTIVE'], ['EXPIRED', 'REVOKED']] },
      maySort: anyOf('state'),
    },
  ],
};
