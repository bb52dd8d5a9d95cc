import type { Refusal } from '../../domain/submission.ts';

/** Where an input object names the incident by `incidentId`: commands speak of it as `id`. */
export function aboutIncidentId(refusal: Refusal): Refusal {
  const [input, field, ...rest] = refusal.path;
  return input === 'input' && field === 'id' ? { ...refusal, path: [input, 'incidentId', ...rest] } : refusal;
}
