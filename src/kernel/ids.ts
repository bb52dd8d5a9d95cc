import { v7 } from 'uuid';

/** Makes an id that sorts by its time of birth (UUIDv7, RFC 9562). */
export type NewId = () => string;

export const newId: NewId = () => v7();
