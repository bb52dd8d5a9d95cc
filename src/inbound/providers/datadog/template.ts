/** What people paste as payload of their webhook in Datadog. Other fields are kept with the receipt. */
const TEMPLATE = {
  id: '$ID',
  title: '$EVENT_TITLE',
  body: '$EVENT_MSG',
  event_type: '$EVENT_TYPE',
  alert_id: '$ALERT_ID',
  alert_transition: '$ALERT_TRANSITION',
  alert_type: '$ALERT_TYPE',
  alert_priority: '$ALERT_PRIORITY',
  alert_cycle_key: '$ALERT_CYCLE_KEY',
  aggreg_key: '$AGGREG_KEY',
  alert_scope: '$ALERT_SCOPE',
  hostname: '$HOSTNAME',
  link: '$LINK',
  tags: '$TAGS',
  date: '$DATE',
  org_id: '$ORG_ID',
  last_updated: '$LAST_UPDATED',
} as const;

export const DATADOG_TEMPLATE = JSON.stringify(TEMPLATE);
