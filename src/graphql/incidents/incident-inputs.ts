import { z } from 'zod';
import { SEVERITIES } from '../../domain/incident.ts';
import { clientKey } from '../limits/client-key.ts';
import { longText, optional, shortText, titleText, webAddress } from '../limits/texts.ts';

const service = shortText(200);

export const createIncidentInput = z.object({
  title: titleText,
  description: longText.nullish().transform((text) => text ?? ''),
  severity: z.enum(SEVERITIES),
  service: optional(service),
  url: optional(webAddress),
  clientMutationKey: clientKey,
});

/** Absent fields stay absent: they are not spoken of. */
export const updateIncidentInput = z.object({
  id: z.string(),
  title: z.exactOptional(titleText),
  description: z.exactOptional(longText.nullable().transform((text) => text ?? '')),
  severity: z.exactOptional(z.enum(SEVERITIES, { error: 'must not be null' })),
  service: z.exactOptional(service.nullable()),
  url: z.exactOptional(webAddress.nullable()),
});

export const statusInput = z.object({
  id: z.string(),
  note: longText.nullish().transform((text) => text?.trim() || null),
});
