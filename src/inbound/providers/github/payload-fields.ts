import { z } from 'zod';

/** Fields that identify a change: here a wrong type is an error. All that only decorates is read without a schema. */
export const idField = z.int().positive();
export const shaField = z.string().min(1).max(200);
export const repositoryField = z.looseObject({ full_name: z.string().min(1).max(300) });
