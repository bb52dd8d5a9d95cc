/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query OpenIncidents($after: String) {\n  incidents(filter: {status: [OPEN, ACKNOWLEDGED]}, first: 50, after: $after) {\n    nodes {\n      id\n      title\n      severity\n      status\n      service\n      openedAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.OpenIncidentsDocument,
    "query OneIncident($id: ID!) {\n  incident(id: $id) {\n    title\n    description\n    severity\n    status\n    source\n    openedAt\n    acknowledgedAt\n    resolvedAt\n    timeline(first: 100) {\n      nodes {\n        kind\n        text\n        occurredAt\n        actor\n        deployment {\n          repository\n          sha\n          url\n        }\n      }\n    }\n    evidence(first: 10) {\n      nodes {\n        kind\n        title\n        url\n      }\n    }\n  }\n}": typeof types.OneIncidentDocument,
    "mutation CreateIncident($title: String! = \"Checkout is down\", $severity: Severity! = HIGH, $key: String) {\n  createIncident(\n    input: {title: $title, severity: $severity, clientMutationKey: $key}\n  ) {\n    incident {\n      id\n      title\n    }\n    errors {\n      code\n      message\n      path\n    }\n  }\n}\n\nmutation AcknowledgeIncident($id: ID!, $note: String) {\n  acknowledgeIncident(input: {id: $id, note: $note}) {\n    incident {\n      status\n      acknowledgedAt\n    }\n    errors {\n      code\n      message\n      path\n    }\n  }\n}\n\nmutation AddNote($id: ID!, $text: String! = \"The payment provider is down.\") {\n  addTimelineEntry(input: {incidentId: $id, text: $text}) {\n    timelineEntry {\n      id\n    }\n    errors {\n      code\n      message\n      path\n    }\n  }\n}": typeof types.CreateIncidentDocument,
    "subscription Events($after: Sequence) {\n  events(after: $after) {\n    __typename\n    sequence\n    snapshot {\n      incidentId\n      title\n      severity\n      status\n    }\n    ... on IncidentUpdated {\n      changes {\n        field\n        from\n        to\n      }\n    }\n    ... on TimelineUpdated {\n      entries {\n        kind\n        text\n      }\n    }\n    ... on EvidenceAdded {\n      evidence {\n        kind\n        title\n      }\n    }\n  }\n}\n\nquery EventLog {\n  eventLog {\n    head\n  }\n}": typeof types.EventsDocument,
    "query Search($text: String! = \"checkout\", $after: String) {\n  incidents(\n    filter: {text: $text, severity: [CRITICAL, HIGH]}\n    first: 20\n    after: $after\n  ) {\n    nodes {\n      id\n      title\n      severity\n      status\n      openedAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.SearchDocument,
};
const documents: Documents = {
    "query OpenIncidents($after: String) {\n  incidents(filter: {status: [OPEN, ACKNOWLEDGED]}, first: 50, after: $after) {\n    nodes {\n      id\n      title\n      severity\n      status\n      service\n      openedAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.OpenIncidentsDocument,
    "query OneIncident($id: ID!) {\n  incident(id: $id) {\n    title\n    description\n    severity\n    status\n    source\n    openedAt\n    acknowledgedAt\n    resolvedAt\n    timeline(first: 100) {\n      nodes {\n        kind\n        text\n        occurredAt\n        actor\n        deployment {\n          repository\n          sha\n          url\n        }\n      }\n    }\n    evidence(first: 10) {\n      nodes {\n        kind\n        title\n        url\n      }\n    }\n  }\n}": types.OneIncidentDocument,
    "mutation CreateIncident($title: String! = \"Checkout is down\", $severity: Severity! = HIGH, $key: String) {\n  createIncident(\n    input: {title: $title, severity: $severity, clientMutationKey: $key}\n  ) {\n    incident {\n      id\n      title\n    }\n    errors {\n      code\n      message\n      path\n    }\n  }\n}\n\nmutation AcknowledgeIncident($id: ID!, $note: String) {\n  acknowledgeIncident(input: {id: $id, note: $note}) {\n    incident {\n      status\n      acknowledgedAt\n    }\n    errors {\n      code\n      message\n      path\n    }\n  }\n}\n\nmutation AddNote($id: ID!, $text: String! = \"The payment provider is down.\") {\n  addTimelineEntry(input: {incidentId: $id, text: $text}) {\n    timelineEntry {\n      id\n    }\n    errors {\n      code\n      message\n      path\n    }\n  }\n}": types.CreateIncidentDocument,
    "subscription Events($after: Sequence) {\n  events(after: $after) {\n    __typename\n    sequence\n    snapshot {\n      incidentId\n      title\n      severity\n      status\n    }\n    ... on IncidentUpdated {\n      changes {\n        field\n        from\n        to\n      }\n    }\n    ... on TimelineUpdated {\n      entries {\n        kind\n        text\n      }\n    }\n    ... on EvidenceAdded {\n      evidence {\n        kind\n        title\n      }\n    }\n  }\n}\n\nquery EventLog {\n  eventLog {\n    head\n  }\n}": types.EventsDocument,
    "query Search($text: String! = \"checkout\", $after: String) {\n  incidents(\n    filter: {text: $text, severity: [CRITICAL, HIGH]}\n    first: 20\n    after: $after\n  ) {\n    nodes {\n      id\n      title\n      severity\n      status\n      openedAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.SearchDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OpenIncidents($after: String) {\n  incidents(filter: {status: [OPEN, ACKNOWLEDGED]}, first: 50, after: $after) {\n    nodes {\n      id\n      title\n      severity\n      status\n      service\n      openedAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.ts').OpenIncidentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OneIncident($id: ID!) {\n  incident(id: $id) {\n    title\n    description\n    severity\n    status\n    source\n    openedAt\n    acknowledgedAt\n    resolvedAt\n    timeline(first: 100) {\n      nodes {\n        kind\n        text\n        occurredAt\n        actor\n        deployment {\n          repository\n          sha\n          url\n        }\n      }\n    }\n    evidence(first: 10) {\n      nodes {\n        kind\n        title\n        url\n      }\n    }\n  }\n}"): typeof import('./graphql.ts').OneIncidentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation CreateIncident($title: String! = \"Checkout is down\", $severity: Severity! = HIGH, $key: String) {\n  createIncident(\n    input: {title: $title, severity: $severity, clientMutationKey: $key}\n  ) {\n    incident {\n      id\n      title\n    }\n    errors {\n      code\n      message\n      path\n    }\n  }\n}\n\nmutation AcknowledgeIncident($id: ID!, $note: String) {\n  acknowledgeIncident(input: {id: $id, note: $note}) {\n    incident {\n      status\n      acknowledgedAt\n    }\n    errors {\n      code\n      message\n      path\n    }\n  }\n}\n\nmutation AddNote($id: ID!, $text: String! = \"The payment provider is down.\") {\n  addTimelineEntry(input: {incidentId: $id, text: $text}) {\n    timelineEntry {\n      id\n    }\n    errors {\n      code\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.ts').CreateIncidentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription Events($after: Sequence) {\n  events(after: $after) {\n    __typename\n    sequence\n    snapshot {\n      incidentId\n      title\n      severity\n      status\n    }\n    ... on IncidentUpdated {\n      changes {\n        field\n        from\n        to\n      }\n    }\n    ... on TimelineUpdated {\n      entries {\n        kind\n        text\n      }\n    }\n    ... on EvidenceAdded {\n      evidence {\n        kind\n        title\n      }\n    }\n  }\n}\n\nquery EventLog {\n  eventLog {\n    head\n  }\n}"): typeof import('./graphql.ts').EventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Search($text: String! = \"checkout\", $after: String) {\n  incidents(\n    filter: {text: $text, severity: [CRITICAL, HIGH]}\n    first: 20\n    after: $after\n  ) {\n    nodes {\n      id\n      title\n      severity\n      status\n      openedAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.ts').SearchDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
