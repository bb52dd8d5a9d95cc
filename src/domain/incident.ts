/** Severities, worst first. */
export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const INCIDENT_STATUSES = ['OPEN', 'ACKNOWLEDGED', 'RESOLVED'] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/** What a source or a person says about an incident, apart from its status. */
export interface IncidentFields {
  title: string;
  /** Empty when nobody described it. */
  description: string;
  severity: Severity;
  /** The service it concerns; null when unknown. */
  service: string | null;
  /** Where the source shows it. */
  url: string | null;
  /** What the payload calls its source. Keys use the registered source's name instead. */
  source: string;
}

/** An incident as readers see it: the folded result, without what the fold keeps to itself. */
export interface Incident extends IncidentFields {
  id: string;
  /** The registered source's name: the first half of the incident's key. */
  keySource: string;
  /** The provider's id or the sender's key; null where OpsLens had to make one up. */
  externalKey: string | null;
  status: IncidentStatus;
  /** When it was first stored. */
  createdAt: Date;
  /** From the replay of its signals, like the two below. */
  openedAt: Date;
  acknowledgedAt: Date | null;
  resolvedAt: Date | null;
  /** When an event last changed it. */
  updatedAt: Date;
  /** Trigger signals received, the first included. */
  triggerCount: number;
  /** When its source last gave a sign of it. */
  lastSeenAt: Date;
}
