import { z } from 'zod';
import { optional, shortText } from './texts.ts';

/** What a client makes up so that something is made once, however often it is asked for. */
export const clientKey = optional(shortText(200));

/** For inputs whose other fields are checked elsewhere. */
export const clientKeyInput = z.object({ clientMutationKey: clientKey });
