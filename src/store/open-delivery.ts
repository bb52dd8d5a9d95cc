import type { mongo } from 'mongoose';
import type { Delivery } from '../domain/delivery.ts';
import { OPEN_STATES } from './delivery-row.ts';
import type { DeliveryRow } from './delivery-row.ts';

/** An open delivery as a sender holds it, without its past attempts. */
export type OpenDelivery = Omit<Delivery, 'attempts' | 'completedAt'>;

/** A row read with `AS_OPEN`. */
export type OpenRow = Omit<OpenDelivery, 'id'> & { _id: string };

export const AS_OPEN = { attempts: 0, completedAt: 0 } as const;

export function open(): mongo.Filter<DeliveryRow> {
  return { state: { $in: [...OPEN_STATES] } };
}

export function toOpenDelivery({ _id, ...row }: OpenRow): OpenDelivery {
  return { id: _id, ...row };
}
