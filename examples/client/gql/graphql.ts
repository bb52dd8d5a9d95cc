/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Kinds of evidence. */
export type EvidenceKind =
  /** A change that reached production. */
  | 'DEPLOYMENT'
  /** A link to something elsewhere. */
  | 'LINK'
  /** An excerpt of a log. */
  | 'LOG'
  /** A measurement. */
  | 'METRIC'
  /** Words of a person. */
  | 'NOTE'
  /** What a source sent. */
  | 'PAYLOAD'
  /** A picture, by its link. */
  | 'SCREENSHOT';

/** Where an incident stands. */
export type IncidentStatus =
  /** Somebody is on it. */
  | 'ACKNOWLEDGED'
  /** Nobody is on it yet. */
  | 'OPEN'
  /** It is over. */
  | 'RESOLVED';

/** How bad an incident is, worst first. */
export type Severity =
  /** Everything stops until it is mended. */
  | 'CRITICAL'
  /** Users notice, or soon will. */
  | 'HIGH'
  /** Worth knowing. */
  | 'INFO'
  /** Worth a look some time. */
  | 'LOW'
  /** Worth a look today. */
  | 'MEDIUM';

/** What a timeline entry tells. */
export type TimelineEntryKind =
  /** Somebody took it on. */
  | 'ACKNOWLEDGED'
  /** A change reached production about that time, of the same service or of none. */
  | 'DEPLOYMENT'
  /** A signal that came too late to change anything. */
  | 'LATE'
  /** A text of a person or a source. */
  | 'NOTE'
  /** The incident began. */
  | 'OPENED'
  /** It began again. */
  | 'REOPENED'
  /** It was over. */
  | 'RESOLVED'
  /** Nobody is on it any more. */
  | 'UNACKNOWLEDGED'
  /** Fields changed. */
  | 'UPDATED';

/** Kinds of refusal. */
export type UserErrorCode =
  /** The object, or another one, is in a state that rules it out. Read it again before trying anew. */
  | 'CONFLICT'
  /** A value is missing, malformed, too long or not allowed. */
  | 'INVALID'
  /** There is no such object (any more). */
  | 'NOT_FOUND';

export type OpenIncidentsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type OpenIncidentsQuery = { readonly incidents: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly title: string, readonly severity: Severity, readonly status: IncidentStatus, readonly service: string | null, readonly openedAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type OneIncidentQueryVariables = Exact<{
  id: string;
}>;


export type OneIncidentQuery = { readonly incident: { readonly title: string, readonly description: string, readonly severity: Severity, readonly status: IncidentStatus, readonly source: string, readonly openedAt: string, readonly acknowledgedAt: string | null, readonly resolvedAt: string | null, readonly timeline: { readonly nodes: ReadonlyArray<{ readonly kind: TimelineEntryKind, readonly text: string, readonly occurredAt: string, readonly actor: string | null, readonly deployment: { readonly repository: string, readonly sha: string | null, readonly url: string | null } | null }> }, readonly evidence: { readonly nodes: ReadonlyArray<{ readonly kind: EvidenceKind, readonly title: string, readonly url: string | null }> } } | null };

export type CreateIncidentMutationVariables = Exact<{
  title?: string;
  severity?: Severity;
  key?: string | null | undefined;
}>;


export type CreateIncidentMutation = { readonly createIncident: { readonly incident: { readonly id: string, readonly title: string } | null, readonly errors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type AcknowledgeIncidentMutationVariables = Exact<{
  id: string;
  note?: string | null | undefined;
}>;


export type AcknowledgeIncidentMutation = { readonly acknowledgeIncident: { readonly incident: { readonly status: IncidentStatus, readonly acknowledgedAt: string | null } | null, readonly errors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type AddNoteMutationVariables = Exact<{
  id: string;
  text?: string;
}>;


export type AddNoteMutation = { readonly addTimelineEntry: { readonly timelineEntry: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type EventsSubscriptionVariables = Exact<{
  after?: number | null | undefined;
}>;


export type EventsSubscription = { readonly events:
    | { readonly __typename: 'EvidenceAdded', readonly sequence: number, readonly evidence: ReadonlyArray<{ readonly kind: EvidenceKind, readonly title: string }>, readonly snapshot: { readonly incidentId: string, readonly title: string, readonly severity: Severity, readonly status: IncidentStatus } }
    | { readonly __typename: 'IncidentCreated', readonly sequence: number, readonly snapshot: { readonly incidentId: string, readonly title: string, readonly severity: Severity, readonly status: IncidentStatus } }
    | { readonly __typename: 'IncidentUpdated', readonly sequence: number, readonly changes: ReadonlyArray<{ readonly field: string, readonly from: string | null, readonly to: string | null }>, readonly snapshot: { readonly incidentId: string, readonly title: string, readonly severity: Severity, readonly status: IncidentStatus } }
    | { readonly __typename: 'TimelineUpdated', readonly sequence: number, readonly entries: ReadonlyArray<{ readonly kind: TimelineEntryKind, readonly text: string }>, readonly snapshot: { readonly incidentId: string, readonly title: string, readonly severity: Severity, readonly status: IncidentStatus } }
   };

export type EventLogQueryVariables = Exact<{ [key: string]: never; }>;


export type EventLogQuery = { readonly eventLog: { readonly head: number } };

export type SearchQueryVariables = Exact<{
  text?: string;
  after?: string | null | undefined;
}>;


export type SearchQuery = { readonly incidents: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly title: string, readonly severity: Severity, readonly status: IncidentStatus, readonly openedAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const OpenIncidentsDocument = new TypedDocumentString(`
    query OpenIncidents($after: String) {
  incidents(filter: {status: [OPEN, ACKNOWLEDGED]}, first: 50, after: $after) {
    nodes {
      id
      title
      severity
      status
      service
      openedAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<OpenIncidentsQuery, OpenIncidentsQueryVariables>;
export const OneIncidentDocument = new TypedDocumentString(`
    query OneIncident($id: ID!) {
  incident(id: $id) {
    title
    description
    severity
    status
    source
    openedAt
    acknowledgedAt
    resolvedAt
    timeline(first: 100) {
      nodes {
        kind
        text
        occurredAt
        actor
        deployment {
          repository
          sha
          url
        }
      }
    }
    evidence(first: 10) {
      nodes {
        kind
        title
        url
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OneIncidentQuery, OneIncidentQueryVariables>;
export const CreateIncidentDocument = new TypedDocumentString(`
    mutation CreateIncident($title: String! = "Checkout is down", $severity: Severity! = HIGH, $key: String) {
  createIncident(
    input: {title: $title, severity: $severity, clientMutationKey: $key}
  ) {
    incident {
      id
      title
    }
    errors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<CreateIncidentMutation, CreateIncidentMutationVariables>;
export const AcknowledgeIncidentDocument = new TypedDocumentString(`
    mutation AcknowledgeIncident($id: ID!, $note: String) {
  acknowledgeIncident(input: {id: $id, note: $note}) {
    incident {
      status
      acknowledgedAt
    }
    errors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<AcknowledgeIncidentMutation, AcknowledgeIncidentMutationVariables>;
export const AddNoteDocument = new TypedDocumentString(`
    mutation AddNote($id: ID!, $text: String! = "The payment provider is down.") {
  addTimelineEntry(input: {incidentId: $id, text: $text}) {
    timelineEntry {
      id
    }
    errors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<AddNoteMutation, AddNoteMutationVariables>;
export const EventsDocument = new TypedDocumentString(`
    subscription Events($after: Sequence) {
  events(after: $after) {
    __typename
    sequence
    snapshot {
      incidentId
      title
      severity
      status
    }
    ... on IncidentUpdated {
      changes {
        field
        from
        to
      }
    }
    ... on TimelineUpdated {
      entries {
        kind
        text
      }
    }
    ... on EvidenceAdded {
      evidence {
        kind
        title
      }
    }
  }
}
    `) as unknown as TypedDocumentString<EventsSubscription, EventsSubscriptionVariables>;
export const EventLogDocument = new TypedDocumentString(`
    query EventLog {
  eventLog {
    head
  }
}
    `) as unknown as TypedDocumentString<EventLogQuery, EventLogQueryVariables>;
export const SearchDocument = new TypedDocumentString(`
    query Search($text: String! = "checkout", $after: String) {
  incidents(
    filter: {text: $text, severity: [CRITICAL, HIGH]}
    first: 20
    after: $after
  ) {
    nodes {
      id
      title
      severity
      status
      openedAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;