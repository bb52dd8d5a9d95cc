import type { JsonValue } from '../../../kernel/canonical-json.ts';
import type { AlertDialect } from '../../alert-dialect.ts';
import { at, textAt } from '../../json-reading.ts';

/** Alerts that Grafana makes up where a rule could not be judged. They carry labels and annotations of that rule. */
const UNJUDGED: ReadonlyMap<string, string> = new Map([
  ['DatasourceNoData', 'No data'],
  ['DatasourceError', 'Error'],
]);

export const grafanaDialect: AlertDialect = {
  sender: 'Grafana',
  scope: (body) => {
    const orgId = at(body, 'orgId');
    return typeof orgId === 'number' ? String(orgId) : textAt(orgId);
  },
  title: unjudgedTitle,
  urls: (alert) => ['generatorURL', 'dashboardURL', 'panelURL'].map((field) => textAt(alert, field)),
  resolveText: (alert) => textAt(alert, 'annotations', 'grafana_state_reason'),
  otherBodies:
    'a webhook contact point of Grafana Alerting sends one; leave its custom payload empty. Legacy alerting, which ' +
    'Grafana 11 took out, is not read',
};

/** The rule's summary would claim what nobody measured. */
function unjudgedTitle(alert: JsonValue): string | null {
  const what = UNJUDGED.get(textAt(alert, 'labels', 'alertname') ?? '');
  const rule = textAt(alert, 'labels', 'rulename');
  return what === undefined || rule === null ? null : `${what}: ${rule}`;
}
