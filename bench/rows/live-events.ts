/** Eleven fields, as a dashboard shows them. */
export const ELEVEN_FIELDS = `subscription { events {
  id sequence type occurredAt recordedAt
  snapshot { incidentId title status severity service triggerCount }
} }`;

/** What soon fills the connection of one who does not read. */
export const WITH_DESCRIPTION =
  'subscription { events { sequence snapshot { title description again: description } } }';
