import { SEVERITIES } from './incident.ts';
import { NO_SETTINGS } from './webhook-endpoint.ts';
import type { EndpointSettings } from './webhook-endpoint.ts';

type SettingColumns = Partial<Record<keyof EndpointSettings, unknown>>;

/** The settings that a row holds, and what is wrong with them. */
export function readEndpointSettings(columns: SettingColumns): {
  settings: EndpointSettings;
  reasons: string[];
} {
  const minSeverity = SEVERITIES.find((severity) => severity === columns.minSeverity) ?? null;
  return { settings: { ...NO_SETTINGS, minSeverity }, reasons: [] };
}
