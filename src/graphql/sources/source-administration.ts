import type { SourceResult } from '../../commands/change-source.ts';
import type { CreateSourceInput, CreateSourceResult } from '../../commands/create-source.ts';
import type { RetireSourceSecretInput } from '../../commands/retire-source-secret.ts';
import type {
  RotateSourceSecretInput,
  RotateSourceSecretResult,
} from '../../commands/rotate-source-secret.ts';
import type { UpdateSourceInput } from '../../commands/update-source.ts';
import type { DefaultSource } from '../../domain/source.ts';
import type { SourceStore } from '../../store/source-store.ts';

/** What people can see of sources and do with them. */
export interface SourceAdministration {
  /** By name. */
  defaults: readonly DefaultSource[];
  stored: Pick<SourceStore, 'byId' | 'page' | 'count'>;
  create(input: CreateSourceInput): Promise<CreateSourceResult>;
  update(input: UpdateSourceInput): Promise<SourceResult>;
  delete(input: { id: string }): Promise<SourceResult>;
  rotateSecret(input: RotateSourceSecretInput): Promise<RotateSourceSecretResult>;
  retireSecret(input: RetireSourceSecretInput): Promise<SourceResult>;
}
