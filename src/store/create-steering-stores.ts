import type { Connection } from 'mongoose';
import { createDeliverySteeringStore } from './delivery-steering-store.ts';
import { createExplanationReader } from './explanation-reader.ts';
import { createRecoveryBatchStore } from './recovery-batch-store.ts';
import { createRecoveryStore } from './recovery-store.ts';

export type SteeringStores = ReturnType<typeof createSteeringStores>;

/** What a person steers deliveries with. */
export function createSteeringStores(connection: Connection) {
  return {
    steering: createDeliverySteeringStore(connection),
    recoveries: createRecoveryStore(connection),
    batches: createRecoveryBatchStore(connection),
    explanations: createExplanationReader(connection),
  };
}
