import type { Provider } from './provider.ts';
import { alertmanager } from './providers/alertmanager.ts';
import { cloudevents } from './providers/cloudevents.ts';
import { datadog } from './providers/datadog.ts';
import { generic } from './providers/generic.ts';
import { github } from './providers/github.ts';
import { grafana } from './providers/grafana.ts';
import { opsgenie } from './providers/opsgenie.ts';
import { pagerduty } from './providers/pagerduty.ts';
import { sentry } from './providers/sentry.ts';
import { createSns } from './providers/sns.ts';
import { statuspage } from './providers/statuspage.ts';

/** Providers by the name in the URL. */
export type ProviderRegistry = ReadonlyMap<string, Provider>;

const PROVIDERS: readonly Provider[] = [
  github,
  pagerduty,
  generic,
  alertmanager,
  grafana,
  datadog,
  opsgenie,
  sentry,
  statuspage,
  cloudevents,
];

export function createRegistry(): ProviderRegistry {
  return new Map([...PROVIDERS, createSns()].map((provider) => [provider.name, provider]));
}
