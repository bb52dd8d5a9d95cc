import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ApiKey as ApiKeyEntity } from '../../domain/api-key.ts';
import type { Attempt as AttemptEntity, Delivery as DeliveryEntity } from '../../domain/delivery.ts';
import type { DeliveryExplanation as DeliveryExplanationEntity } from '../../domain/delivery-explanation.ts';
import type { Deployment as DeploymentEntity } from '../../domain/deployment.ts';
import type { ShownHealth as ShownHealthEntity } from '../../domain/shown-health.ts';
import type { Event as EventEntity, IncidentSnapshot as IncidentSnapshotEntity, UnnumberedEvent as UnnumberedEventEntity } from '../../domain/event.ts';
import type { Evidence as EvidenceEntity } from '../../domain/evidence.ts';
import type { EvidenceOfEvent as EvidenceOfEventEntity, EntryOfEvent as EntryOfEventEntity } from '../events/event-parts.ts';
import type { Incident as IncidentEntity } from '../../domain/incident.ts';
import type { PreviewedDeployment as PreviewedDeploymentEntity, PreviewedIncident as PreviewedIncidentEntity } from '../../commands/preview-submission.ts';
import type { Signal as SignalEntity } from '../../domain/signal.ts';
import type { Receipt as ReceiptEntity } from '../../domain/receipt.ts';
import type { Recovery as RecoveryEntity } from '../../domain/recovery.ts';
import type { RegisteredSource as RegisteredSourceEntity, SealedSecret as SealedSecretEntity } from '../../domain/source.ts';
import type { TimelineEntry as TimelineEntryEntity } from '../../domain/timeline-entry.ts';
import type { Principal as PrincipalEntity } from '../../access/principal.ts';
import type { WebhookEndpoint as WebhookEndpointEntity } from '../../domain/webhook-endpoint.ts';
import type { WebhookPreview as WebhookPreviewEntity } from '../../commands/webhook-preview.ts';
import type { Connection as ConnectionEntity } from '../paging/connection.ts';
import type { GraphqlContext } from '../graphql-context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /**
   * A moment as RFC 3339 text in UTC with milliseconds, such as `2025-12-18T12:00:00.000Z`. As input, any RFC 3339 date and
   * time with a zone is taken; any other text is refused before anything runs.
   */
  DateTime: { input: Date; output: Date; }
  /**
   * The number of an event: a safe integer from 0 up, written as a JSON number. Numbers have no gaps and one order over all
   * events.
   */
  Sequence: { input: number; output: number; }
};

/** An incident to acknowledge. */
export type AcknowledgeIncidentInput = {
  /** The incident's id. */
  readonly id: Scalars['ID']['input'];
  /** Shown on the timeline; at most 65,536 characters. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
};

/** The incident that was acknowledged. */
export type AcknowledgeIncidentPayload = {
  readonly __typename?: 'AcknowledgeIncidentPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The incident as it then is; null where it was refused. */
  readonly incident?: Maybe<Incident>;
};

/** Evidence to add. Either `text` or `url` must be given. */
export type AddEvidenceInput = {
  /**
   * Made up by the client, 1 to 200 characters: adding again with the same key to the same incident answers with the evidence
   * that was added first, whatever else is given, and adds none. It holds as long as the incident. Use a UUID: keys are the same
   * for all callers, so that what another caller added under one is what is answered.
   */
  readonly clientMutationKey?: InputMaybe<Scalars['String']['input']>;
  /** The incident's id. */
  readonly incidentId: Scalars['ID']['input'];
  /** What kind of evidence. */
  readonly kind: EvidenceKind;
  /** When what it shows happened; now unless given. */
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The excerpt, at most 65,536 characters. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 1,000 characters. */
  readonly title: Scalars['String']['input'];
  /** An http or https address, at most 2,048 characters. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
};

/** The evidence that was added. */
export type AddEvidencePayload = {
  readonly __typename?: 'AddEvidencePayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The evidence; null where it was refused. */
  readonly evidence?: Maybe<Evidence>;
  /** The incident as it then is; null where it was refused. */
  readonly incident?: Maybe<Incident>;
};

/** A note for a timeline. */
export type AddTimelineEntryInput = {
  /**
   * Made up by the client, 1 to 200 characters: adding again with the same key to the same incident answers with the entry
   * that was added first, whatever else is given, and adds none. It holds as long as the incident. Use a UUID: keys are the same
   * for all callers, so that what another caller added under one is what is answered.
   */
  readonly clientMutationKey?: InputMaybe<Scalars['String']['input']>;
  /** The incident's id. */
  readonly incidentId: Scalars['ID']['input'];
  /** When it happened; now unless given. */
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** 1 to 65,536 characters. */
  readonly text: Scalars['String']['input'];
};

/** The entry that was added. */
export type AddTimelineEntryPayload = {
  readonly __typename?: 'AddTimelineEntryPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The incident as it then is; null where it was refused. */
  readonly incident?: Maybe<Incident>;
  /** The entry; null where it was refused. */
  readonly timelineEntry?: Maybe<TimelineEntry>;
};

/** A key to this API, as it may be shown: `Authorization: Bearer <key>` or `X-API-Key` over HTTP, the same names in `connectionParams` over WebSocket. */
export type ApiKey = {
  readonly __typename?: 'ApiKey';
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Who made it; null where nobody had to say who they are. */
  readonly createdBy?: Maybe<Scalars['String']['output']>;
  /** From when on it is no longer taken; null for never. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The first characters of the key, to tell it from others. */
  readonly hint: Scalars['String']['output'];
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** When it was last used, to the minute; null while it never was. */
  readonly lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who or what uses it, as timelines show it. */
  readonly name: Scalars['String']['output'];
  /** When it was revoked; null while it is not. */
  readonly revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who revoked it. */
  readonly revokedBy?: Maybe<Scalars['String']['output']>;
  /** What it allows. */
  readonly scopes: ReadonlyArray<Scope>;
  /** Whether it is taken. */
  readonly state: ApiKeyState;
};

/** A page of API keys. */
export type ApiKeyConnection = {
  readonly __typename?: 'ApiKeyConnection';
  /** The keys with their cursors. */
  readonly edges: ReadonlyArray<ApiKeyEdge>;
  /** The keys alone. */
  readonly nodes: ReadonlyArray<ApiKey>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are on all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An API key in a list. */
export type ApiKeyEdge = {
  readonly __typename?: 'ApiKeyEdge';
  /** To go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The key. */
  readonly node: ApiKey;
};

/** Whether a key is taken. */
export type ApiKeyState =
  /** It is. */
  | 'ACTIVE'
  /** Its time is over. */
  | 'EXPIRED'
  /** Somebody ended it. */
  | 'REVOKED';

/** One HTTP push of a delivery. */
export type Attempt = {
  readonly __typename?: 'Attempt';
  /** When it began. */
  readonly at: Scalars['DateTime']['output'];
  /** How long it took, in milliseconds. */
  readonly durationMs: Scalars['Int']['output'];
  /** Why it failed; null where it did not. */
  readonly error?: Maybe<Scalars['String']['output']>;
  /** Whether a person asked for it, by sending the delivery again. The retries that follow are automatic. */
  readonly manual: Scalars['Boolean']['output'];
  /** What became of it. */
  readonly outcome: AttemptOutcome;
  /** The first 16 KB of the answer, as text; null when there was none. */
  readonly responseBody?: Maybe<Scalars['String']['output']>;
  /** The HTTP status; null when no answer came. */
  readonly status?: Maybe<Scalars['Int']['output']>;
};

/** What became of an attempt. */
export type AttemptOutcome =
  /** The endpoint answered 2xx. */
  | 'DELIVERED'
  /** It did not. */
  | 'FAILED';

/** A recovery to stop. */
export type CancelRecoveryInput = {
  /** The recovery's id. */
  readonly id: Scalars['ID']['input'];
};

/** The recovery that was stopped. */
export type CancelRecoveryPayload = {
  readonly __typename?: 'CancelRecoveryPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The recovery as it then is; null where it was refused. */
  readonly recovery?: Maybe<Recovery>;
};

/** What a new API key is for. */
export type CreateApiKeyInput = {
  /**
   * Made up by the client, 1 to 200 characters: creating again with the same client key answers with the API key that was made
   * first, without the key itself, and makes none. Use a UUID: client keys are the same for all callers, so that what another
   * caller made under one is what is answered.
   */
  readonly clientMutationKey?: InputMaybe<Scalars['String']['input']>;
  /** From when on it is no longer taken: in the future. Null for never. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Who or what will use it, 1 to 100 characters. Not unique, but timelines show it. */
  readonly name: Scalars['String']['input'];
  /** What it is to allow. `RESPOND` and `ADMIN` each bring `READ` with them. */
  readonly scopes: ReadonlyArray<Scope>;
};

/** What became of it. */
export type CreateApiKeyPayload = {
  readonly __typename?: 'CreateApiKeyPayload';
  /** The key's record; null if it was refused. */
  readonly apiKey?: Maybe<ApiKey>;
  /** Why it was refused; else empty. */
  readonly errors: ReadonlyArray<UserError>;
  /** The key itself, shown this once; null if it was refused or made before. */
  readonly key?: Maybe<Scalars['String']['output']>;
};

/** An incident to open. */
export type CreateIncidentInput = {
  /**
   * Made up by the client, 1 to 200 characters: creating again with the same key answers with the incident that was created
   * first, whatever else is given, and creates none. It holds for ever. Use a UUID: keys are the same for all callers, so that
   * what another caller created under one, however long ago, is what is answered.
   */
  readonly clientMutationKey?: InputMaybe<Scalars['String']['input']>;
  /** At most 65,536 characters. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** The service it concerns, 1 to 200 characters. */
  readonly service?: InputMaybe<Scalars['String']['input']>;
  /** How bad it is. */
  readonly severity?: Severity;
  /** 1 to 1,000 characters. */
  readonly title: Scalars['String']['input'];
  /** An http or https address that shows more, at most 2,048 characters. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
};

/** The incident that was created. */
export type CreateIncidentPayload = {
  readonly __typename?: 'CreateIncidentPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The incident; null where it was refused. */
  readonly incident?: Maybe<Incident>;
};

/** A source to register. */
export type CreateSourceInput = {
  /**
   * Made up by the client, 1 to 200 characters: creating again with the same key answers with the source that was created
   * first, as it now is and whatever else is given, without the secret, and creates none. It is forgotten with the source. Where
   * the first answer was lost, rotate the secret. Use a UUID: keys are the same for all callers, so that what another caller
   * created under one is what is answered.
   */
  readonly clientMutationKey?: InputMaybe<Scalars['String']['input']>;
  /** What it is, at most 1,000 characters. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** Whether its webhooks take effect from the start. */
  readonly enabled?: Scalars['Boolean']['input'];
  /** Its name in the path: 1 to 63 lower-case letters, digits, hyphens and underscores, beginning with a letter or digit. `CONFLICT` where another source has it or was created with it, or where it is a provider's. */
  readonly name: Scalars['String']['input'];
  /** Which tool it is: a provider that `GET /api/v1/webhooks/test` lists. */
  readonly provider: Scalars['String']['input'];
  /** Webhooks a second that it may send over a longer time, 0.01 to 100,000. Absent: what all sources have. */
  readonly ratePerSecond?: InputMaybe<Scalars['Float']['input']>;
  /** The secret that the sender has, 8 to 512 characters. Absent: a strong one is made and shown in the answer, once, unless the sender signs with a key of its own. */
  readonly secret?: InputMaybe<Scalars['String']['input']>;
  /** What the provider wants to know beside the secret. */
  readonly settings?: InputMaybe<ReadonlyArray<SourceSettingInput>>;
  /** True for a source that is to have no secret. */
  readonly withoutSecret?: Scalars['Boolean']['input'];
};

/** The source that was registered. */
export type CreateSourcePayload = {
  readonly __typename?: 'CreateSourcePayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The secret, if it was made for you: shown here only, never again. Null where you gave one, and where there is none. */
  readonly secret?: Maybe<Scalars['String']['output']>;
  /** The source; null where it was refused. */
  readonly source?: Maybe<Source>;
};

/** A receiver to register. */
export type CreateWebhookEndpointInput = {
  /**
   * Made up by the client, 1 to 200 characters: creating again with the same key answers with the endpoint that was created
   * first, as it now is and whatever else is given, without the secret, and creates none. It is forgotten with the endpoint.
   * Where the first answer was lost, rotate the secret. Use a UUID: keys are the same for all callers, so that what another
   * caller created under one is what is answered.
   */
  readonly clientMutationKey?: InputMaybe<Scalars['String']['input']>;
  /** What it is, at most 1,000 characters. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** The types of events it wants, at least one. */
  readonly events: ReadonlyArray<EventType>;
  /** Headers that each webhook is to carry, at most 10, of 4,096 characters in all. Values are visible ASCII. Not what frames a request (`Host`, `Content-*`, `Connection` and the like), nor `User-Agent`, `Date`, `Cookie`, `Proxy-*`, `Webhook-*`, `X-Webhook-*`, `X-OpsLens-*`. */
  readonly headers?: InputMaybe<ReadonlyArray<WebhookEndpointHeaderInput>>;
  /** Whether it receives from the start. */
  readonly isActive?: Scalars['Boolean']['input'];
  /** At most so many webhooks wait for its answer at the same time, 1 to 32. */
  readonly maxInFlight?: InputMaybe<Scalars['Int']['input']>;
  /** No events of incidents below this severity. An event that lowers an incident from it still comes. */
  readonly minSeverity?: InputMaybe<Severity>;
  /** Whether its webhooks are signed with the key pair of this installation too, so that the receiver can verify them without holding a secret: `webhook-signature` then lists a `v1a` entry (Ed25519 over `webhook-id.webhook-timestamp.body`) by one of the public keys at `/.well-known/webhook-keys`, a JWK set. Costs about a fifth of a push more. */
  readonly publicKeySignature?: Scalars['Boolean']['input'];
  /** At most so many webhooks are sent to it a second, 0.1 to 1,000. */
  readonly ratePerSecond?: InputMaybe<Scalars['Float']['input']>;
  /** What webhooks are signed with. Absent: a strong one is made and shown in the answer, once. */
  readonly secret?: InputMaybe<Scalars['String']['input']>;
  /** Only events of incidents of one of these services, as `Incident.service` shows them, so none of incidents without a service; at most 100, each at most 200 characters. */
  readonly services?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only events of incidents with one of these sources, as `Incident.source` shows them; at most 100, each at most 200 characters. */
  readonly sources?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** An http or https address, at most 2,048 characters. */
  readonly url: Scalars['String']['input'];
};

/** The endpoint that was registered. */
export type CreateWebhookEndpointPayload = {
  readonly __typename?: 'CreateWebhookEndpointPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The secret, if it was made for you: shown here only, never again. Null where you gave one. */
  readonly secret?: Maybe<Scalars['String']['output']>;
  /** The endpoint; null where it was refused. */
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
};

/** Times from `from` up to, not including, `until`. An absent bound does not limit. */
export type DateTimeRange = {
  /** The first moment that is within. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** The first moment that is no longer within. */
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A source to remove. */
export type DeleteSourceInput = {
  /** The source's id. */
  readonly id: Scalars['ID']['input'];
};

/** The source that was removed. */
export type DeleteSourcePayload = {
  readonly __typename?: 'DeleteSourcePayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The source as it last was; null where it was refused. */
  readonly source?: Maybe<Source>;
};

/** An endpoint to remove. */
export type DeleteWebhookEndpointInput = {
  /** The endpoint's id. */
  readonly id: Scalars['ID']['input'];
};

/** The endpoint that was removed. */
export type DeleteWebhookEndpointPayload = {
  readonly __typename?: 'DeleteWebhookEndpointPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The endpoint as it last was; null where it was refused. */
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
};

/** One event, or one test event, for one endpoint. */
export type Delivery = {
  readonly __typename?: 'Delivery';
  /** How many attempts were made. */
  readonly attemptCount: Scalars['Int']['output'];
  /** The newest attempts, at most 20, oldest first. */
  readonly attempts: ReadonlyArray<Attempt>;
  /** When it ended; null while it is open. */
  readonly completedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it may be sent (again). Means nothing once it has ended. */
  readonly dueAt: Scalars['DateTime']['output'];
  /** The endpoint; null where it was removed. */
  readonly endpoint?: Maybe<WebhookEndpoint>;
  /** The event; null where it is no longer kept, and of a test event. */
  readonly event?: Maybe<Event>;
  /** The event's type; of a test event the type of which a sample is sent. */
  readonly eventType: EventType;
  /** Opaque and stable. Outgoing webhooks carry it as `X-OpsLens-Delivery`. */
  readonly id: Scalars['ID']['output'];
  /** The incident that the event is about; null of a test event. */
  readonly incident?: Maybe<Incident>;
  /** Whether it is a test event, sent by `sendTestEvent`. */
  readonly isTest: Scalars['Boolean']['output'];
  /** The number of the event before it that was for this endpoint; null on its first. */
  readonly previousSequence?: Maybe<Scalars['Sequence']['output']>;
  /** That a person had it sent again, the last time; null where nobody did. */
  readonly redelivery?: Maybe<Redelivery>;
  /** The event's number; 0 of a test event. */
  readonly sequence: Scalars['Sequence']['output'];
  /** Where it stands. */
  readonly state: DeliveryState;
  /** The delivery that made this one needless; null where none did, or where it is no longer kept. */
  readonly supersededBy?: Maybe<Delivery>;
  /** Numbers of the events that this one made needless while it waited. Outgoing webhooks list them as `X-OpsLens-Superseded`. */
  readonly supersedes: ReadonlyArray<Scalars['Sequence']['output']>;
};

/** A page of deliveries. */
export type DeliveryConnection = {
  readonly __typename?: 'DeliveryConnection';
  /** The deliveries with their cursors. */
  readonly edges: ReadonlyArray<DeliveryEdge>;
  /** The deliveries alone. */
  readonly nodes: ReadonlyArray<Delivery>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many deliveries the whole list has; null where they are more than 10,000, or take longer than a second to count. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A delivery in a list. */
export type DeliveryEdge = {
  readonly __typename?: 'DeliveryEdge';
  /** Its place in the list. Opaque. */
  readonly cursor: Scalars['String']['output'];
  /** The delivery. */
  readonly node: Delivery;
};

/** Why an event was, was not or will be sent to an endpoint. */
export type DeliveryExplanation = {
  readonly __typename?: 'DeliveryExplanation';
  /** The delivery; null where none was made. */
  readonly delivery?: Maybe<Delivery>;
  /** By what the endpoint, as it is now, does not get the event; null where it would. */
  readonly filteredBy?: Maybe<DeliveryFilteredBy>;
  /** It is not sent before; null where no attempt is planned. */
  readonly nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** The answer for people, with times, numbers and what to do. */
  readonly sentence: Scalars['String']['output'];
  /** The delivery that made it needless; null where none did. */
  readonly supersededBy?: Maybe<Delivery>;
  /** The answer, for programs. */
  readonly verdict: DeliveryVerdict;
  /** The delivery ahead of it in its lane, which has to end first; null where there is none. */
  readonly waitsBehind?: Maybe<Delivery>;
};

/** Which deliveries. All that is given must match; within a list any value does. */
export type DeliveryFilter = {
  /** Only those of this endpoint. */
  readonly endpointId?: InputMaybe<Scalars['ID']['input']>;
  /** Only those of this event. */
  readonly eventId?: InputMaybe<Scalars['ID']['input']>;
  /** When their events were made: seconds at most before they were stored (`recordedAt`). None of test events then. */
  readonly eventMadeAt?: InputMaybe<DateTimeRange>;
  /** Only those of events of one of these types, at most 50. Counts as 500 items of lists: see `PageInfo`. */
  readonly eventType?: InputMaybe<ReadonlyArray<EventType>>;
  /** Only those in one of these states, at most 50. */
  readonly state?: InputMaybe<ReadonlyArray<DeliveryState>>;
};

/** By what an endpoint does not get an event. */
export type DeliveryFilteredBy =
  /** OpsLens switched it off for its failures. */
  | 'DISABLED'
  /** Its owner switched it off. */
  | 'INACTIVE'
  /** Its row cannot be used. */
  | 'INVALID'
  /** The event is about the endpoint's own failing. */
  | 'OWN_FAILURE'
  /** It wants incidents of other services. */
  | 'SERVICE'
  /** The incident was not severe enough. */
  | 'SEVERITY'
  /** It wants incidents of other sources. */
  | 'SOURCE'
  /** It does not want events of the type. */
  | 'TYPE';

/** Where a delivery stands. `PENDING` and `WAITING` are open, the others final. */
export type DeliveryState =
  /** The endpoint was removed or switched off. */
  | 'CANCELLED'
  /** All attempts failed. */
  | 'DEAD'
  /** The endpoint answered 2xx. */
  | 'DELIVERED'
  /** It may be sent. */
  | 'PENDING'
  /** A newer one made it needless. */
  | 'SUPERSEDED'
  /** It, or one before it of the same incident, waits until `dueAt`. */
  | 'WAITING';

/** What became or becomes of an event for an endpoint. */
export type DeliveryVerdict =
  /** The endpoint was removed or switched off, or the event was no longer kept. */
  | 'CANCELLED'
  /** All attempts failed. */
  | 'DEAD'
  /** The endpoint answered 2xx. */
  | 'DELIVERED'
  /** The endpoint does not want it. `filteredBy` tells why not. */
  | 'FILTERED'
  /** The event was committed a moment ago and is not handed out yet. */
  | 'NOT_NUMBERED_YET'
  /** No delivery was made, though the endpoint would get it now: it was not registered, not receiving, or had other filters. */
  | 'NOT_REGISTERED_THEN'
  /** Somebody paused the endpoint. */
  | 'PAUSED'
  /** A newer update of the same incident made it needless. */
  | 'SUPERSEDED'
  /** There is no such endpoint. */
  | 'UNKNOWN_ENDPOINT'
  /** There is no such event, or it is no longer kept. */
  | 'UNKNOWN_EVENT'
  /** The endpoint fails or asked for a pause: nothing is sent to it but a try now and then. */
  | 'WAITS_FOR_ENDPOINT'
  /** An earlier event of the same incident has to go first. */
  | 'WAITS_FOR_LANE'
  /** It is next in its lane: it is sent as soon as it is due. */
  | 'WILL_BE_SENT';

/** A change that reached production. */
export type Deployment = {
  readonly __typename?: 'Deployment';
  /** Who made the change, as the source names them. */
  readonly author?: Maybe<Scalars['String']['output']>;
  /** Where it went, as the source names it; null where it names none, as for all kinds but `DEPLOYED`. */
  readonly environment?: Maybe<Scalars['String']['output']>;
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** How strong the claim is that it reached production. */
  readonly kind: DeploymentKind;
  /** When it happened; of what has an outcome, when it came to stand as it does. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** How it stands; null for the kinds that can only have happened: `PUSHED`, `PR_MERGED`, `RELEASE`. */
  readonly outcome?: Maybe<DeploymentOutcome>;
  /** The inbound webhook that told how it stands; null where that is no longer kept. */
  readonly receipt?: Maybe<Receipt>;
  /** When OpsLens learnt of it, as it now stands. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The repository as `owner/name`. */
  readonly repository: Scalars['String']['output'];
  /** The service it concerns: the repository's short name; null when it cannot be told. */
  readonly service?: Maybe<Scalars['String']['output']>;
  /** The commit; null when the source names none. */
  readonly sha?: Maybe<Scalars['String']['output']>;
  /** The registered source that told of it. */
  readonly source: Scalars['String']['output'];
  /** What changed, in one line. */
  readonly title: Scalars['String']['output'];
  /** Where the source shows it. */
  readonly url?: Maybe<Scalars['String']['output']>;
};

/** A page of deployments. */
export type DeploymentConnection = {
  readonly __typename?: 'DeploymentConnection';
  /** The deployments with their cursors. */
  readonly edges: ReadonlyArray<DeploymentEdge>;
  /** The deployments alone. */
  readonly nodes: ReadonlyArray<Deployment>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many deployments the whole list has; null where they are more than 1,000. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A deployment in a list. */
export type DeploymentEdge = {
  readonly __typename?: 'DeploymentEdge';
  /** Its place in the list. Opaque. */
  readonly cursor: Scalars['String']['output'];
  /** The deployment. */
  readonly node: Deployment;
};

/** Which deployments. All that is given must match; within a list any value does. */
export type DeploymentFilter = {
  /** The environment, as its source names it: any of these, at most 50. Counts as 500 items of lists: see `PageInfo`. */
  readonly environment?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The kind of change: any of these. Counts as 500 items of lists: see `PageInfo`. */
  readonly kind?: InputMaybe<ReadonlyArray<DeploymentKind>>;
  /** When it happened. */
  readonly occurredAt?: InputMaybe<DateTimeRange>;
  /** How it stands: any of these. Counts as 500 items of lists: see `PageInfo`. */
  readonly outcome?: InputMaybe<ReadonlyArray<DeploymentOutcome>>;
  /** The repository as `owner/name`: any of these, at most 50. */
  readonly repository?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The service it concerns: any of these, at most 50. */
  readonly service?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** Kinds of change, weakest claim first. */
export type DeploymentKind =
  /** A deployment was begun; its outcome tells whether it reached its environment. */
  | 'DEPLOYED'
  /** A pull request was merged. */
  | 'PR_MERGED'
  /** Commits were pushed to the default branch. */
  | 'PUSHED'
  /** A release was published. */
  | 'RELEASE'
  /** A workflow run on the default branch failed. It claims nothing: it neither hides other kinds nor is hidden. */
  | 'WORKFLOW_RUN';

/** How a deployment stands. One that a later one replaced keeps its outcome. */
export type DeploymentOutcome =
  /** It was not completed. */
  | 'FAILED'
  /** It waits or runs. */
  | 'IN_PROGRESS'
  /** It was completed. */
  | 'SUCCEEDED';

/** How long something took, over several incidents. Exact, by nearest rank: each figure is the duration of one of them. */
export type DurationStatistics = {
  readonly __typename?: 'DurationStatistics';
  /** Over how many incidents. */
  readonly count: Scalars['Int']['output'];
  /** Half of them took at most so many milliseconds, whole ones; null where there are none. */
  readonly medianMs?: Maybe<Scalars['Float']['output']>;
  /** Nine of ten took at most so many milliseconds, whole ones; null where there are none. */
  readonly p90Ms?: Maybe<Scalars['Float']['output']>;
};

/** Attempts that began since a moment, counted. They show within seconds; a process that dies takes its last seconds of figures with it, never a delivery. */
export type EndpointFigures = {
  readonly __typename?: 'EndpointFigures';
  /** How many there were. */
  readonly attempts: Scalars['Int']['output'];
  /** `failures` / `attempts`, 0 to 1; null where there were no attempts. */
  readonly failureRate?: Maybe<Scalars['Float']['output']>;
  /** How many of them were not. */
  readonly failures: Scalars['Int']['output'];
  /** Half of the attempts, failed ones included, took at most so many milliseconds. Like the other percentiles within 5 % of the truth, exact up to 9 ms, and null where there were no attempts. */
  readonly p50Ms?: Maybe<Scalars['Int']['output']>;
  /** Nine of ten took at most so many milliseconds. */
  readonly p90Ms?: Maybe<Scalars['Int']['output']>;
  /** 99 of 100 took at most so many milliseconds. */
  readonly p99Ms?: Maybe<Scalars['Int']['output']>;
  /** They are counted from here on: the beginning of a span of five minutes, so up to five minutes less than the whole time. */
  readonly since: Scalars['DateTime']['output'];
  /** `successes` / `attempts`, 0 to 1; null where there were no attempts. */
  readonly successRate?: Maybe<Scalars['Float']['output']>;
  /** How many of them were answered 2xx. */
  readonly successes: Scalars['Int']['output'];
};

/** How an endpoint does under its present address. */
export type EndpointHealth = {
  readonly __typename?: 'EndpointHealth';
  /** Failures since the last success, or since it was enabled again. */
  readonly consecutiveFailures: Scalars['Int']['output'];
  /** The first of those failures; null where there is none. */
  readonly failingSince?: Maybe<Scalars['DateTime']['output']>;
  /** The newest incident that OpsLens opened about its failing, resolved by now or not; null where there never was one. */
  readonly incident?: Maybe<Incident>;
  /** Attempts of the last 24 hours. */
  readonly lastDay: EndpointFigures;
  /** Why the newest attempt failed; null where it did not. */
  readonly lastError?: Maybe<Scalars['String']['output']>;
  /** The newest attempt that failed; null where there was none since the last success or in the last 24 hours. */
  readonly lastFailureAt?: Maybe<Scalars['DateTime']['output']>;
  /** Attempts of the last hour. */
  readonly lastHour: EndpointFigures;
  /** The newest attempt it answered 2xx to; null where there was none in the last 24 hours. */
  readonly lastSuccessAt?: Maybe<Scalars['DateTime']['output']>;
  /** How long that delivery is open, in seconds; null where none is open. */
  readonly oldestOpenAgeSeconds?: Maybe<Scalars['Float']['output']>;
  /** The delivery that is open longest; null where none is open. One that was sent again counts from then. Where more than 2,000 wait for a later attempt, one of the 2,000 that are due first. */
  readonly oldestOpenDelivery?: Maybe<Delivery>;
  /** How many deliveries are open (`PENDING` or `WAITING`), counted up to 10,000. */
  readonly openCount: Scalars['Int']['output'];
  /** Whether all were counted: false where there are more than `openCount`. */
  readonly openCountIsExact: Scalars['Boolean']['output'];
  /** Nothing is sent to it before, and then one delivery as a probe. Null where nothing is held back for its failures. */
  readonly pausedUntil?: Maybe<Scalars['DateTime']['output']>;
  /** When it came to that; where it never was anything else, when it was registered. Null where a row made by hand does not tell. */
  readonly since?: Maybe<Scalars['DateTime']['output']>;
  /** What its last pushes came to. */
  readonly status: EndpointHealthStatus;
};

/** What the last pushes to an endpoint came to. */
export type EndpointHealthStatus =
  /** OpsLens switched it off, since it answered 410 or did nothing but fail for five days. */
  | 'DISABLED'
  /** At least five failures in a row: what is open waits, and one delivery at a time is tried until one succeeds. */
  | 'FAILING'
  /** Nothing keeps deliveries from being sent, a failure or four in a row included: they are tried again one by one. */
  | 'HEALTHY'
  /** It asked for a pause, by 429, 502, 503, 504 or `Retry-After`: what is open waits. */
  | 'THROTTLED';

/**
 * What `extensions.code` of a top-level error can be, over HTTP and over WebSocket (`error` messages) unless it says which.
 * An error with a `path` is about that field, the others of the answer hold; one without refused the whole operation before
 * anything ran.
 *
 * A WebSocket that cannot go on at all is closed with a code instead: 1001 OpsLens stops, connect again; 1009 a frame over
 * 64 KB; 4400 a message that is no graphql-transport-ws message, or a list of them; 4401 an operation before `connection_init`
 * was acknowledged; 4403 no valid key; 4406 the subprotocol `graphql-transport-ws` is missing; 4408 no `connection_init`
 * within 3 s; 4409 an operation id in use; 4429 a second `connection_init`; 4800 events were not read fast enough: connect
 * and subscribe again with `after`, the last sequence that was received; 4801 too many WebSockets of this key, or of this
 * address where no key is given: close others first; 1013 whose key it is cannot be told right now: come back later; 4500 a
 * bug of OpsLens.
 */
export type ErrorCode =
  /** The request is no GraphQL request: malformed JSON, no query, another content type or method, or one that a foreign page could have made. Mend the client. HTTP only. */
  | 'BAD_REQUEST'
  /** A value is missing, malformed or out of bounds: a variable, an argument, a cursor, `operationName`. Mend the value that the message names. */
  | 'BAD_USER_INPUT'
  /** The body is a list of operations. Send each by itself. HTTP only; a WebSocket that gets a list is closed with 4400. */
  | 'BATCHING_NOT_SUPPORTED'
  /** The key does not have the scope that `extensions.scope` names, or the page's origin is not allowed. Use another key. */
  | 'FORBIDDEN'
  /** The document is no GraphQL: `locations` says where. Mend it. */
  | 'GRAPHQL_PARSE_FAILED'
  /** The document does not fit the schema: `locations` says where. Mend it, or look for what is deprecated or new in the schema. At most 20 are told at a time. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** A bug of OpsLens. `extensions.errorId` stands in its log too. What was asked may or may not have happened. */
  | 'INTERNAL'
  /** What the schema holds is not told here (`GRAPHQL_INTROSPECTION`). Use the printed schema of the release. */
  | 'INTROSPECTION_DISABLED'
  /** There is no such object (any more) to subscribe to. WebSocket only: a query answers null, a mutation with a `UserError`. */
  | 'NOT_FOUND'
  /** The body is larger than `extensions.maximum` bytes (`GRAPHQL_BODY_LIMIT`, 65,536 unless set). Send less. HTTP only; a WebSocket is closed with 1009. */
  | 'PAYLOAD_TOO_LARGE'
  /** No query is known (any more) by this hash. Send it in full, together with the hash. HTTP only. */
  | 'PERSISTED_QUERY_NOT_FOUND'
  /** `after` is a sequence that does not exist yet: of another database, or of one that was restored. Read anew, and subscribe from what was read. */
  | 'SEQUENCE_AHEAD'
  /** Events from `after` on are not kept any more. Read anew, and subscribe from what was read. */
  | 'SEQUENCE_EXPIRED'
  /** It is a subscription. Send it over WebSocket to this same address, by the graphql-transport-ws protocol. HTTP only. */
  | 'SUBSCRIPTIONS_NEED_WEBSOCKET'
  /** It is a query or a mutation. Send it to `POST /graphql`. WebSocket only. */
  | 'SUBSCRIPTIONS_ONLY'
  /** It took too long, and what it read was ended; over HTTP the status is 504 where there is no data at all. Ask for less, or narrow the filter. What a mutation began goes on: repeating it is safe with the same client key only, otherwise read first. */
  | 'TIMEOUT'
  /** The operation is too large: `extensions.limit` names the limit, `maximum` and `actual` tell how far. Ask for smaller pages, or in several operations. `PageInfo` tells the limits. */
  | 'TOO_COMPLEX'
  /** The socket carries as many operations as it may (20). Complete one, or open another socket. WebSocket only. */
  | 'TOO_MANY_OPERATIONS'
  /** No key, or none that is valid. HTTP only: a WebSocket is closed with 4403. */
  | 'UNAUTHENTICATED'
  /** The database is away or OpsLens is full. Try anew after `extensions.retryAfterSeconds`. */
  | 'UNAVAILABLE';

/** A stored, immutable fact about an incident. */
export type Event = {
  /** What was, is or will be sent of it, in the order of the endpoints, as long as it is kept (45 days). */
  readonly deliveries: DeliveryConnection;
  /** Opaque and stable. Outgoing webhooks carry it as `webhook-id`. */
  readonly id: Scalars['ID']['output'];
  /** The incident as it is now. */
  readonly incident?: Maybe<Incident>;
  /** When it happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When it was stored; never goes back within an incident. Outgoing webhooks carry it as `timestamp`. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** Its number: one order without gaps over all events. */
  readonly sequence: Scalars['Sequence']['output'];
  /** The incident as it stood at this event. */
  readonly snapshot: IncidentSnapshot;
  /** Which of the published types. */
  readonly type: EventType;
};


/** A stored, immutable fact about an incident. */
export type EventDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  state?: InputMaybe<ReadonlyArray<DeliveryState>>;
};

/** A page of events. */
export type EventConnection = {
  readonly __typename?: 'EventConnection';
  /** The events with their cursors. */
  readonly edges: ReadonlyArray<EventEdge>;
  /** The events alone. */
  readonly nodes: ReadonlyArray<Event>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many events the whole list has; null where they are more than 10,000, or take longer than a second to count. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An event in a list. */
export type EventEdge = {
  readonly __typename?: 'EventEdge';
  /** Its place in the list. Opaque. */
  readonly cursor: Scalars['String']['output'];
  /** The event. */
  readonly node: Event;
};

/** Which events. All that is given must match; within a list any value does. It looks at the incident as it stood at the event. */
export type EventFilter = {
  /** The incident's id: any of these, at most 50. */
  readonly incidentId?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** The service it concerned: any of these, at most 50. Counts as 500 items of lists, but not where events are followed: see `PageInfo`. */
  readonly service?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Any of these severities, at most 50. Counts as 500 items of lists, but not where events are followed: see `PageInfo`. */
  readonly severity?: InputMaybe<ReadonlyArray<Severity>>;
  /** Any of these types, at most 50. Counts as 500 items of lists, but not where events are followed: see `PageInfo`. */
  readonly type?: InputMaybe<ReadonlyArray<EventType>>;
};

/** What is kept of the events: those with numbers above `floor` up to `head`. */
export type EventLog = {
  readonly __typename?: 'EventLog';
  /** The highest number that is no longer kept; 0 while all are. */
  readonly floor: Scalars['Sequence']['output'];
  /** The number of the newest event; 0 before the first. */
  readonly head: Scalars['Sequence']['output'];
};

/** The published types of events. Outgoing webhooks write them as `incident.created` and so on. */
export type EventType =
  /** New evidence: `evidence.added`. */
  | 'EVIDENCE_ADDED'
  /** Possible causes were found: `hypothesis.generated`. Endpoints may ask for it; no such event is made yet. */
  | 'HYPOTHESIS_GENERATED'
  /** A new incident: `incident.created`. */
  | 'INCIDENT_CREATED'
  /** A changed status or field: `incident.updated`. */
  | 'INCIDENT_UPDATED'
  /** A note, a deployment or a late signal: `timeline.updated`. */
  | 'TIMELINE_UPDATED';

/** What supports a claim about an incident. Immutable. */
export type Evidence = {
  readonly __typename?: 'Evidence';
  /** SHA-256 in hex of kind, title, text and url, so that a later reader can tell it was not changed. */
  readonly hash: Scalars['String']['output'];
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** The incident it belongs to. */
  readonly incident?: Maybe<Incident>;
  /** What kind of evidence. */
  readonly kind: EvidenceKind;
  /** When what it shows happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When OpsLens received it. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** Who or what provided it. */
  readonly source: Scalars['String']['output'];
  /** The excerpt itself; empty for a bare link. */
  readonly text: Scalars['String']['output'];
  /** One line that says what it shows. */
  readonly title: Scalars['String']['output'];
  /** Where the whole of it is. */
  readonly url?: Maybe<Scalars['String']['output']>;
};

/** Evidence was added. Evidence that came with the opening has no event of its own. */
export type EvidenceAdded = Event & {
  readonly __typename?: 'EvidenceAdded';
  /** What was, is or will be sent of it, in the order of the endpoints, as long as it is kept (45 days). */
  readonly deliveries: DeliveryConnection;
  /** What was added. */
  readonly evidence: ReadonlyArray<EvidenceSnapshot>;
  /** Opaque and stable. Outgoing webhooks carry it as `webhook-id`. */
  readonly id: Scalars['ID']['output'];
  /** The incident as it is now. */
  readonly incident?: Maybe<Incident>;
  /** When it happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When it was stored; never goes back within an incident. Outgoing webhooks carry it as `timestamp`. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** Its number: one order without gaps over all events. */
  readonly sequence: Scalars['Sequence']['output'];
  /** The incident as it stood at this event. */
  readonly snapshot: IncidentSnapshot;
  /** Always `EVIDENCE_ADDED`. */
  readonly type: EventType;
};


/** Evidence was added. Evidence that came with the opening has no event of its own. */
export type EvidenceAddedDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  state?: InputMaybe<ReadonlyArray<DeliveryState>>;
};

/** A page of evidence. */
export type EvidenceConnection = {
  readonly __typename?: 'EvidenceConnection';
  /** The evidence with its cursors. */
  readonly edges: ReadonlyArray<EvidenceEdge>;
  /** The evidence alone. */
  readonly nodes: ReadonlyArray<Evidence>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many pieces of evidence the whole list has; null where they are more than 10,000, or take longer than a second to count. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A piece of evidence in a list. */
export type EvidenceEdge = {
  readonly __typename?: 'EvidenceEdge';
  /** Its place in the list. Opaque. */
  readonly cursor: Scalars['String']['output'];
  /** The evidence. */
  readonly node: Evidence;
};

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

/** A piece of evidence as an event tells of it. */
export type EvidenceSnapshot = {
  readonly __typename?: 'EvidenceSnapshot';
  /** The evidence's id. */
  readonly evidenceId: Scalars['ID']['output'];
  /** What kind of evidence. */
  readonly kind: EvidenceKind;
  /** When what it shows happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** The excerpt itself; empty for a bare link. */
  readonly text: Scalars['String']['output'];
  /** One line that says what it shows. */
  readonly title: Scalars['String']['output'];
  /** Where the whole of it is. */
  readonly url?: Maybe<Scalars['String']['output']>;
};

/** One field that changed. Values are written as in outgoing webhooks. */
export type FieldChange = {
  readonly __typename?: 'FieldChange';
  /** The field as outgoing webhooks name it, such as `opened_at`. */
  readonly field: Scalars['String']['output'];
  /** The value before; null for none. */
  readonly from?: Maybe<Scalars['String']['output']>;
  /** The value after; null for none. */
  readonly to?: Maybe<Scalars['String']['output']>;
};

/** What signals of sources and people's actions fold into: one outage, seen as one. */
export type Incident = {
  readonly __typename?: 'Incident';
  /** When it was acknowledged; null while it is not. */
  readonly acknowledgedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was first stored. */
  readonly createdAt: Scalars['DateTime']['output'];
  /**
   * Changes that reached production from an hour before it opened until it was resolved, of its service or of none, by when
   * they happened. Of one commit of a repository only the strongest kind is shown.
   */
  readonly deployments: DeploymentConnection;
  /** More words; empty when nobody described it. */
  readonly description: Scalars['String']['output'];
  /** Its events in the order of their numbers, as long as they are kept (30 days). */
  readonly events: EventConnection;
  /** What supports claims about it, by when what it shows happened. */
  readonly evidence: EvidenceConnection;
  /** The provider's id or the sender's key; null where OpsLens had to make one up. */
  readonly externalKey?: Maybe<Scalars['String']['output']>;
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** When its source last gave a sign of it. */
  readonly lastSeenAt: Scalars['DateTime']['output'];
  /** When it began, by the signals received. */
  readonly openedAt: Scalars['DateTime']['output'];
  /** The inbound webhooks that had to do with it, by when they came, as long as they are kept (30 days). */
  readonly receipts: ReceiptConnection;
  /** When it was resolved; null while it is not. */
  readonly resolvedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The service it concerns; null when unknown. */
  readonly service?: Maybe<Scalars['String']['output']>;
  /** How bad it is. */
  readonly severity: Severity;
  /** What the payload calls its source, such as `datadog`; the registered source's name where it says nothing. */
  readonly source: Scalars['String']['output'];
  /** Where it stands. */
  readonly status: IncidentStatus;
  /** What happened to it, with the deployments that may have to do with it, by when it happened. */
  readonly timeline: TimelineEntryConnection;
  /** One line that says what is wrong. */
  readonly title: Scalars['String']['output'];
  /** Trigger signals received, the first included. */
  readonly triggerCount: Scalars['Int']['output'];
  /** When an event last changed it. */
  readonly updatedAt: Scalars['DateTime']['output'];
  /** Where the source shows it. */
  readonly url?: Maybe<Scalars['String']['output']>;
};


/** What signals of sources and people's actions fold into: one outage, seen as one. */
export type IncidentDeploymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TimeOrder;
};


/** What signals of sources and people's actions fold into: one outage, seen as one. */
export type IncidentEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TimeOrder;
  type?: InputMaybe<ReadonlyArray<EventType>>;
};


/** What signals of sources and people's actions fold into: one outage, seen as one. */
export type IncidentEvidenceArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kind?: InputMaybe<ReadonlyArray<EvidenceKind>>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TimeOrder;
};


/** What signals of sources and people's actions fold into: one outage, seen as one. */
export type IncidentReceiptsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TimeOrder;
};


/** What signals of sources and people's actions fold into: one outage, seen as one. */
export type IncidentTimelineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kind?: InputMaybe<ReadonlyArray<TimelineEntryKind>>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TimeOrder;
};

/** A page of incidents. */
export type IncidentConnection = {
  readonly __typename?: 'IncidentConnection';
  /** The incidents with their cursors. */
  readonly edges: ReadonlyArray<IncidentEdge>;
  /** The incidents alone. */
  readonly nodes: ReadonlyArray<Incident>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many incidents the whole list has; null where they are more than 10,000, or take longer than a second to count. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A new incident, even one that was already over when it became known. */
export type IncidentCreated = Event & {
  readonly __typename?: 'IncidentCreated';
  /** What was, is or will be sent of it, in the order of the endpoints, as long as it is kept (45 days). */
  readonly deliveries: DeliveryConnection;
  /** Opaque and stable. Outgoing webhooks carry it as `webhook-id`. */
  readonly id: Scalars['ID']['output'];
  /** The incident as it is now. */
  readonly incident?: Maybe<Incident>;
  /** When it happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When it was stored; never goes back within an incident. Outgoing webhooks carry it as `timestamp`. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** Its number: one order without gaps over all events. */
  readonly sequence: Scalars['Sequence']['output'];
  /** The incident as it stood at this event. */
  readonly snapshot: IncidentSnapshot;
  /** Always `INCIDENT_CREATED`. */
  readonly type: EventType;
};


/** A new incident, even one that was already over when it became known. */
export type IncidentCreatedDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  state?: InputMaybe<ReadonlyArray<DeliveryState>>;
};

/** Figures of the incidents that opened on one day, as far as the range holds it. */
export type IncidentDay = {
  readonly __typename?: 'IncidentDay';
  /** How bad they are: each severity once, the worst first, also those of none. */
  readonly bySeverity: ReadonlyArray<IncidentSeverityCount>;
  /** How many of them stand where now: each status once, also those of none. */
  readonly byStatus: ReadonlyArray<IncidentStatusCount>;
  /** How many incidents opened. */
  readonly count: Scalars['Int']['output'];
  /** The date in the time zone asked for, such as `2026-03-04`. */
  readonly date: Scalars['String']['output'];
  /** From the opening to the acknowledgement, of those that are or were acknowledged. */
  readonly timeToAcknowledge: DurationStatistics;
  /** From the opening to the resolution, of those that are resolved. */
  readonly timeToResolve: DurationStatistics;
};

/** An incident in a list. */
export type IncidentEdge = {
  readonly __typename?: 'IncidentEdge';
  /** Its place in the list. Opaque. */
  readonly cursor: Scalars['String']['output'];
  /** The incident. */
  readonly node: Incident;
};

/** Which incidents. All that is given must match; within a list any value does. */
export type IncidentFilter = {
  /**
   * When it was acknowledged; those that are not are no part of the list. Found on the way through the list: in a long one
   * give the range of `openedAt` as well. Counts as 500 items of lists: see `PageInfo`.
   */
  readonly acknowledgedAt?: InputMaybe<DateTimeRange>;
  /** The provider's id or the sender's key, exactly: any of these, at most 50. Goes with the orders by opening only. */
  readonly externalKey?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** When it began. */
  readonly openedAt?: InputMaybe<DateTimeRange>;
  /**
   * When it was resolved; those that are not are no part of the list. Found on the way through the list: in a long one give
   * the range of `openedAt` as well. Counts as 500 items of lists: see `PageInfo`.
   */
  readonly resolvedAt?: InputMaybe<DateTimeRange>;
  /** The service it concerns: any of these, at most 50. */
  readonly service?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Any of these, at most 50. */
  readonly severity?: InputMaybe<ReadonlyArray<Severity>>;
  /** What the payload calls its source: any of these, at most 50. */
  readonly source?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Any of these, at most 50. */
  readonly status?: InputMaybe<ReadonlyArray<IncidentStatus>>;
  /**
   * Words of its title and description: whole words, letter case and accents ignored, in any order; every one must occur.
   * What is joined (`api-7f`) counts part by part; single letters and digits and the emptiest English words (`the`, `of`)
   * do not count. At most 10 words and 1,000 characters. Goes with the orders by opening only. Of one incident the first 64
   * words are known, of a long word its first 40 characters.
   */
  readonly text?: InputMaybe<Scalars['String']['input']>;
  /** When an event last changed it. To read what has changed since, ask for the order `UPDATED_AT_ASC`. */
  readonly updatedAt?: InputMaybe<DateTimeRange>;
};

/** The order of a list of incidents. Those of one moment are in the order of their ids. */
export type IncidentOrder =
  /** Oldest opening first. */
  | 'OPENED_AT_ASC'
  /** Newest opening first. */
  | 'OPENED_AT_DESC'
  /** Oldest change first. */
  | 'UPDATED_AT_ASC'
  /** Newest change first. */
  | 'UPDATED_AT_DESC';

/** How many incidents have a severity. */
export type IncidentSeverityCount = {
  readonly __typename?: 'IncidentSeverityCount';
  /** How many. */
  readonly count: Scalars['Int']['output'];
  /** The severity. */
  readonly severity: Severity;
};

/** An incident's own values as they stood at an event. It has no `id`, so that caches do not mix it with the incident. */
export type IncidentSnapshot = {
  readonly __typename?: 'IncidentSnapshot';
  /** When it was acknowledged; null while it was not. */
  readonly acknowledgedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was first stored. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** More words; empty when nobody described it. */
  readonly description: Scalars['String']['output'];
  /** The provider's id or the sender's key; null where OpsLens had to make one up. */
  readonly externalKey?: Maybe<Scalars['String']['output']>;
  /** The incident's id. */
  readonly incidentId: Scalars['ID']['output'];
  /** When its source had last given a sign of it. */
  readonly lastSeenAt: Scalars['DateTime']['output'];
  /** When it began, by the signals received until then. */
  readonly openedAt: Scalars['DateTime']['output'];
  /** When it was resolved; null while it was not. */
  readonly resolvedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The service it concerned; null when unknown. */
  readonly service?: Maybe<Scalars['String']['output']>;
  /** How bad it was. */
  readonly severity: Severity;
  /** What the payload calls its source. */
  readonly source: Scalars['String']['output'];
  /** Where it stood. */
  readonly status: IncidentStatus;
  /** One line that says what is wrong. */
  readonly title: Scalars['String']['output'];
  /** Trigger signals received until then. */
  readonly triggerCount: Scalars['Int']['output'];
  /** When an event last changed it: this one. */
  readonly updatedAt: Scalars['DateTime']['output'];
  /** Where the source shows it. */
  readonly url?: Maybe<Scalars['String']['output']>;
};

/** Figures of the incidents that opened in a range of time. */
export type IncidentStatistics = {
  readonly __typename?: 'IncidentStatistics';
  /** How bad they are: each severity once, the worst first, also those of none. */
  readonly bySeverity: ReadonlyArray<IncidentSeverityCount>;
  /** How many of them stand where now: each status once, also those of none. */
  readonly byStatus: ReadonlyArray<IncidentStatusCount>;
  /** How many incidents opened. */
  readonly count: Scalars['Int']['output'];
  /** The same for each day that the range touches, the first day first, also days without incidents. */
  readonly days: ReadonlyArray<IncidentDay>;
  /** The first moment of the range. */
  readonly from: Scalars['DateTime']['output'];
  /** From the opening to the acknowledgement, of those that are or were acknowledged. */
  readonly timeToAcknowledge: DurationStatistics;
  /** From the opening to the resolution, of those that are resolved. */
  readonly timeToResolve: DurationStatistics;
  /** The time zone of its days. */
  readonly timeZone: Scalars['String']['output'];
  /** The first moment behind the range. */
  readonly until: Scalars['DateTime']['output'];
};

/** Which incidents are counted. All that is given must match; within a list any value does. */
export type IncidentStatisticsFilter = {
  /** The service they concern: any of these, at most 50. */
  readonly service?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Any of these, at most 50. */
  readonly severity?: InputMaybe<ReadonlyArray<Severity>>;
  /** What the payload calls its source: any of these, at most 50. */
  readonly source?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** Where an incident stands. */
export type IncidentStatus =
  /** Somebody is on it. */
  | 'ACKNOWLEDGED'
  /** Nobody is on it yet. */
  | 'OPEN'
  /** It is over. */
  | 'RESOLVED';

/** How many incidents have a status. */
export type IncidentStatusCount = {
  readonly __typename?: 'IncidentStatusCount';
  /** How many. */
  readonly count: Scalars['Int']['output'];
  /** The status. */
  readonly status: IncidentStatus;
};

/** The status or a field changed. */
export type IncidentUpdated = Event & {
  readonly __typename?: 'IncidentUpdated';
  /** What changed. */
  readonly changes: ReadonlyArray<FieldChange>;
  /** What was, is or will be sent of it, in the order of the endpoints, as long as it is kept (45 days). */
  readonly deliveries: DeliveryConnection;
  /** Opaque and stable. Outgoing webhooks carry it as `webhook-id`. */
  readonly id: Scalars['ID']['output'];
  /** The incident as it is now. */
  readonly incident?: Maybe<Incident>;
  /** When it happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When it was stored; never goes back within an incident. Outgoing webhooks carry it as `timestamp`. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** Its number: one order without gaps over all events. */
  readonly sequence: Scalars['Sequence']['output'];
  /** The incident as it stood at this event. */
  readonly snapshot: IncidentSnapshot;
  /** Always `INCIDENT_UPDATED`. */
  readonly type: EventType;
};


/** The status or a field changed. */
export type IncidentUpdatedDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  state?: InputMaybe<ReadonlyArray<DeliveryState>>;
};

/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Says that somebody is on it. A resolved incident is refused with `CONFLICT`: reopen it first. */
  readonly acknowledgeIncident: AcknowledgeIncidentPayload;
  /** Adds evidence to an incident. It never changes afterwards. Emits `EVIDENCE_ADDED`. */
  readonly addEvidence: AddEvidencePayload;
  /** Adds a note to an incident's timeline. Emits `TIMELINE_UPDATED`. */
  readonly addTimelineEntry: AddTimelineEntryPayload;
  /** Stops a recovery. What it has handed over already is sent. Cancelling again changes nothing. */
  readonly cancelRecovery: CancelRecoveryPayload;
  /** Makes an API key. The key itself is in this answer and nowhere else: only its hash is kept. */
  readonly createApiKey: CreateApiKeyPayload;
  /** Opens an incident. Emits `INCIDENT_CREATED`. */
  readonly createIncident: CreateIncidentPayload;
  /** Registers a sender of webhooks, which then may post to the source's `path`: at once on this process, within a second on others. At most 1,000 can exist: the next is refused with `CONFLICT`. */
  readonly createSource: CreateSourcePayload;
  /** Registers a receiver. It gets every event of its types that is committed after this is answered. At most 1,000 can exist: the next is refused with `CONFLICT`. */
  readonly createWebhookEndpoint: CreateWebhookEndpointPayload;
  /** Removes a source: webhooks to its path are answered 404 within a second. Its incidents and receipts stay; a source created under the same name later goes on with its incidents. Default sources are refused with `CONFLICT`. */
  readonly deleteSource: DeleteSourcePayload;
  /** Removes a receiver. Its open deliveries become `CANCELLED`. */
  readonly deleteWebhookEndpoint: DeleteWebhookEndpointPayload;
  /** Pauses an endpoint: what it would receive waits until it is resumed. Takes effect within a second. Pausing again changes nothing. */
  readonly pauseWebhookEndpoint: PauseWebhookEndpointPayload;
  /** Ends the overlap of a rotation: the new secret signs alone within a second. `CONFLICT` where there is no rotation. */
  readonly promoteWebhookEndpointSecret: PromoteWebhookEndpointSecretPayload;
  /**
   * Sends again what an endpoint missed in a range of time. It is worked off in the background, in order and in batches:
   * `recovery` shows how far it is. At most one runs for an endpoint; the next is refused with `CONFLICT`.
   */
  readonly recoverDeliveries: RecoverDeliveriesPayload;
  /**
   * Sends one delivery again, or, where it is still waiting, at once. Its attempts stay; the retry schedule begins anew. It
   * may be asked for as often as one likes. Refused with `CONFLICT` where the endpoint receives nothing or the event is no
   * longer kept. What lies ahead of it in its lane goes first; a paused or failing endpoint is still waited for.
   */
  readonly redeliver: RedeliverPayload;
  /** Opens a resolved incident again; nothing changes where it is not resolved. Refused with `CONFLICT` while a newer incident of the same key is open. */
  readonly reopenIncident: ReopenIncidentPayload;
  /**
   * Runs the stored body of a webhook again through today's code. What was folded of it before is not folded again, so a
   * second replay changes nothing; what failed then, or is read otherwise today, takes effect as of when the webhook came. Of
   * a repetition the first delivery runs, of a replay the webhook that was replayed. Refused where the body is not kept.
   */
  readonly replayReceipt: ReplayReceiptPayload;
  /** Says that it is over. Nothing changes where it already is. */
  readonly resolveIncident: ResolveIncidentPayload;
  /** Resumes an endpoint: what has waited is sent in order. Takes effect within a second. Resuming again changes nothing. */
  readonly resumeWebhookEndpoint: ResumeWebhookEndpointPayload;
  /** Ends a previous secret at once. Takes effect within a second. The current one is refused with `CONFLICT`: rotate it with `overlapHours: 0`. */
  readonly retireSourceSecret: RetireSourceSecretPayload;
  /** Ends a key for good: within a second no process takes it, and its WebSockets are closed with 4403. Nothing changes where it was revoked before. */
  readonly revokeApiKey: RevokeApiKeyPayload;
  /** Gives a source another secret beside the one that it has, which stays good for a while, so that no webhook is lost while the sender is changed over; or its first one, if it has none. Default sources are refused with `CONFLICT`. */
  readonly rotateSourceSecret: RotateSourceSecretPayload;
  /** Gives a receiver another secret. For the overlap both sign, so that the receiver can be changed over at any time in between and no webhook fails its check: `X-Webhook-Signature` goes on with the old secret, `X-Webhook-Signature-Next` has the new one, and `webhook-signature` lists both. Then, or once it is promoted, the new one signs alone. Takes effect within a second. `CONFLICT` while another rotation is under way, or where somebody else changes the secret at the same time. */
  readonly rotateWebhookEndpointSecret: RotateWebhookEndpointSecretPayload;
  /**
   * Sends a made-up event to an endpoint, at once and beside everything else: a signed webhook with `data.test: true`, the
   * header `X-OpsLens-Test: true` and no sequence. It is retried like any other. At most 10 may be under way to an endpoint;
   * the next is refused with `CONFLICT`, as is one to an endpoint that receives nothing. To a paused one it waits.
   */
  readonly sendTestEvent: SendTestEventPayload;
  /** Changes fields; a person's value wins over the source's until the incident is reopened. Emits `INCIDENT_UPDATED` if anything changed. */
  readonly updateIncident: UpdateIncidentPayload;
  /** Renames, describes, disables, enables or sets a source. Takes effect within a second. Default sources are refused with `CONFLICT`. */
  readonly updateSource: UpdateSourcePayload;
  /** Changes a receiver. Takes effect within a second. */
  readonly updateWebhookEndpoint: UpdateWebhookEndpointPayload;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationAcknowledgeIncidentArgs = {
  input: AcknowledgeIncidentInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationAddEvidenceArgs = {
  input: AddEvidenceInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationAddTimelineEntryArgs = {
  input: AddTimelineEntryInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationCancelRecoveryArgs = {
  input: CancelRecoveryInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationCreateApiKeyArgs = {
  input: CreateApiKeyInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationCreateIncidentArgs = {
  input: CreateIncidentInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationCreateSourceArgs = {
  input: CreateSourceInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationCreateWebhookEndpointArgs = {
  input: CreateWebhookEndpointInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationDeleteSourceArgs = {
  input: DeleteSourceInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationDeleteWebhookEndpointArgs = {
  input: DeleteWebhookEndpointInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationPauseWebhookEndpointArgs = {
  input: PauseWebhookEndpointInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationPromoteWebhookEndpointSecretArgs = {
  input: PromoteWebhookEndpointSecretInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationRecoverDeliveriesArgs = {
  input: RecoverDeliveriesInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationRedeliverArgs = {
  input: RedeliverInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationReopenIncidentArgs = {
  input: ReopenIncidentInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationReplayReceiptArgs = {
  input: ReplayReceiptInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationResolveIncidentArgs = {
  input: ResolveIncidentInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationResumeWebhookEndpointArgs = {
  input: ResumeWebhookEndpointInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationRetireSourceSecretArgs = {
  input: RetireSourceSecretInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationRevokeApiKeyArgs = {
  input: RevokeApiKeyInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationRotateSourceSecretArgs = {
  input: RotateSourceSecretInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationRotateWebhookEndpointSecretArgs = {
  input: RotateWebhookEndpointSecretInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationSendTestEventArgs = {
  input: SendTestEventInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationUpdateIncidentArgs = {
  input: UpdateIncidentInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationUpdateSourceArgs = {
  input: UpdateSourceInput;
};


/**
 * What can be changed. Each mutation takes one input object and answers with the object and `errors`: either the object is
 * there and `errors` is empty, or the object is null and `errors` says why. It is answered after the change is stored safely.
 */
export type MutationUpdateWebhookEndpointArgs = {
  input: UpdateWebhookEndpointInput;
};

/**
 * Where a page lies in its list. Pages have 25 items unless `first` or `last` says otherwise, at most 100. Both of them
 * together, less than 1 or more than 100, and a cursor that this list did not give: `BAD_USER_INPUT`.
 *
 * A query or mutation may count as 10,000 items of lists at most, a subscription, which reads anew for each event, as 1,000,
 * else it is refused with `TOO_COMPLEX` before anything is read. Each page counts its size and 10 for its query, times the
 * sizes of the pages that it stands within, however many items there are:
 * `incidents(first: 50) { nodes { timeline(first: 20) { nodes { id } } } }` counts 60 + 50 x 30 = 1,560. A filter by what no
 * index knows, as the filter says, adds 500 to its page, once; such lists are read a few at a time, whoever asks for them. A
 * list without pages counts 10 (where such lists turn out to hold more than 10,000 objects in all, those beyond are refused
 * too), a single object that is read by its id counts 1, `totalCount` counts 100. A text that is asked for under several names
 * counts 10 under each but the first. Fragments count where they are spread, fields with `@skip` or `@include` as their
 * variables say.
 *
 * Also refused with `TOO_COMPLEX`: documents of more than 2,000 tokens or 10 operations; operations that are nested more than
 * 12 fields deep or that have more than 500 fields, 20 fields of their root, 30 aliases or 50 directives, fragments counted
 * as often as they are spread. Bodies of webhooks (`Receipt.body`) of more than 8 MB in all, each counted as often as it is
 * asked for, are refused as they are read: those beyond are null. `extensions` of the error say which: `limit` (such as `cost`),
 * `maximum` and `actual`.
 */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Cursor of the last item; null on an empty page. Opaque: hand it back as `after`, to the same list in the same order. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there is more behind this page. Asking backward (`last`): whether `before` was given. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is more ahead of this page. Asking forward (`first`): whether `after` was given. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item; null on an empty page. Opaque: hand it back as `before`, to the same list in the same order. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** An endpoint to pause. */
export type PauseWebhookEndpointInput = {
  /** The endpoint's id. */
  readonly id: Scalars['ID']['input'];
};

/** The endpoint that was paused. */
export type PauseWebhookEndpointPayload = {
  readonly __typename?: 'PauseWebhookEndpointPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The endpoint as it then is; null where it was refused. */
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
};

/** What a webhook would do to something. */
export type PreviewEffect =
  /** It would change, if only in how often it was triggered. */
  | 'CHANGED'
  /** It would be new. */
  | 'CREATED'
  /** It would stay as it is. */
  | 'UNCHANGED';

/** A webhook to try out. */
export type PreviewWebhookInput = {
  /** Its body, sent as UTF-8. */
  readonly body: Scalars['String']['input'];
  /** Its HTTP headers, at most 100. */
  readonly headers?: ReadonlyArray<WebhookHeaderInput>;
  /** The kind of sender, such as `github`: the part of the URL behind `/api/v1/webhooks/`. */
  readonly provider: Scalars['String']['input'];
  /** The registered source's name; that of the provider itself where it is left out. */
  readonly source?: InputMaybe<Scalars['String']['input']>;
};

/**
 * A deployment as a webhook would leave it. That open incidents would be told of it is not shown here: `deployments` of an
 * incident has the rule.
 */
export type PreviewedDeployment = {
  readonly __typename?: 'PreviewedDeployment';
  /** Who made the change, as the source names them. */
  readonly author?: Maybe<Scalars['String']['output']>;
  /** Its id; null where it would be new. */
  readonly deploymentId?: Maybe<Scalars['ID']['output']>;
  /** What the webhook would do to it. */
  readonly effect: PreviewEffect;
  /** Where it went, as the source names it. */
  readonly environment?: Maybe<Scalars['String']['output']>;
  /** How strong the claim is that it reached production. */
  readonly kind: DeploymentKind;
  /** When it happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** How it stands; null for the kinds that can only have happened. */
  readonly outcome?: Maybe<DeploymentOutcome>;
  /** The repository as `owner/name`. */
  readonly repository: Scalars['String']['output'];
  /** The service it concerns; null when it cannot be told. */
  readonly service?: Maybe<Scalars['String']['output']>;
  /** The commit; null when the source names none. */
  readonly sha?: Maybe<Scalars['String']['output']>;
  /** What changed, in one line. */
  readonly title: Scalars['String']['output'];
  /** Where the source shows it. */
  readonly url?: Maybe<Scalars['String']['output']>;
};

/** An event that a webhook would make. */
export type PreviewedEvent = {
  readonly __typename?: 'PreviewedEvent';
  /** The fields that it would tell of as changed. */
  readonly changes: ReadonlyArray<FieldChange>;
  /** What kind of event. */
  readonly type: EventType;
};

/** An incident as a webhook would leave it. */
export type PreviewedIncident = {
  readonly __typename?: 'PreviewedIncident';
  /** What the webhook would do to it. */
  readonly effect: PreviewEffect;
  /** The entries that its timeline would get, or have anew in another place. */
  readonly entries: ReadonlyArray<TimelineEntrySnapshot>;
  /** The events that would tell of it, in order. */
  readonly events: ReadonlyArray<PreviewedEvent>;
  /** The incident as it is now; null where it would be new. */
  readonly incident?: Maybe<Incident>;
  /** Its own values as they would be. */
  readonly snapshot: IncidentSnapshot;
};

/** One thing that a webhook says of an incident. Fields are null where it does not speak of them. */
export type PreviewedSignal = {
  readonly __typename?: 'PreviewedSignal';
  /** Who did it, as the source names them. */
  readonly actor?: Maybe<Scalars['String']['output']>;
  /** What the webhook says of the time, where that is not plausible. */
  readonly claimedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The incident's description. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** The key of its incident; null where OpsLens would have to make one up. */
  readonly externalKey?: Maybe<Scalars['String']['output']>;
  /** What it does to its incident. */
  readonly kind: SignalKind;
  /** When it happened; null where the webhook does not say, or not plausibly. */
  readonly occurredAt?: Maybe<Scalars['DateTime']['output']>;
  /** The service it concerns. */
  readonly service?: Maybe<Scalars['String']['output']>;
  /** How bad it is. */
  readonly severity?: Maybe<Severity>;
  /** What the payload calls its source. */
  readonly source?: Maybe<Scalars['String']['output']>;
  /** What the timeline would show beside the kind. */
  readonly text?: Maybe<Scalars['String']['output']>;
  /** The incident's title. */
  readonly title?: Maybe<Scalars['String']['output']>;
  /** Where the source shows it. */
  readonly url?: Maybe<Scalars['String']['output']>;
};

/** An endpoint whose receiver has its new secret. */
export type PromoteWebhookEndpointSecretInput = {
  /** The endpoint's id. */
  readonly id: Scalars['ID']['input'];
};

/** The endpoint with its new secret alone. */
export type PromoteWebhookEndpointSecretPayload = {
  readonly __typename?: 'PromoteWebhookEndpointSecretPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The endpoint as it then is; null where it was refused. */
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
};

/** What can be read. Every object can be read by its id; unknown ids give null. */
export type Query = {
  readonly __typename?: 'Query';
  /** One API key; null for an unknown id. */
  readonly apiKey?: Maybe<ApiKey>;
  /** API keys made by `createApiKey`, newest first, revoked ones included. Those of the setting `API_KEYS` are not among them. */
  readonly apiKeys: ApiKeyConnection;
  /**
   * Deliveries by the age of their events, as long as they are kept (45 days after they ended). Those of test events are the
   * newest. A filter that finds little among many may end in `TIMEOUT`: those by `endpointId`, `eventId`, `eventMadeAt` and
   * `state` (open ones, or ones that failed) narrow what is read. All deliveries about an incident: `incident { events { nodes { deliveries } } }`.
   */
  readonly deliveries: DeliveryConnection;
  /** One delivery; null for an unknown id. */
  readonly delivery?: Maybe<Delivery>;
  /** Why an event was, was not or will be sent to an endpoint. Settings and filters are judged as they are now: what they were when the event came is not kept. */
  readonly deliveryExplanation: DeliveryExplanation;
  /** One deployment; null for an unknown id. */
  readonly deployment?: Maybe<Deployment>;
  /**
   * Changes that reached production, by when they happened. Of one commit of a repository only the strongest kind is shown;
   * environments stand side by side, and what failed or is not finished neither hides anything nor is hidden.
   */
  readonly deployments: DeploymentConnection;
  /** One event; null for an unknown id, and for one that has no number yet or is no longer kept. */
  readonly event?: Maybe<Event>;
  /** Which numbers can be asked for: where to start following. */
  readonly eventLog: EventLog;
  /**
   * Events of all incidents in the order of their numbers, as long as they are kept (30 days). To go on live behind the newest
   * one of a page, subscribe to `events` with its `sequence` as `after`. A filter by `severity` or `service` that finds little
   * among many may end in `TIMEOUT`.
   */
  readonly events: EventConnection;
  /** One piece of evidence; null for an unknown id. */
  readonly evidence?: Maybe<Evidence>;
  /** One incident; null for an unknown id. */
  readonly incident?: Maybe<Incident>;
  /**
   * Counts of the incidents that opened in a range of at most 366 days, and how long it took to acknowledge and to resolve
   * them. Each incident counts as it stands now. Where there are so many that they cannot be read within 5 seconds, it ends
   * in `TIMEOUT`: ask for a shorter range. Counts as 5,000 items of lists: see `PageInfo`.
   */
  readonly incidentStatistics: IncidentStatistics;
  /** Incidents, newest opening first unless `orderBy` says otherwise. */
  readonly incidents: IncidentConnection;
  /**
   * What a webhook would do, decided over what is stored now as the webhook itself would be, without doing it: nothing is
   * stored, and its id is still good. It needs no signature. `POST /api/v1/webhooks/{provider}?dry_run=1` shows the same of
   * a webhook that has one. Counts as 2,500 items of lists: see `PageInfo`.
   */
  readonly previewWebhook: WebhookPreview;
  /** One inbound webhook; null for an unknown id, and where it is no longer kept. */
  readonly receipt?: Maybe<Receipt>;
  /**
   * Inbound webhooks and replays of them, by when they came, as long as they are kept (`RECEIPT_RETENTION_DAYS`; three days where
   * nobody vouched for them). A filter that finds little in a large ledger may end in `TIMEOUT`: those by `source`, `outcome`,
   * `incidentId`, `deliveryId` and `receivedAt` narrow what is read.
   */
  readonly receipts: ReceiptConnection;
  /** What was sent again by `recoverDeliveries`, by when it was asked for, as long as it is kept (45 days after it ended). */
  readonly recoveries: RecoveryConnection;
  /** One recovery; null for an unknown id. */
  readonly recovery?: Maybe<Recovery>;
  /** One source; null for an unknown id. */
  readonly source?: Maybe<Source>;
  /** All senders of webhooks: the default source of each provider, then the registered ones in the order in which they came. */
  readonly sources: SourceConnection;
  /**
   * Incidents that are open or acknowledged here although their source has not spoken of them for so long, the longest silent
   * first: it may have forgotten to say that they are over, or the webhook may be lost. Incidents that people created are not
   * among them.
   */
  readonly staleIncidents: IncidentConnection;
  /** Who asks, and what they may do. */
  readonly viewer: Viewer;
  /** One endpoint; null for an unknown id. */
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
  /** All registered receivers, in the order of their ids. */
  readonly webhookEndpoints: WebhookEndpointConnection;
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryApiKeyArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryApiKeysArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  state?: InputMaybe<ReadonlyArray<ApiKeyState>>;
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DeliveryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TimeOrder;
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryDeliveryArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryDeliveryExplanationArgs = {
  endpointId: Scalars['ID']['input'];
  eventId: Scalars['ID']['input'];
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryDeploymentArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryDeploymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DeploymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TimeOrder;
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryEventArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TimeOrder;
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryEvidenceArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryIncidentArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryIncidentStatisticsArgs = {
  filter?: InputMaybe<IncidentStatisticsFilter>;
  from: Scalars['DateTime']['input'];
  timeZone?: Scalars['String']['input'];
  until?: InputMaybe<Scalars['DateTime']['input']>;
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryIncidentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<IncidentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<IncidentOrder>;
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryPreviewWebhookArgs = {
  input: PreviewWebhookInput;
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryReceiptArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryReceiptsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ReceiptFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TimeOrder;
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryRecoveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  endpointId?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TimeOrder;
  state?: InputMaybe<ReadonlyArray<RecoveryState>>;
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryRecoveryArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QuerySourceArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QuerySourcesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SourceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryStaleIncidentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  hours?: Scalars['Float']['input'];
  last?: InputMaybe<Scalars['Int']['input']>;
  source?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryWebhookEndpointArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Every object can be read by its id; unknown ids give null. */
export type QueryWebhookEndpointsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<WebhookEndpointFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A stored inbound webhook. */
export type Receipt = {
  readonly __typename?: 'Receipt';
  /**
   * The body as UTF-8 text, from its start; null where it is no longer kept. Of a replay, that of the webhook. Counts as 20
   * items of lists: see `PageInfo`, which also tells how much of bodies an operation may read.
   */
  readonly body?: Maybe<Scalars['String']['output']>;
  /** SHA-256 of the body in hex. */
  readonly bodyHash: Scalars['String']['output'];
  /** The size of the body in bytes. */
  readonly bodySize: Scalars['Int']['output'];
  /** The sender's id of the delivery; null where it names none. */
  readonly deliveryId?: Maybe<Scalars['String']['output']>;
  /** The deployments it told of. */
  readonly deployments: ReadonlyArray<Deployment>;
  /** The first delivery of the same webhook, where this is a repetition; null where it is none. */
  readonly duplicateOf?: Maybe<Receipt>;
  /** The HTTP headers, secrets redacted. */
  readonly headers: ReadonlyArray<ReceiptHeader>;
  /** Opaque and stable. The answer to the webhook carries it as `receipt_id`. */
  readonly id: Scalars['ID']['output'];
  /** The incidents it opened, changed or added to. */
  readonly incidents: ReadonlyArray<Incident>;
  /** What became of it. */
  readonly outcome: ReceiptOutcome;
  /** The kind of sender, such as `github`. */
  readonly provider: Scalars['String']['output'];
  /** Why, in words; null where it was applied without remark. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** When it came in. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The webhook whose stored body ran again, where this is a replay; null where it is none, or no longer kept. */
  readonly replayOf?: Maybe<Receipt>;
  /** Who asked for the replay, by the name of the API key; null where nobody had to say, and on webhooks. */
  readonly replayedBy?: Maybe<Scalars['String']['output']>;
  /** The replays of this webhook, by when it ran again. */
  readonly replays: ReceiptConnection;
  /** The registered source's name when it came. */
  readonly source: Scalars['String']['output'];
  /** Which secret or signature verified it; null where none was configured, or it failed. */
  readonly verifiedWith?: Maybe<Scalars['String']['output']>;
  /** What was left out or made plausible, in words. */
  readonly warnings: ReadonlyArray<Scalars['String']['output']>;
};


/** A stored inbound webhook. */
export type ReceiptBodyArgs = {
  maxBytes?: Scalars['Int']['input'];
};


/** A stored inbound webhook. */
export type ReceiptReplaysArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TimeOrder;
};

/** A page of inbound webhooks. */
export type ReceiptConnection = {
  readonly __typename?: 'ReceiptConnection';
  /** The inbound webhooks with their cursors. */
  readonly edges: ReadonlyArray<ReceiptEdge>;
  /** The inbound webhooks alone. */
  readonly nodes: ReadonlyArray<Receipt>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many inbound webhooks the whole list has; null where they are more than 10,000, or take longer than a second to count. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An inbound webhook in a list. */
export type ReceiptEdge = {
  readonly __typename?: 'ReceiptEdge';
  /** Its place in the list. Opaque. */
  readonly cursor: Scalars['String']['output'];
  /** The inbound webhook. */
  readonly node: Receipt;
};

/** Which inbound webhooks. All that is given must match; within a list any value does. */
export type ReceiptFilter = {
  /** The sender's id of the delivery, such as GitHub's GUID, in full. */
  readonly deliveryId?: InputMaybe<Scalars['String']['input']>;
  /** Only those that had to do with this incident. */
  readonly incidentId?: InputMaybe<Scalars['ID']['input']>;
  /** Any of these outcomes, at most 50. */
  readonly outcome?: InputMaybe<ReadonlyArray<ReceiptOutcome>>;
  /** Any of these kinds of sender, such as `github`, at most 50. Counts as 500 items of lists, but not where they are followed: see `PageInfo`. */
  readonly provider?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Part of the reason, 1 to 100 characters, whatever the case of its letters. What was applied has no reason. Counts as 500 items of lists, but not where they are followed: see `PageInfo`. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** When they came in. */
  readonly receivedAt?: InputMaybe<DateTimeRange>;
  /** The registered source's name: any of these, at most 50. */
  readonly source?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Part of what they were verified with, 1 to 100 characters, such as the id of a secret. Counts as 500 items of lists, but not where they are followed: see `PageInfo`. */
  readonly verifiedWith?: InputMaybe<Scalars['String']['input']>;
};

/** A header of an inbound webhook. */
export type ReceiptHeader = {
  readonly __typename?: 'ReceiptHeader';
  /** Its name in lower case. */
  readonly name: Scalars['String']['output'];
  /** Its value; several are joined by commas. */
  readonly value: Scalars['String']['output'];
};

/** What became of an inbound webhook. */
export type ReceiptOutcome =
  /** It was understood and stored. */
  | 'APPLIED'
  /** It came before. */
  | 'DUPLICATE'
  /** OpsLens failed on it. The body is kept. */
  | 'FAILED'
  /** It was understood, and there was nothing to do. */
  | 'IGNORED'
  /** It was refused: the reason says why. */
  | 'REJECTED';

/** What is to be sent to an endpoint again. */
export type RecoverDeliveriesInput = {
  /** The endpoint's id. */
  readonly endpointId: Scalars['ID']['input'];
  /** Whether events are sent too that the endpoint, as it is now, wants and has no delivery of: those that passed while it was switched off or not yet registered. */
  readonly missed?: Scalars['Boolean']['input'];
  /** Only events recorded then or later. */
  readonly since: Scalars['DateTime']['input'];
  /** Deliveries in these states are sent again: `DEAD`, `CANCELLED`, `SUPERSEDED`, `DELIVERED`. May be empty where `missed` is true. */
  readonly states?: ReadonlyArray<DeliveryState>;
  /** Only events recorded before. Absent, or in the future: up to now. */
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** The recovery that was begun. */
export type RecoverDeliveriesPayload = {
  readonly __typename?: 'RecoverDeliveriesPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The recovery; null where it was refused. */
  readonly recovery?: Maybe<Recovery>;
};

/** A range of time of which something is sent to an endpoint again. */
export type Recovery = {
  readonly __typename?: 'Recovery';
  /** Deliveries that were made for missed events. */
  readonly added: Scalars['Int']['output'];
  /** Who asked for it: name of the API key; null where nobody had to say. */
  readonly by?: Maybe<Scalars['String']['output']>;
  /** When it ended; null while it runs. */
  readonly completedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The endpoint; null where it was removed. */
  readonly endpoint?: Maybe<WebhookEndpoint>;
  /** Deliveries in these states that cannot be sent again, since their event is no longer kept. */
  readonly expired: Scalars['Int']['output'];
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** Whether events are sent too that the endpoint, as it is now, wants and has no delivery of. */
  readonly missed: Scalars['Boolean']['output'];
  /** Why it failed; null otherwise. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Deliveries that were handed over to be sent again. */
  readonly recovered: Scalars['Int']['output'];
  /** Only events recorded then or later. */
  readonly since: Scalars['DateTime']['output'];
  /** Where it stands. */
  readonly state: RecoveryState;
  /** Deliveries in these states are sent again. */
  readonly states: ReadonlyArray<DeliveryState>;
  /** Only events recorded before. */
  readonly until: Scalars['DateTime']['output'];
  /** Up to which time it has come, from `since` to `until`. */
  readonly workedUpTo: Scalars['DateTime']['output'];
};

/** A page of recoveries. */
export type RecoveryConnection = {
  readonly __typename?: 'RecoveryConnection';
  /** The recoveries with their cursors. */
  readonly edges: ReadonlyArray<RecoveryEdge>;
  /** The recoveries alone. */
  readonly nodes: ReadonlyArray<Recovery>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many recoveries the whole list has; null where they are more than 10,000, or take longer than a second to count. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A recovery in a list. */
export type RecoveryEdge = {
  readonly __typename?: 'RecoveryEdge';
  /** Its place in the list. Opaque. */
  readonly cursor: Scalars['String']['output'];
  /** The recovery. */
  readonly node: Recovery;
};

/** Where a recovery stands. */
export type RecoveryState =
  /** Somebody stopped it. */
  | 'CANCELLED'
  /** All was handed over to be sent. */
  | 'DONE'
  /** The endpoint was removed or receives nothing any more. */
  | 'FAILED'
  /** It is being worked off. */
  | 'RUNNING';

/** A delivery to send again. */
export type RedeliverInput = {
  /** The delivery's id. */
  readonly deliveryId: Scalars['ID']['input'];
};

/** The delivery that is sent again. */
export type RedeliverPayload = {
  readonly __typename?: 'RedeliverPayload';
  /** The delivery as it then is; null where it was refused. */
  readonly delivery?: Maybe<Delivery>;
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
};

/** A person had a delivery sent again. */
export type Redelivery = {
  readonly __typename?: 'Redelivery';
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** How many attempts were made before. The retry schedule began anew behind them. */
  readonly attemptsBefore: Scalars['Int']['output'];
  /** Who: name of the API key; null where nobody had to say. */
  readonly by?: Maybe<Scalars['String']['output']>;
};

/** An incident to reopen. */
export type ReopenIncidentInput = {
  /** The incident's id. */
  readonly id: Scalars['ID']['input'];
  /** Shown on the timeline; at most 65,536 characters. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
};

/** The incident that was reopened. */
export type ReopenIncidentPayload = {
  readonly __typename?: 'ReopenIncidentPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The incident as it then is; null where it was refused. */
  readonly incident?: Maybe<Incident>;
};

/** Which webhook runs again. */
export type ReplayReceiptInput = {
  /** The receipt's id. */
  readonly id: Scalars['ID']['input'];
};

/** The result of a replay. */
export type ReplayReceiptPayload = {
  readonly __typename?: 'ReplayReceiptPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The receipt of the replay, with what became of it; null where it was refused. */
  readonly receipt?: Maybe<Receipt>;
};

/** An incident to resolve. */
export type ResolveIncidentInput = {
  /** The incident's id. */
  readonly id: Scalars['ID']['input'];
  /** Shown on the timeline; at most 65,536 characters. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
};

/** The incident that was resolved. */
export type ResolveIncidentPayload = {
  readonly __typename?: 'ResolveIncidentPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The incident as it then is; null where it was refused. */
  readonly incident?: Maybe<Incident>;
};

/** An endpoint to resume. */
export type ResumeWebhookEndpointInput = {
  /** The endpoint's id. */
  readonly id: Scalars['ID']['input'];
};

/** The endpoint that was resumed. */
export type ResumeWebhookEndpointPayload = {
  readonly __typename?: 'ResumeWebhookEndpointPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The endpoint as it then is; null where it was refused. */
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
};

/** A previous secret to end. */
export type RetireSourceSecretInput = {
  /** The source's id. */
  readonly id: Scalars['ID']['input'];
  /** The secret's id, as in `secrets { id }`. */
  readonly secretId: Scalars['ID']['input'];
};

/** The source without that secret. */
export type RetireSourceSecretPayload = {
  readonly __typename?: 'RetireSourceSecretPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The source as it then is; null where it was refused. */
  readonly source?: Maybe<Source>;
};

/** Which API key to revoke. */
export type RevokeApiKeyInput = {
  /** Its id. */
  readonly id: Scalars['ID']['input'];
};

/** What became of it. */
export type RevokeApiKeyPayload = {
  readonly __typename?: 'RevokeApiKeyPayload';
  /** The key's record; null if it was refused. */
  readonly apiKey?: Maybe<ApiKey>;
  /** Why it was refused; else empty. */
  readonly errors: ReadonlyArray<UserError>;
};

/** A secret to take the place of the current one. */
export type RotateSourceSecretInput = {
  /** The source's id. */
  readonly id: Scalars['ID']['input'];
  /** For how many hours the current secret stays good, 0 to 720 (30 days); 0 ends it at once. Until when that is stands in the answer (`secrets { until }`). While two earlier ones are still good, anything but 0 is refused with `CONFLICT`. */
  readonly overlapHours?: Scalars['Float']['input'];
  /** The secret that the sender will have, 8 to 512 characters. Absent: a strong one is made and shown in the answer, once. */
  readonly secret?: InputMaybe<Scalars['String']['input']>;
};

/** The source with its new secret. */
export type RotateSourceSecretPayload = {
  readonly __typename?: 'RotateSourceSecretPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The secret, if it was made for you: shown here only, never again. Null where you gave one. */
  readonly secret?: Maybe<Scalars['String']['output']>;
  /** The source as it then is; null where it was refused. */
  readonly source?: Maybe<Source>;
};

/** A secret to take the place of the one that an endpoint has. */
export type RotateWebhookEndpointSecretInput = {
  /** The endpoint's id. */
  readonly id: Scalars['ID']['input'];
  /** For how many hours the old secret goes on signing, 0 to 720 (30 days); 0 ends it at once. */
  readonly overlapHours?: Scalars['Float']['input'];
  /** What webhooks will be signed with. Absent: a strong one is made and shown in the answer, once. The one that it has is refused. */
  readonly secret?: InputMaybe<Scalars['String']['input']>;
};

/** The endpoint with its new secret. */
export type RotateWebhookEndpointSecretPayload = {
  readonly __typename?: 'RotateWebhookEndpointSecretPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The secret, if it was made for you: shown here only, never again. Null where you gave one. */
  readonly secret?: Maybe<Scalars['String']['output']>;
  /** The endpoint as it then is; null where it was refused. */
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
};

/** What an API key allows. Where no key is asked for (`AUTH` off), everybody may do everything. */
export type Scope =
  /** To manage endpoints, sources and API keys, to send again and to replay. */
  | 'ADMIN'
  /** To query and to subscribe. */
  | 'READ'
  /** To act on incidents: create, change, acknowledge, resolve, reopen, note, add evidence. */
  | 'RESPOND';

/** A test event to send. */
export type SendTestEventInput = {
  /** The endpoint's id. */
  readonly endpointId: Scalars['ID']['input'];
  /** The type of which a sample is sent, whether the endpoint wants it or not. */
  readonly type?: EventType;
};

/** The test event that is sent. */
export type SendTestEventPayload = {
  readonly __typename?: 'SendTestEventPayload';
  /** Its delivery, whose attempts show what came of it; null where it was refused. */
  readonly delivery?: Maybe<Delivery>;
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
};

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

/** What a signal does to its incident. */
export type SignalKind =
  /** Says that somebody is on it. */
  | 'ACKNOWLEDGE'
  /** Adds a text to its timeline. */
  | 'NOTE'
  /** Opens it again. */
  | 'REOPEN'
  /** Says that it is over. */
  | 'RESOLVE'
  /** Opens it, or says again that it is open. */
  | 'TRIGGER'
  /** Says that nobody is on it any more. */
  | 'UNACKNOWLEDGE'
  /** Changes its fields. */
  | 'UPDATE';

/** A sender of webhooks. */
export type Source = {
  readonly __typename?: 'Source';
  /** When it was registered; null on default sources. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it is, in somebody's words. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** False: its webhooks are verified and kept, and answered 202 without any effect. Once it is enabled they may be sent again or replayed. */
  readonly enabled: Scalars['Boolean']['output'];
  /** Whether its webhooks must prove themselves by a secret. Where it has none they are refused, unless its provider is named in `UNSIGNED_INTAKE`, `AUTH` is off, or the sender signs with a key of its own. */
  readonly hasSecret: Scalars['Boolean']['output'];
  /** Opaque and stable. That of a default source begins with `env:`. */
  readonly id: Scalars['ID']['output'];
  /** Who says how it is. */
  readonly managedBy: SourceManager;
  /** Its name in the path, and what receipts call it. May be changed. */
  readonly name: Scalars['String']['output'];
  /** Where it posts to, such as `/api/v1/webhooks/github/eu-prod`. A sender that can neither sign nor set a header appends `/` and the secret: it is redacted wherever it would be shown. */
  readonly path: Scalars['String']['output'];
  /** Which tool it is, such as `github`: decides how its webhooks are verified and read. */
  readonly provider: Scalars['String']['output'];
  /** Webhooks a second that it may send over a longer time; null for what all sources have. */
  readonly ratePerSecond?: Maybe<Scalars['Float']['output']>;
  /** The secrets that were registered, the current one first, without the secrets themselves. Empty on default sources, whose secret the environment holds. */
  readonly secrets: ReadonlyArray<SourceSecret>;
  /** What its provider wants to know beside the secret. `GET /api/v1/webhooks/test` lists what each provider knows. */
  readonly settings: ReadonlyArray<SourceSetting>;
  /** When it was last changed; null on default sources. */
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of sources. */
export type SourceConnection = {
  readonly __typename?: 'SourceConnection';
  /** The sources with their cursors. */
  readonly edges: ReadonlyArray<SourceEdge>;
  /** The sources alone. */
  readonly nodes: ReadonlyArray<Source>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many sources the whole list has. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A source in a list. */
export type SourceEdge = {
  readonly __typename?: 'SourceEdge';
  /** Its place in the list. Opaque. */
  readonly cursor: Scalars['String']['output'];
  /** The source. */
  readonly node: Source;
};

/** Which sources. All that is given must match; within a list any value does. */
export type SourceFilter = {
  /** Only those whose webhooks take effect, or only those whose do not. */
  readonly enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only those of whom these say how they are. */
  readonly managedBy?: InputMaybe<ReadonlyArray<SourceManager>>;
  /** Which tool they are, such as `github`: any of these, at most 50. */
  readonly provider?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** Who says how a source is. */
export type SourceManager =
  /** The mutations here. */
  | 'API'
  /** The settings that OpsLens was started with, such as `GITHUB_WEBHOOK_SECRET`. It cannot be changed here. */
  | 'ENVIRONMENT';

/** A secret of a source, without the secret itself. */
export type SourceSecret = {
  readonly __typename?: 'SourceSecret';
  /** When it was set. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Whether it is the newest. */
  readonly generation: SourceSecretGeneration;
  /** Names it, also in `verifiedWith` of receipts. */
  readonly id: Scalars['ID']['output'];
  /** When a webhook was last verified with it, give or take a minute; null where none was. A previous secret that is no longer used may be retired. */
  readonly lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it ends or ended; null for the current one. What has ended is shown until the next rotation. */
  readonly until?: Maybe<Scalars['DateTime']['output']>;
};

/** Which of a source's secrets it is. */
export type SourceSecretGeneration =
  /** The newest. */
  | 'CURRENT'
  /** An earlier one, good until it ends. */
  | 'PREVIOUS';

/** One thing that a provider wants to know of its source beside the secret. */
export type SourceSetting = {
  readonly __typename?: 'SourceSetting';
  /** Which one, such as `timestamp_header`. */
  readonly name: Scalars['String']['output'];
  /** Its value. */
  readonly value: Scalars['String']['output'];
};

/** A setting to give to a source. */
export type SourceSettingInput = {
  /** One that the source's provider knows; `GET /api/v1/webhooks/test` lists them. */
  readonly name: Scalars['String']['input'];
  /** Its value, 1 to 4,096 characters. */
  readonly value: Scalars['String']['input'];
};

/** What can be followed live, over WebSocket at `/graphql` (protocol `graphql-transport-ws`) only. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /** Deliveries as they are made and each time one changes, live only. Changes of one in quick succession may come as one. */
  readonly deliveries: Delivery;
  /**
   * Events after the given number, in order and without a gap, then live ones.
   *
   * To go on after a broken connection, subscribe anew with the `sequence` of the last event received as `after`. Most
   * clients repeat the first variables by themselves and would receive everything again; with graphql-ws create the client
   * with `shouldRetry: () => false` and subscribe yourself. A connection that cannot keep up is closed with code 4800, and one
   * of an OpsLens that stops with 1001, to be continued the same way. The reason of both ends in a moment that is yours, such
   * as `reconnect in 3.4 s`, so that not all come back at once; where there is none, wait a random time.
   *
   * Ends in `SEQUENCE_EXPIRED` where the events after `after` are no longer kept (read what you follow anew and start from
   * `eventLog`), and in `SEQUENCE_AHEAD` where `after` is a number that was not given yet: it belongs to another database.
   */
  readonly events: Event;
  /**
   * The incident as it is now, then again after each change. Changes in quick succession may come as one. An unknown id ends
   * in `NOT_FOUND`.
   */
  readonly incident: Incident;
  /** Inbound webhooks as they are stored and each time one changes, live only. */
  readonly receipts: Receipt;
  /** Endpoints, each anew whenever its health changes: with a failure, with the success that ends failures, and when it is disabled. Live only: ask for the endpoint to see how it does now. Changes of one in quick succession may come as one. */
  readonly webhookEndpointHealth: WebhookEndpoint;
};


/** What can be followed live, over WebSocket at `/graphql` (protocol `graphql-transport-ws`) only. */
export type SubscriptionDeliveriesArgs = {
  endpointId?: InputMaybe<Scalars['ID']['input']>;
};


/** What can be followed live, over WebSocket at `/graphql` (protocol `graphql-transport-ws`) only. */
export type SubscriptionEventsArgs = {
  after?: InputMaybe<Scalars['Sequence']['input']>;
  filter?: InputMaybe<EventFilter>;
};


/** What can be followed live, over WebSocket at `/graphql` (protocol `graphql-transport-ws`) only. */
export type SubscriptionIncidentArgs = {
  id: Scalars['ID']['input'];
};


/** What can be followed live, over WebSocket at `/graphql` (protocol `graphql-transport-ws`) only. */
export type SubscriptionReceiptsArgs = {
  filter?: InputMaybe<ReceiptFilter>;
};


/** What can be followed live, over WebSocket at `/graphql` (protocol `graphql-transport-ws`) only. */
export type SubscriptionWebhookEndpointHealthArgs = {
  endpointId?: InputMaybe<Scalars['ID']['input']>;
};

/** The order of a list that stands in the order of time. Items of one moment are in the order of their ids. */
export type TimeOrder =
  /** The newest first. */
  | 'NEWEST_FIRST'
  /** The oldest first. */
  | 'OLDEST_FIRST';

/** One thing that happened to an incident. */
export type TimelineEntry = {
  readonly __typename?: 'TimelineEntry';
  /** Who did it, as their system or API key names them; null for a machine. */
  readonly actor?: Maybe<Scalars['String']['output']>;
  /** More details as JSON text; null for none. */
  readonly data?: Maybe<Scalars['String']['output']>;
  /** The deployment, on entries of the kind `DEPLOYMENT`; else null. */
  readonly deployment?: Maybe<Deployment>;
  /** Opaque and stable. Of a deployment it is the deployment's id. */
  readonly id: Scalars['ID']['output'];
  /** What kind of thing. */
  readonly kind: TimelineEntryKind;
  /** When it happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** The inbound webhook it came with; null where none did, or where it is no longer kept. */
  readonly receipt?: Maybe<Receipt>;
  /** When OpsLens learnt of it. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** What happened, in words; may be empty. */
  readonly text: Scalars['String']['output'];
};

/** A page of a timeline. */
export type TimelineEntryConnection = {
  readonly __typename?: 'TimelineEntryConnection';
  /** The entries with their cursors. */
  readonly edges: ReadonlyArray<TimelineEntryEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<TimelineEntry>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many entries the whole list has; null where they are more than 10,000, or more than 1,000 of them are deployments. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An entry on a timeline. */
export type TimelineEntryEdge = {
  readonly __typename?: 'TimelineEntryEdge';
  /** Its place on the timeline. Opaque. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: TimelineEntry;
};

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

/** A timeline entry as an event tells of it. */
export type TimelineEntrySnapshot = {
  readonly __typename?: 'TimelineEntrySnapshot';
  /** The entry's id. */
  readonly entryId: Scalars['ID']['output'];
  /** What kind of thing. */
  readonly kind: TimelineEntryKind;
  /** When it happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** What happened, in words; may be empty. */
  readonly text: Scalars['String']['output'];
};

/** The timeline grew: a note, a deployment, a late signal. */
export type TimelineUpdated = Event & {
  readonly __typename?: 'TimelineUpdated';
  /** What was, is or will be sent of it, in the order of the endpoints, as long as it is kept (45 days). */
  readonly deliveries: DeliveryConnection;
  /** What was added. */
  readonly entries: ReadonlyArray<TimelineEntrySnapshot>;
  /** Opaque and stable. Outgoing webhooks carry it as `webhook-id`. */
  readonly id: Scalars['ID']['output'];
  /** The incident as it is now. */
  readonly incident?: Maybe<Incident>;
  /** When it happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When it was stored; never goes back within an incident. Outgoing webhooks carry it as `timestamp`. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** Its number: one order without gaps over all events. */
  readonly sequence: Scalars['Sequence']['output'];
  /** The incident as it stood at this event. */
  readonly snapshot: IncidentSnapshot;
  /** Always `TIMELINE_UPDATED`. */
  readonly type: EventType;
};


/** The timeline grew: a note, a deployment, a late signal. */
export type TimelineUpdatedDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  state?: InputMaybe<ReadonlyArray<DeliveryState>>;
};

/** Fields that are absent stay as they are. */
export type UpdateIncidentInput = {
  /** At most 65,536 characters; null empties it. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** The incident's id. */
  readonly id: Scalars['ID']['input'];
  /** 1 to 200 characters; null says that it is unknown. */
  readonly service?: InputMaybe<Scalars['String']['input']>;
  /** How bad it is; null is refused. */
  readonly severity?: InputMaybe<Severity>;
  /** 1 to 1,000 characters; null is refused. */
  readonly title?: InputMaybe<Scalars['String']['input']>;
  /** An http or https address, at most 2,048 characters; null removes it. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
};

/** The incident that was updated. */
export type UpdateIncidentPayload = {
  readonly __typename?: 'UpdateIncidentPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The incident as it then is; null where it was refused. */
  readonly incident?: Maybe<Incident>;
};

/** Fields that are absent stay as they are. */
export type UpdateSourceInput = {
  /** What it is, at most 1,000 characters; null removes it. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** Whether its webhooks take effect; null is refused. */
  readonly enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** The source's id. */
  readonly id: Scalars['ID']['input'];
  /** Its name in the path, as in `CreateSourceInput`; null is refused. The former path is answered 404, and its incidents go on under the new one. The name that it was created with stays reserved for it. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Webhooks a second that it may send over a longer time, 0.01 to 100,000; null for what all sources have. */
  readonly ratePerSecond?: InputMaybe<Scalars['Float']['input']>;
  /** All that it is to have: those left out are removed. */
  readonly settings?: InputMaybe<ReadonlyArray<SourceSettingInput>>;
};

/** The source that was changed. */
export type UpdateSourcePayload = {
  readonly __typename?: 'UpdateSourcePayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The source as it then is; null where it was refused. */
  readonly source?: Maybe<Source>;
};

/** Fields that are absent stay as they are. */
export type UpdateWebhookEndpointInput = {
  /** What it is, at most 1,000 characters; null removes it. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** The types of events it wants, at least one; null is refused. */
  readonly events?: InputMaybe<ReadonlyArray<EventType>>;
  /** Headers that each webhook is to carry, instead of those before, at most 10, of 4,096 characters in all. Values are visible ASCII. Not what frames a request (`Host`, `Content-*`, `Connection` and the like), nor `User-Agent`, `Date`, `Cookie`, `Proxy-*`, `Webhook-*`, `X-Webhook-*`, `X-OpsLens-*`. Null removes them. */
  readonly headers?: InputMaybe<ReadonlyArray<WebhookEndpointHeaderInput>>;
  /** The endpoint's id. */
  readonly id: Scalars['ID']['input'];
  /** Whether it receives; null is refused. True also switches on again what OpsLens switched off. */
  readonly isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** At most so many webhooks wait for its answer at the same time, 1 to 32. Null removes it. */
  readonly maxInFlight?: InputMaybe<Scalars['Int']['input']>;
  /** No events of incidents below this severity. An event that lowers an incident from it still comes. Null removes it. */
  readonly minSeverity?: InputMaybe<Severity>;
  /** Whether its webhooks are signed with the key pair of this installation too, so that the receiver can verify them without holding a secret: `webhook-signature` then lists a `v1a` entry (Ed25519 over `webhook-id.webhook-timestamp.body`) by one of the public keys at `/.well-known/webhook-keys`, a JWK set. Costs about a fifth of a push more. Null: false. */
  readonly publicKeySignature?: InputMaybe<Scalars['Boolean']['input']>;
  /** At most so many webhooks are sent to it a second, 0.1 to 1,000. Null removes it. */
  readonly ratePerSecond?: InputMaybe<Scalars['Float']['input']>;
  /** Only events of incidents of one of these services, as `Incident.service` shows them, so none of incidents without a service; at most 100, each at most 200 characters. Null removes them. */
  readonly services?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only events of incidents with one of these sources, as `Incident.source` shows them; at most 100, each at most 200 characters. Null removes them. */
  readonly sources?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** An http or https address, at most 2,048 characters; null is refused. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
};

/** The endpoint that was changed. */
export type UpdateWebhookEndpointPayload = {
  readonly __typename?: 'UpdateWebhookEndpointPayload';
  /** Why it was refused; empty where it was done. */
  readonly errors: ReadonlyArray<UserError>;
  /** The endpoint as it then is; null where it was refused. */
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
};

/**
 * Why a mutation did not do what it was asked for: something the client can act on. Nothing was changed. Bugs, missing
 * rights, limits and an unreachable database are top-level errors instead, each with one of `ErrorCode` as its
 * `extensions.code`.
 */
export type UserError = {
  readonly __typename?: 'UserError';
  /** What kind of refusal it is, for programs. */
  readonly code: UserErrorCode;
  /** What is wrong and what would be right, for people. */
  readonly message: Scalars['String']['output'];
  /** The input it is about, from the argument down, such as `["input", "url"]`; empty where it is about none in particular. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
};

/** Kinds of refusal. */
export type UserErrorCode =
  /** The object, or another one, is in a state that rules it out. Read it again before trying anew. */
  | 'CONFLICT'
  /** A value is missing, malformed, too long or not allowed. */
  | 'INVALID'
  /** There is no such object (any more). */
  | 'NOT_FOUND';

/** Who asks. */
export type Viewer = {
  readonly __typename?: 'Viewer';
  /** The key it asked with; null for a key of the setting `API_KEYS`, and without one. */
  readonly apiKey?: Maybe<ApiKey>;
  /** What timelines show as the actor of what this caller does; null where nobody had to say who they are. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** What the caller may do. */
  readonly scopes: ReadonlyArray<Scope>;
};

/** A registered receiver of outgoing webhooks. */
export type WebhookEndpoint = {
  readonly __typename?: 'WebhookEndpoint';
  /** When it was registered; null on a row that a person made without it. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** What was, is or will be sent to it, by the age of the events, as long as it is kept (45 days). */
  readonly deliveries: DeliveryConnection;
  /** What it is, in somebody's words. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** When OpsLens switched it off; null unless the state is `DISABLED`. */
  readonly disabledAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why OpsLens switched it off; null unless the state is `DISABLED`. */
  readonly disabledReason?: Maybe<WebhookEndpointDisabledReason>;
  /** The types of events it wants. */
  readonly events: ReadonlyArray<EventType>;
  /** Headers that each webhook carries beside those of OpsLens. */
  readonly headers: ReadonlyArray<WebhookEndpointHeader>;
  /** How it does: whether pushes to it succeed, how long they take, and what waits for it. */
  readonly health: EndpointHealth;
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** Why it is `INVALID`; null otherwise. */
  readonly invalidReason?: Maybe<Scalars['String']['output']>;
  /** Whether its owner wants it to receive. */
  readonly isActive: Scalars['Boolean']['output'];
  /** At most so many webhooks wait for its answer at the same time; null for the default. */
  readonly maxInFlight?: Maybe<Scalars['Int']['output']>;
  /** It gets no events of incidents below this severity; null for all. An event that lowers an incident from it still comes. */
  readonly minSeverity?: Maybe<Severity>;
  /** When it was paused; null where it is not. */
  readonly pausedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether its webhooks are signed with the key pair of this installation too (`v1a`). */
  readonly publicKeySignature: Scalars['Boolean']['output'];
  /** At most so many webhooks are sent to it a second; null for no limit of its own. */
  readonly ratePerSecond?: Maybe<Scalars['Float']['output']>;
  /** How its secret is kept; null where there is none that can be used. */
  readonly secretForm?: Maybe<WebhookEndpointSecretForm>;
  /** Until when the old secret signs beside the new one; null while there is no rotation. Until then `secretForm` is that of the old one. */
  readonly secretOverlapUntil?: Maybe<Scalars['DateTime']['output']>;
  /** It gets events of incidents of one of these services only, and none of incidents without a service; empty for all. */
  readonly services: ReadonlyArray<Scalars['String']['output']>;
  /** It gets events of incidents with one of these sources only; empty for all. */
  readonly sources: ReadonlyArray<Scalars['String']['output']>;
  /** Whether it receives. */
  readonly state: WebhookEndpointState;
  /** When it was last changed; null on a row that a person made without it. */
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where webhooks are posted to. On an invalid row: what is written there. */
  readonly url: Scalars['String']['output'];
};


/** A registered receiver of outgoing webhooks. */
export type WebhookEndpointDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  eventType?: InputMaybe<ReadonlyArray<EventType>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TimeOrder;
  state?: InputMaybe<ReadonlyArray<DeliveryState>>;
};

/** A page of endpoints. */
export type WebhookEndpointConnection = {
  readonly __typename?: 'WebhookEndpointConnection';
  /** The endpoints with their cursors. */
  readonly edges: ReadonlyArray<WebhookEndpointEdge>;
  /** The endpoints alone. */
  readonly nodes: ReadonlyArray<WebhookEndpoint>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many endpoints the whole list has; null where they are more than 10,000. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** Why OpsLens switched an endpoint off. To switch it on again, set `isActive`. */
export type WebhookEndpointDisabledReason =
  /** It did nothing but fail for five days. */
  | 'FAILING'
  /** It answered 410 Gone. */
  | 'GONE';

/** An endpoint in a list. */
export type WebhookEndpointEdge = {
  readonly __typename?: 'WebhookEndpointEdge';
  /** Its place in the list. Opaque. */
  readonly cursor: Scalars['String']['output'];
  /** The endpoint. */
  readonly node: WebhookEndpoint;
};

/** Which endpoints. All that is given must match; within a list any value does. */
export type WebhookEndpointFilter = {
  /** Only those that want events of any of these types, at most 50. */
  readonly events?: InputMaybe<ReadonlyArray<EventType>>;
  /** Only those in one of these states, at most 50. */
  readonly state?: InputMaybe<ReadonlyArray<WebhookEndpointState>>;
  /** Part of the url or the description, 1 to 200 characters, whatever the case of its letters. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** A header that an endpoint's webhooks carry. */
export type WebhookEndpointHeader = {
  readonly __typename?: 'WebhookEndpointHeader';
  /** As it is sent. */
  readonly name: Scalars['String']['output'];
  /** As it is sent; null where it may be a credential, by its name or form: such a value is stored encrypted and never shown. */
  readonly value?: Maybe<Scalars['String']['output']>;
};

/** A header to send with each webhook. */
export type WebhookEndpointHeaderInput = {
  /** Its name, each at most once. */
  readonly name: Scalars['String']['input'];
  /** Its value. What may be a credential is stored encrypted, and reads as null: give it again, for null is refused. */
  readonly value?: InputMaybe<Scalars['String']['input']>;
};

/** How an endpoint's secret is kept. */
export type WebhookEndpointSecretForm =
  /** Readable in the database: a person wrote it there. */
  | 'PLAIN'
  /** Encrypted. */
  | 'SEALED';

/** Whether an endpoint receives. */
export type WebhookEndpointState =
  /** It receives. */
  | 'ACTIVE'
  /** OpsLens switched it off, since it answered 410 or did nothing but fail for five days. `disabledReason` says which. */
  | 'DISABLED'
  /** Its owner switched it off. */
  | 'INACTIVE'
  /** A row made by hand that cannot be used. It receives nothing until it is mended. */
  | 'INVALID'
  /** Somebody paused it: what it would receive waits until it is resumed. */
  | 'PAUSED';

/** A header of a webhook to try out. */
export type WebhookHeaderInput = {
  /** Its name, at most 256 characters. */
  readonly name: Scalars['String']['input'];
  /** Its value, at most 8,192 characters. */
  readonly value: Scalars['String']['input'];
};

/** What a webhook would do. Ids of what it would create are made up. */
export type WebhookPreview = {
  readonly __typename?: 'WebhookPreview';
  /** The deployments that it is about, as they would be afterwards. */
  readonly deployments: ReadonlyArray<PreviewedDeployment>;
  /** The first delivery of the same webhook, where this would be a repetition; null where it would be none. */
  readonly duplicateOf?: Maybe<Receipt>;
  /** The incidents that it is about, as they would be afterwards. */
  readonly incidents: ReadonlyArray<PreviewedIncident>;
  /** What would become of it. */
  readonly outcome: ReceiptOutcome;
  /** The kind of sender. */
  readonly provider: Scalars['String']['output'];
  /** Why, in words; null where it would be applied without remark. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** What it says, in the order that it says it; empty where it would not be acted on. */
  readonly signals: ReadonlyArray<PreviewedSignal>;
  /** The registered source's name. */
  readonly source: Scalars['String']['output'];
  /** What would be left out or made plausible, in words. */
  readonly warnings: ReadonlyArray<Scalars['String']['output']>;
  /** The HTTP status that its sender would get. */
  readonly wouldAnswer: Scalars['Int']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AcknowledgeIncidentInput: AcknowledgeIncidentInput;
  AcknowledgeIncidentPayload: ResolverTypeWrapper<Omit<AcknowledgeIncidentPayload, 'incident'> & { incident?: Maybe<ResolversTypes['Incident']> }>;
  AddEvidenceInput: AddEvidenceInput;
  AddEvidencePayload: ResolverTypeWrapper<Omit<AddEvidencePayload, 'evidence' | 'incident'> & { evidence?: Maybe<ResolversTypes['Evidence']>, incident?: Maybe<ResolversTypes['Incident']> }>;
  AddTimelineEntryInput: AddTimelineEntryInput;
  AddTimelineEntryPayload: ResolverTypeWrapper<Omit<AddTimelineEntryPayload, 'incident' | 'timelineEntry'> & { incident?: Maybe<ResolversTypes['Incident']>, timelineEntry?: Maybe<ResolversTypes['TimelineEntry']> }>;
  ApiKey: ResolverTypeWrapper<ApiKeyEntity>;
  ApiKeyConnection: ResolverTypeWrapper<ConnectionEntity<ApiKeyEntity>>;
  ApiKeyEdge: ResolverTypeWrapper<Omit<ApiKeyEdge, 'node'> & { node: ResolversTypes['ApiKey'] }>;
  ApiKeyState: ApiKeyState;
  Attempt: ResolverTypeWrapper<AttemptEntity>;
  AttemptOutcome: AttemptOutcome;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CancelRecoveryInput: CancelRecoveryInput;
  CancelRecoveryPayload: ResolverTypeWrapper<Omit<CancelRecoveryPayload, 'recovery'> & { recovery?: Maybe<ResolversTypes['Recovery']> }>;
  CreateApiKeyInput: CreateApiKeyInput;
  CreateApiKeyPayload: ResolverTypeWrapper<Omit<CreateApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversTypes['ApiKey']> }>;
  CreateIncidentInput: CreateIncidentInput;
  CreateIncidentPayload: ResolverTypeWrapper<Omit<CreateIncidentPayload, 'incident'> & { incident?: Maybe<ResolversTypes['Incident']> }>;
  CreateSourceInput: CreateSourceInput;
  CreateSourcePayload: ResolverTypeWrapper<Omit<CreateSourcePayload, 'source'> & { source?: Maybe<ResolversTypes['Source']> }>;
  CreateWebhookEndpointInput: CreateWebhookEndpointInput;
  CreateWebhookEndpointPayload: ResolverTypeWrapper<Omit<CreateWebhookEndpointPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DateTimeRange: DateTimeRange;
  DeleteSourceInput: DeleteSourceInput;
  DeleteSourcePayload: ResolverTypeWrapper<Omit<DeleteSourcePayload, 'source'> & { source?: Maybe<ResolversTypes['Source']> }>;
  DeleteWebhookEndpointInput: DeleteWebhookEndpointInput;
  DeleteWebhookEndpointPayload: ResolverTypeWrapper<Omit<DeleteWebhookEndpointPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  Delivery: ResolverTypeWrapper<DeliveryEntity>;
  DeliveryConnection: ResolverTypeWrapper<ConnectionEntity<DeliveryEntity>>;
  DeliveryEdge: ResolverTypeWrapper<Omit<DeliveryEdge, 'node'> & { node: ResolversTypes['Delivery'] }>;
  DeliveryExplanation: ResolverTypeWrapper<DeliveryExplanationEntity>;
  DeliveryFilter: DeliveryFilter;
  DeliveryFilteredBy: DeliveryFilteredBy;
  DeliveryState: DeliveryState;
  DeliveryVerdict: DeliveryVerdict;
  Deployment: ResolverTypeWrapper<DeploymentEntity>;
  DeploymentConnection: ResolverTypeWrapper<ConnectionEntity<DeploymentEntity>>;
  DeploymentEdge: ResolverTypeWrapper<Omit<DeploymentEdge, 'node'> & { node: ResolversTypes['Deployment'] }>;
  DeploymentFilter: DeploymentFilter;
  DeploymentKind: DeploymentKind;
  DeploymentOutcome: DeploymentOutcome;
  DurationStatistics: ResolverTypeWrapper<DurationStatistics>;
  EndpointFigures: ResolverTypeWrapper<EndpointFigures>;
  EndpointHealth: ResolverTypeWrapper<ShownHealthEntity>;
  EndpointHealthStatus: EndpointHealthStatus;
  ErrorCode: ErrorCode;
  Event: ResolverTypeWrapper<EventEntity>;
  EventConnection: ResolverTypeWrapper<ConnectionEntity<EventEntity>>;
  EventEdge: ResolverTypeWrapper<Omit<EventEdge, 'node'> & { node: ResolversTypes['Event'] }>;
  EventFilter: EventFilter;
  EventLog: ResolverTypeWrapper<EventLog>;
  EventType: EventType;
  Evidence: ResolverTypeWrapper<EvidenceEntity>;
  EvidenceAdded: ResolverTypeWrapper<EventEntity>;
  EvidenceConnection: ResolverTypeWrapper<ConnectionEntity<EvidenceEntity>>;
  EvidenceEdge: ResolverTypeWrapper<Omit<EvidenceEdge, 'node'> & { node: ResolversTypes['Evidence'] }>;
  EvidenceKind: EvidenceKind;
  EvidenceSnapshot: ResolverTypeWrapper<EvidenceOfEventEntity>;
  FieldChange: ResolverTypeWrapper<FieldChange>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Incident: ResolverTypeWrapper<IncidentEntity>;
  IncidentConnection: ResolverTypeWrapper<ConnectionEntity<IncidentEntity>>;
  IncidentCreated: ResolverTypeWrapper<EventEntity>;
  IncidentDay: ResolverTypeWrapper<IncidentDay>;
  IncidentEdge: ResolverTypeWrapper<Omit<IncidentEdge, 'node'> & { node: ResolversTypes['Incident'] }>;
  IncidentFilter: IncidentFilter;
  IncidentOrder: IncidentOrder;
  IncidentSeverityCount: ResolverTypeWrapper<IncidentSeverityCount>;
  IncidentSnapshot: ResolverTypeWrapper<IncidentSnapshotEntity>;
  IncidentStatistics: ResolverTypeWrapper<IncidentStatistics>;
  IncidentStatisticsFilter: IncidentStatisticsFilter;
  IncidentStatus: IncidentStatus;
  IncidentStatusCount: ResolverTypeWrapper<IncidentStatusCount>;
  IncidentUpdated: ResolverTypeWrapper<EventEntity>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PauseWebhookEndpointInput: PauseWebhookEndpointInput;
  PauseWebhookEndpointPayload: ResolverTypeWrapper<Omit<PauseWebhookEndpointPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  PreviewEffect: PreviewEffect;
  PreviewWebhookInput: PreviewWebhookInput;
  PreviewedDeployment: ResolverTypeWrapper<PreviewedDeploymentEntity>;
  PreviewedEvent: ResolverTypeWrapper<UnnumberedEventEntity>;
  PreviewedIncident: ResolverTypeWrapper<PreviewedIncidentEntity>;
  PreviewedSignal: ResolverTypeWrapper<SignalEntity>;
  PromoteWebhookEndpointSecretInput: PromoteWebhookEndpointSecretInput;
  PromoteWebhookEndpointSecretPayload: ResolverTypeWrapper<Omit<PromoteWebhookEndpointSecretPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Receipt: ResolverTypeWrapper<ReceiptEntity>;
  ReceiptConnection: ResolverTypeWrapper<ConnectionEntity<ReceiptEntity>>;
  ReceiptEdge: ResolverTypeWrapper<Omit<ReceiptEdge, 'node'> & { node: ResolversTypes['Receipt'] }>;
  ReceiptFilter: ReceiptFilter;
  ReceiptHeader: ResolverTypeWrapper<ReceiptHeader>;
  ReceiptOutcome: ReceiptOutcome;
  RecoverDeliveriesInput: RecoverDeliveriesInput;
  RecoverDeliveriesPayload: ResolverTypeWrapper<Omit<RecoverDeliveriesPayload, 'recovery'> & { recovery?: Maybe<ResolversTypes['Recovery']> }>;
  Recovery: ResolverTypeWrapper<RecoveryEntity>;
  RecoveryConnection: ResolverTypeWrapper<ConnectionEntity<RecoveryEntity>>;
  RecoveryEdge: ResolverTypeWrapper<Omit<RecoveryEdge, 'node'> & { node: ResolversTypes['Recovery'] }>;
  RecoveryState: RecoveryState;
  RedeliverInput: RedeliverInput;
  RedeliverPayload: ResolverTypeWrapper<Omit<RedeliverPayload, 'delivery'> & { delivery?: Maybe<ResolversTypes['Delivery']> }>;
  Redelivery: ResolverTypeWrapper<Redelivery>;
  ReopenIncidentInput: ReopenIncidentInput;
  ReopenIncidentPayload: ResolverTypeWrapper<Omit<ReopenIncidentPayload, 'incident'> & { incident?: Maybe<ResolversTypes['Incident']> }>;
  ReplayReceiptInput: ReplayReceiptInput;
  ReplayReceiptPayload: ResolverTypeWrapper<Omit<ReplayReceiptPayload, 'receipt'> & { receipt?: Maybe<ResolversTypes['Receipt']> }>;
  ResolveIncidentInput: ResolveIncidentInput;
  ResolveIncidentPayload: ResolverTypeWrapper<Omit<ResolveIncidentPayload, 'incident'> & { incident?: Maybe<ResolversTypes['Incident']> }>;
  ResumeWebhookEndpointInput: ResumeWebhookEndpointInput;
  ResumeWebhookEndpointPayload: ResolverTypeWrapper<Omit<ResumeWebhookEndpointPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  RetireSourceSecretInput: RetireSourceSecretInput;
  RetireSourceSecretPayload: ResolverTypeWrapper<Omit<RetireSourceSecretPayload, 'source'> & { source?: Maybe<ResolversTypes['Source']> }>;
  RevokeApiKeyInput: RevokeApiKeyInput;
  RevokeApiKeyPayload: ResolverTypeWrapper<Omit<RevokeApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversTypes['ApiKey']> }>;
  RotateSourceSecretInput: RotateSourceSecretInput;
  RotateSourceSecretPayload: ResolverTypeWrapper<Omit<RotateSourceSecretPayload, 'source'> & { source?: Maybe<ResolversTypes['Source']> }>;
  RotateWebhookEndpointSecretInput: RotateWebhookEndpointSecretInput;
  RotateWebhookEndpointSecretPayload: ResolverTypeWrapper<Omit<RotateWebhookEndpointSecretPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  Scope: Scope;
  SendTestEventInput: SendTestEventInput;
  SendTestEventPayload: ResolverTypeWrapper<Omit<SendTestEventPayload, 'delivery'> & { delivery?: Maybe<ResolversTypes['Delivery']> }>;
  Sequence: ResolverTypeWrapper<Scalars['Sequence']['output']>;
  Severity: Severity;
  SignalKind: SignalKind;
  Source: ResolverTypeWrapper<RegisteredSourceEntity>;
  SourceConnection: ResolverTypeWrapper<ConnectionEntity<RegisteredSourceEntity>>;
  SourceEdge: ResolverTypeWrapper<Omit<SourceEdge, 'node'> & { node: ResolversTypes['Source'] }>;
  SourceFilter: SourceFilter;
  SourceManager: SourceManager;
  SourceSecret: ResolverTypeWrapper<SealedSecretEntity>;
  SourceSecretGeneration: SourceSecretGeneration;
  SourceSetting: ResolverTypeWrapper<SourceSetting>;
  SourceSettingInput: SourceSettingInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TimeOrder: TimeOrder;
  TimelineEntry: ResolverTypeWrapper<TimelineEntryEntity>;
  TimelineEntryConnection: ResolverTypeWrapper<ConnectionEntity<TimelineEntryEntity>>;
  TimelineEntryEdge: ResolverTypeWrapper<Omit<TimelineEntryEdge, 'node'> & { node: ResolversTypes['TimelineEntry'] }>;
  TimelineEntryKind: TimelineEntryKind;
  TimelineEntrySnapshot: ResolverTypeWrapper<EntryOfEventEntity>;
  TimelineUpdated: ResolverTypeWrapper<EventEntity>;
  UpdateIncidentInput: UpdateIncidentInput;
  UpdateIncidentPayload: ResolverTypeWrapper<Omit<UpdateIncidentPayload, 'incident'> & { incident?: Maybe<ResolversTypes['Incident']> }>;
  UpdateSourceInput: UpdateSourceInput;
  UpdateSourcePayload: ResolverTypeWrapper<Omit<UpdateSourcePayload, 'source'> & { source?: Maybe<ResolversTypes['Source']> }>;
  UpdateWebhookEndpointInput: UpdateWebhookEndpointInput;
  UpdateWebhookEndpointPayload: ResolverTypeWrapper<Omit<UpdateWebhookEndpointPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  Viewer: ResolverTypeWrapper<PrincipalEntity>;
  WebhookEndpoint: ResolverTypeWrapper<WebhookEndpointEntity>;
  WebhookEndpointConnection: ResolverTypeWrapper<ConnectionEntity<WebhookEndpointEntity>>;
  WebhookEndpointDisabledReason: WebhookEndpointDisabledReason;
  WebhookEndpointEdge: ResolverTypeWrapper<Omit<WebhookEndpointEdge, 'node'> & { node: ResolversTypes['WebhookEndpoint'] }>;
  WebhookEndpointFilter: WebhookEndpointFilter;
  WebhookEndpointHeader: ResolverTypeWrapper<WebhookEndpointHeader>;
  WebhookEndpointHeaderInput: WebhookEndpointHeaderInput;
  WebhookEndpointSecretForm: WebhookEndpointSecretForm;
  WebhookEndpointState: WebhookEndpointState;
  WebhookHeaderInput: WebhookHeaderInput;
  WebhookPreview: ResolverTypeWrapper<WebhookPreviewEntity>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AcknowledgeIncidentInput: AcknowledgeIncidentInput;
  AcknowledgeIncidentPayload: Omit<AcknowledgeIncidentPayload, 'incident'> & { incident?: Maybe<ResolversParentTypes['Incident']> };
  AddEvidenceInput: AddEvidenceInput;
  AddEvidencePayload: Omit<AddEvidencePayload, 'evidence' | 'incident'> & { evidence?: Maybe<ResolversParentTypes['Evidence']>, incident?: Maybe<ResolversParentTypes['Incident']> };
  AddTimelineEntryInput: AddTimelineEntryInput;
  AddTimelineEntryPayload: Omit<AddTimelineEntryPayload, 'incident' | 'timelineEntry'> & { incident?: Maybe<ResolversParentTypes['Incident']>, timelineEntry?: Maybe<ResolversParentTypes['TimelineEntry']> };
  ApiKey: ApiKeyEntity;
  ApiKeyConnection: ConnectionEntity<ApiKeyEntity>;
  ApiKeyEdge: Omit<ApiKeyEdge, 'node'> & { node: ResolversParentTypes['ApiKey'] };
  Attempt: AttemptEntity;
  Boolean: Scalars['Boolean']['output'];
  CancelRecoveryInput: CancelRecoveryInput;
  CancelRecoveryPayload: Omit<CancelRecoveryPayload, 'recovery'> & { recovery?: Maybe<ResolversParentTypes['Recovery']> };
  CreateApiKeyInput: CreateApiKeyInput;
  CreateApiKeyPayload: Omit<CreateApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']> };
  CreateIncidentInput: CreateIncidentInput;
  CreateIncidentPayload: Omit<CreateIncidentPayload, 'incident'> & { incident?: Maybe<ResolversParentTypes['Incident']> };
  CreateSourceInput: CreateSourceInput;
  CreateSourcePayload: Omit<CreateSourcePayload, 'source'> & { source?: Maybe<ResolversParentTypes['Source']> };
  CreateWebhookEndpointInput: CreateWebhookEndpointInput;
  CreateWebhookEndpointPayload: Omit<CreateWebhookEndpointPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  DateTime: Scalars['DateTime']['output'];
  DateTimeRange: DateTimeRange;
  DeleteSourceInput: DeleteSourceInput;
  DeleteSourcePayload: Omit<DeleteSourcePayload, 'source'> & { source?: Maybe<ResolversParentTypes['Source']> };
  DeleteWebhookEndpointInput: DeleteWebhookEndpointInput;
  DeleteWebhookEndpointPayload: Omit<DeleteWebhookEndpointPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  Delivery: DeliveryEntity;
  DeliveryConnection: ConnectionEntity<DeliveryEntity>;
  DeliveryEdge: Omit<DeliveryEdge, 'node'> & { node: ResolversParentTypes['Delivery'] };
  DeliveryExplanation: DeliveryExplanationEntity;
  DeliveryFilter: DeliveryFilter;
  Deployment: DeploymentEntity;
  DeploymentConnection: ConnectionEntity<DeploymentEntity>;
  DeploymentEdge: Omit<DeploymentEdge, 'node'> & { node: ResolversParentTypes['Deployment'] };
  DeploymentFilter: DeploymentFilter;
  DurationStatistics: DurationStatistics;
  EndpointFigures: EndpointFigures;
  EndpointHealth: ShownHealthEntity;
  Event: EventEntity;
  EventConnection: ConnectionEntity<EventEntity>;
  EventEdge: Omit<EventEdge, 'node'> & { node: ResolversParentTypes['Event'] };
  EventFilter: EventFilter;
  EventLog: EventLog;
  Evidence: EvidenceEntity;
  EvidenceAdded: EventEntity;
  EvidenceConnection: ConnectionEntity<EvidenceEntity>;
  EvidenceEdge: Omit<EvidenceEdge, 'node'> & { node: ResolversParentTypes['Evidence'] };
  EvidenceSnapshot: EvidenceOfEventEntity;
  FieldChange: FieldChange;
  Float: Scalars['Float']['output'];
  ID: Scalars['ID']['output'];
  Incident: IncidentEntity;
  IncidentConnection: ConnectionEntity<IncidentEntity>;
  IncidentCreated: EventEntity;
  IncidentDay: IncidentDay;
  IncidentEdge: Omit<IncidentEdge, 'node'> & { node: ResolversParentTypes['Incident'] };
  IncidentFilter: IncidentFilter;
  IncidentSeverityCount: IncidentSeverityCount;
  IncidentSnapshot: IncidentSnapshotEntity;
  IncidentStatistics: IncidentStatistics;
  IncidentStatisticsFilter: IncidentStatisticsFilter;
  IncidentStatusCount: IncidentStatusCount;
  IncidentUpdated: EventEntity;
  Int: Scalars['Int']['output'];
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  PauseWebhookEndpointInput: PauseWebhookEndpointInput;
  PauseWebhookEndpointPayload: Omit<PauseWebhookEndpointPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  PreviewWebhookInput: PreviewWebhookInput;
  PreviewedDeployment: PreviewedDeploymentEntity;
  PreviewedEvent: UnnumberedEventEntity;
  PreviewedIncident: PreviewedIncidentEntity;
  PreviewedSignal: SignalEntity;
  PromoteWebhookEndpointSecretInput: PromoteWebhookEndpointSecretInput;
  PromoteWebhookEndpointSecretPayload: Omit<PromoteWebhookEndpointSecretPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  Query: Record<PropertyKey, never>;
  Receipt: ReceiptEntity;
  ReceiptConnection: ConnectionEntity<ReceiptEntity>;
  ReceiptEdge: Omit<ReceiptEdge, 'node'> & { node: ResolversParentTypes['Receipt'] };
  ReceiptFilter: ReceiptFilter;
  ReceiptHeader: ReceiptHeader;
  RecoverDeliveriesInput: RecoverDeliveriesInput;
  RecoverDeliveriesPayload: Omit<RecoverDeliveriesPayload, 'recovery'> & { recovery?: Maybe<ResolversParentTypes['Recovery']> };
  Recovery: RecoveryEntity;
  RecoveryConnection: ConnectionEntity<RecoveryEntity>;
  RecoveryEdge: Omit<RecoveryEdge, 'node'> & { node: ResolversParentTypes['Recovery'] };
  RedeliverInput: RedeliverInput;
  RedeliverPayload: Omit<RedeliverPayload, 'delivery'> & { delivery?: Maybe<ResolversParentTypes['Delivery']> };
  Redelivery: Redelivery;
  ReopenIncidentInput: ReopenIncidentInput;
  ReopenIncidentPayload: Omit<ReopenIncidentPayload, 'incident'> & { incident?: Maybe<ResolversParentTypes['Incident']> };
  ReplayReceiptInput: ReplayReceiptInput;
  ReplayReceiptPayload: Omit<ReplayReceiptPayload, 'receipt'> & { receipt?: Maybe<ResolversParentTypes['Receipt']> };
  ResolveIncidentInput: ResolveIncidentInput;
  ResolveIncidentPayload: Omit<ResolveIncidentPayload, 'incident'> & { incident?: Maybe<ResolversParentTypes['Incident']> };
  ResumeWebhookEndpointInput: ResumeWebhookEndpointInput;
  ResumeWebhookEndpointPayload: Omit<ResumeWebhookEndpointPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  RetireSourceSecretInput: RetireSourceSecretInput;
  RetireSourceSecretPayload: Omit<RetireSourceSecretPayload, 'source'> & { source?: Maybe<ResolversParentTypes['Source']> };
  RevokeApiKeyInput: RevokeApiKeyInput;
  RevokeApiKeyPayload: Omit<RevokeApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']> };
  RotateSourceSecretInput: RotateSourceSecretInput;
  RotateSourceSecretPayload: Omit<RotateSourceSecretPayload, 'source'> & { source?: Maybe<ResolversParentTypes['Source']> };
  RotateWebhookEndpointSecretInput: RotateWebhookEndpointSecretInput;
  RotateWebhookEndpointSecretPayload: Omit<RotateWebhookEndpointSecretPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  SendTestEventInput: SendTestEventInput;
  SendTestEventPayload: Omit<SendTestEventPayload, 'delivery'> & { delivery?: Maybe<ResolversParentTypes['Delivery']> };
  Sequence: Scalars['Sequence']['output'];
  Source: RegisteredSourceEntity;
  SourceConnection: ConnectionEntity<RegisteredSourceEntity>;
  SourceEdge: Omit<SourceEdge, 'node'> & { node: ResolversParentTypes['Source'] };
  SourceFilter: SourceFilter;
  SourceSecret: SealedSecretEntity;
  SourceSetting: SourceSetting;
  SourceSettingInput: SourceSettingInput;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  TimelineEntry: TimelineEntryEntity;
  TimelineEntryConnection: ConnectionEntity<TimelineEntryEntity>;
  TimelineEntryEdge: Omit<TimelineEntryEdge, 'node'> & { node: ResolversParentTypes['TimelineEntry'] };
  TimelineEntrySnapshot: EntryOfEventEntity;
  TimelineUpdated: EventEntity;
  UpdateIncidentInput: UpdateIncidentInput;
  UpdateIncidentPayload: Omit<UpdateIncidentPayload, 'incident'> & { incident?: Maybe<ResolversParentTypes['Incident']> };
  UpdateSourceInput: UpdateSourceInput;
  UpdateSourcePayload: Omit<UpdateSourcePayload, 'source'> & { source?: Maybe<ResolversParentTypes['Source']> };
  UpdateWebhookEndpointInput: UpdateWebhookEndpointInput;
  UpdateWebhookEndpointPayload: Omit<UpdateWebhookEndpointPayload, 'webhookEndpoint'> & { webhookEndpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  UserError: UserError;
  Viewer: PrincipalEntity;
  WebhookEndpoint: WebhookEndpointEntity;
  WebhookEndpointConnection: ConnectionEntity<WebhookEndpointEntity>;
  WebhookEndpointEdge: Omit<WebhookEndpointEdge, 'node'> & { node: ResolversParentTypes['WebhookEndpoint'] };
  WebhookEndpointFilter: WebhookEndpointFilter;
  WebhookEndpointHeader: WebhookEndpointHeader;
  WebhookEndpointHeaderInput: WebhookEndpointHeaderInput;
  WebhookHeaderInput: WebhookHeaderInput;
  WebhookPreview: WebhookPreviewEntity;
};

export type CostDirectiveArgs = {
  items: Scalars['Int']['input'];
};

export type CostDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = CostDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequiresDirectiveArgs = {
  scope: Scope;
};

export type RequiresDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = RequiresDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AcknowledgeIncidentPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AcknowledgeIncidentPayload'] = ResolversParentTypes['AcknowledgeIncidentPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
};

export type AddEvidencePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AddEvidencePayload'] = ResolversParentTypes['AddEvidencePayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  evidence?: Resolver<Maybe<ResolversTypes['Evidence']>, ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
};

export type AddTimelineEntryPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AddTimelineEntryPayload'] = ResolversParentTypes['AddTimelineEntryPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
  timelineEntry?: Resolver<Maybe<ResolversTypes['TimelineEntry']>, ParentType, ContextType>;
};

export type ApiKeyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  hint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revokedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['Scope']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ApiKeyState'], ParentType, ContextType>;
};

export type ApiKeyConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ApiKeyConnection'] = ResolversParentTypes['ApiKeyConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ApiKeyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ApiKeyEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ApiKeyEdge'] = ResolversParentTypes['ApiKeyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
};

export type AttemptResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Attempt'] = ResolversParentTypes['Attempt']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  manual?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['AttemptOutcome'], ParentType, ContextType>;
  responseBody?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type CancelRecoveryPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CancelRecoveryPayload'] = ResolversParentTypes['CancelRecoveryPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  recovery?: Resolver<Maybe<ResolversTypes['Recovery']>, ParentType, ContextType>;
};

export type CreateApiKeyPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CreateApiKeyPayload'] = ResolversParentTypes['CreateApiKeyPayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CreateIncidentPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CreateIncidentPayload'] = ResolversParentTypes['CreateIncidentPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
};

export type CreateSourcePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CreateSourcePayload'] = ResolversParentTypes['CreateSourcePayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
};

export type CreateWebhookEndpointPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CreateWebhookEndpointPayload'] = ResolversParentTypes['CreateWebhookEndpointPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteSourcePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeleteSourcePayload'] = ResolversParentTypes['DeleteSourcePayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
};

export type DeleteWebhookEndpointPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeleteWebhookEndpointPayload'] = ResolversParentTypes['DeleteWebhookEndpointPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
};

export type DeliveryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Delivery'] = ResolversParentTypes['Delivery']> = {
  attemptCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  attempts?: Resolver<ReadonlyArray<ResolversTypes['Attempt']>, ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dueAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
  event?: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType>;
  eventType?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
  isTest?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  previousSequence?: Resolver<Maybe<ResolversTypes['Sequence']>, ParentType, ContextType>;
  redelivery?: Resolver<Maybe<ResolversTypes['Redelivery']>, ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Sequence'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['DeliveryState'], ParentType, ContextType>;
  supersededBy?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
  supersedes?: Resolver<ReadonlyArray<ResolversTypes['Sequence']>, ParentType, ContextType>;
};

export type DeliveryConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeliveryConnection'] = ResolversParentTypes['DeliveryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DeliveryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Delivery']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type DeliveryEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeliveryEdge'] = ResolversParentTypes['DeliveryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Delivery'], ParentType, ContextType>;
};

export type DeliveryExplanationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeliveryExplanation'] = ResolversParentTypes['DeliveryExplanation']> = {
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
  filteredBy?: Resolver<Maybe<ResolversTypes['DeliveryFilteredBy']>, ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sentence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  supersededBy?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['DeliveryVerdict'], ParentType, ContextType>;
  waitsBehind?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
};

export type DeploymentResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Deployment'] = ResolversParentTypes['Deployment']> = {
  author?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  environment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['DeploymentKind'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['DeploymentOutcome']>, ParentType, ContextType>;
  receipt?: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  repository?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  service?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sha?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DeploymentConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeploymentConnection'] = ResolversParentTypes['DeploymentConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DeploymentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Deployment']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type DeploymentEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeploymentEdge'] = ResolversParentTypes['DeploymentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Deployment'], ParentType, ContextType>;
};

export type DurationStatisticsResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DurationStatistics'] = ResolversParentTypes['DurationStatistics']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  medianMs?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  p90Ms?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type EndpointFiguresResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EndpointFigures'] = ResolversParentTypes['EndpointFigures']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failureRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  failures?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  p50Ms?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  p90Ms?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  p99Ms?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  successRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  successes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EndpointHealthResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EndpointHealth'] = ResolversParentTypes['EndpointHealth']> = {
  consecutiveFailures?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failingSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
  lastDay?: Resolver<ResolversTypes['EndpointFigures'], ParentType, ContextType>;
  lastError?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastFailureAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastHour?: Resolver<ResolversTypes['EndpointFigures'], ParentType, ContextType>;
  lastSuccessAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  oldestOpenAgeSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  oldestOpenDelivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
  openCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  openCountIsExact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pausedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['EndpointHealthStatus'], ParentType, ContextType>;
};

export type EventResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event']> = {
  __resolveType: TypeResolveFn<'EvidenceAdded' | 'IncidentCreated' | 'IncidentUpdated' | 'TimelineUpdated', ParentType, ContextType>;
};

export type EventConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EventConnection'] = ResolversParentTypes['EventConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EventEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Event']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type EventEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EventEdge'] = ResolversParentTypes['EventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
};

export type EventLogResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EventLog'] = ResolversParentTypes['EventLog']> = {
  floor?: Resolver<ResolversTypes['Sequence'], ParentType, ContextType>;
  head?: Resolver<ResolversTypes['Sequence'], ParentType, ContextType>;
};

export type EvidenceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Evidence'] = ResolversParentTypes['Evidence']> = {
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['EvidenceKind'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type EvidenceAddedResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EvidenceAdded'] = ResolversParentTypes['EvidenceAdded']> = {
  deliveries?: Resolver<ResolversTypes['DeliveryConnection'], ParentType, ContextType, Partial<EvidenceAddedDeliveriesArgs>>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['EvidenceSnapshot']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Sequence'], ParentType, ContextType>;
  snapshot?: Resolver<ResolversTypes['IncidentSnapshot'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EvidenceConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EvidenceConnection'] = ResolversParentTypes['EvidenceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EvidenceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type EvidenceEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EvidenceEdge'] = ResolversParentTypes['EvidenceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Evidence'], ParentType, ContextType>;
};

export type EvidenceSnapshotResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EvidenceSnapshot'] = ResolversParentTypes['EvidenceSnapshot']> = {
  evidenceId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['EvidenceKind'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FieldChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['FieldChange'] = ResolversParentTypes['FieldChange']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type IncidentResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Incident'] = ResolversParentTypes['Incident']> = {
  acknowledgedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deployments?: Resolver<ResolversTypes['DeploymentConnection'], ParentType, ContextType, RequireFields<IncidentDeploymentsArgs, 'orderBy'>>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  events?: Resolver<ResolversTypes['EventConnection'], ParentType, ContextType, RequireFields<IncidentEventsArgs, 'orderBy'>>;
  evidence?: Resolver<ResolversTypes['EvidenceConnection'], ParentType, ContextType, RequireFields<IncidentEvidenceArgs, 'orderBy'>>;
  externalKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastSeenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receipts?: Resolver<ResolversTypes['ReceiptConnection'], ParentType, ContextType, RequireFields<IncidentReceiptsArgs, 'orderBy'>>;
  resolvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  service?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['Severity'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['IncidentStatus'], ParentType, ContextType>;
  timeline?: Resolver<ResolversTypes['TimelineEntryConnection'], ParentType, ContextType, RequireFields<IncidentTimelineArgs, 'orderBy'>>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  triggerCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type IncidentConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['IncidentConnection'] = ResolversParentTypes['IncidentConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['IncidentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Incident']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type IncidentCreatedResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['IncidentCreated'] = ResolversParentTypes['IncidentCreated']> = {
  deliveries?: Resolver<ResolversTypes['DeliveryConnection'], ParentType, ContextType, Partial<IncidentCreatedDeliveriesArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Sequence'], ParentType, ContextType>;
  snapshot?: Resolver<ResolversTypes['IncidentSnapshot'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IncidentDayResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['IncidentDay'] = ResolversParentTypes['IncidentDay']> = {
  bySeverity?: Resolver<ReadonlyArray<ResolversTypes['IncidentSeverityCount']>, ParentType, ContextType>;
  byStatus?: Resolver<ReadonlyArray<ResolversTypes['IncidentStatusCount']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeToAcknowledge?: Resolver<ResolversTypes['DurationStatistics'], ParentType, ContextType>;
  timeToResolve?: Resolver<ResolversTypes['DurationStatistics'], ParentType, ContextType>;
};

export type IncidentEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['IncidentEdge'] = ResolversParentTypes['IncidentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Incident'], ParentType, ContextType>;
};

export type IncidentSeverityCountResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['IncidentSeverityCount'] = ResolversParentTypes['IncidentSeverityCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['Severity'], ParentType, ContextType>;
};

export type IncidentSnapshotResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['IncidentSnapshot'] = ResolversParentTypes['IncidentSnapshot']> = {
  acknowledgedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  externalKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  incidentId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastSeenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  service?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['Severity'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['IncidentStatus'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  triggerCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type IncidentStatisticsResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['IncidentStatistics'] = ResolversParentTypes['IncidentStatistics']> = {
  bySeverity?: Resolver<ReadonlyArray<ResolversTypes['IncidentSeverityCount']>, ParentType, ContextType>;
  byStatus?: Resolver<ReadonlyArray<ResolversTypes['IncidentStatusCount']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  days?: Resolver<ReadonlyArray<ResolversTypes['IncidentDay']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  timeToAcknowledge?: Resolver<ResolversTypes['DurationStatistics'], ParentType, ContextType>;
  timeToResolve?: Resolver<ResolversTypes['DurationStatistics'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  until?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type IncidentStatusCountResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['IncidentStatusCount'] = ResolversParentTypes['IncidentStatusCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['IncidentStatus'], ParentType, ContextType>;
};

export type IncidentUpdatedResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['IncidentUpdated'] = ResolversParentTypes['IncidentUpdated']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['FieldChange']>, ParentType, ContextType>;
  deliveries?: Resolver<ResolversTypes['DeliveryConnection'], ParentType, ContextType, Partial<IncidentUpdatedDeliveriesArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Sequence'], ParentType, ContextType>;
  snapshot?: Resolver<ResolversTypes['IncidentSnapshot'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  acknowledgeIncident: Resolver<ResolversTypes['AcknowledgeIncidentPayload'], ParentType, ContextType, RequireFields<MutationAcknowledgeIncidentArgs, 'input'>>;
  addEvidence: Resolver<ResolversTypes['AddEvidencePayload'], ParentType, ContextType, RequireFields<MutationAddEvidenceArgs, 'input'>>;
  addTimelineEntry: Resolver<ResolversTypes['AddTimelineEntryPayload'], ParentType, ContextType, RequireFields<MutationAddTimelineEntryArgs, 'input'>>;
  cancelRecovery: Resolver<ResolversTypes['CancelRecoveryPayload'], ParentType, ContextType, RequireFields<MutationCancelRecoveryArgs, 'input'>>;
  createApiKey: Resolver<ResolversTypes['CreateApiKeyPayload'], ParentType, ContextType, RequireFields<MutationCreateApiKeyArgs, 'input'>>;
  createIncident: Resolver<ResolversTypes['CreateIncidentPayload'], ParentType, ContextType, RequireFields<MutationCreateIncidentArgs, 'input'>>;
  createSource: Resolver<ResolversTypes['CreateSourcePayload'], ParentType, ContextType, RequireFields<MutationCreateSourceArgs, 'input'>>;
  createWebhookEndpoint: Resolver<ResolversTypes['CreateWebhookEndpointPayload'], ParentType, ContextType, RequireFields<MutationCreateWebhookEndpointArgs, 'input'>>;
  deleteSource: Resolver<ResolversTypes['DeleteSourcePayload'], ParentType, ContextType, RequireFields<MutationDeleteSourceArgs, 'input'>>;
  deleteWebhookEndpoint: Resolver<ResolversTypes['DeleteWebhookEndpointPayload'], ParentType, ContextType, RequireFields<MutationDeleteWebhookEndpointArgs, 'input'>>;
  pauseWebhookEndpoint: Resolver<ResolversTypes['PauseWebhookEndpointPayload'], ParentType, ContextType, RequireFields<MutationPauseWebhookEndpointArgs, 'input'>>;
  promoteWebhookEndpointSecret: Resolver<ResolversTypes['PromoteWebhookEndpointSecretPayload'], ParentType, ContextType, RequireFields<MutationPromoteWebhookEndpointSecretArgs, 'input'>>;
  recoverDeliveries: Resolver<ResolversTypes['RecoverDeliveriesPayload'], ParentType, ContextType, RequireFields<MutationRecoverDeliveriesArgs, 'input'>>;
  redeliver: Resolver<ResolversTypes['RedeliverPayload'], ParentType, ContextType, RequireFields<MutationRedeliverArgs, 'input'>>;
  reopenIncident: Resolver<ResolversTypes['ReopenIncidentPayload'], ParentType, ContextType, RequireFields<MutationReopenIncidentArgs, 'input'>>;
  replayReceipt: Resolver<ResolversTypes['ReplayReceiptPayload'], ParentType, ContextType, RequireFields<MutationReplayReceiptArgs, 'input'>>;
  resolveIncident: Resolver<ResolversTypes['ResolveIncidentPayload'], ParentType, ContextType, RequireFields<MutationResolveIncidentArgs, 'input'>>;
  resumeWebhookEndpoint: Resolver<ResolversTypes['ResumeWebhookEndpointPayload'], ParentType, ContextType, RequireFields<MutationResumeWebhookEndpointArgs, 'input'>>;
  retireSourceSecret: Resolver<ResolversTypes['RetireSourceSecretPayload'], ParentType, ContextType, RequireFields<MutationRetireSourceSecretArgs, 'input'>>;
  revokeApiKey: Resolver<ResolversTypes['RevokeApiKeyPayload'], ParentType, ContextType, RequireFields<MutationRevokeApiKeyArgs, 'input'>>;
  rotateSourceSecret: Resolver<ResolversTypes['RotateSourceSecretPayload'], ParentType, ContextType, RequireFields<MutationRotateSourceSecretArgs, 'input'>>;
  rotateWebhookEndpointSecret: Resolver<ResolversTypes['RotateWebhookEndpointSecretPayload'], ParentType, ContextType, RequireFields<MutationRotateWebhookEndpointSecretArgs, 'input'>>;
  sendTestEvent: Resolver<ResolversTypes['SendTestEventPayload'], ParentType, ContextType, RequireFields<MutationSendTestEventArgs, 'input'>>;
  updateIncident: Resolver<ResolversTypes['UpdateIncidentPayload'], ParentType, ContextType, RequireFields<MutationUpdateIncidentArgs, 'input'>>;
  updateSource: Resolver<ResolversTypes['UpdateSourcePayload'], ParentType, ContextType, RequireFields<MutationUpdateSourceArgs, 'input'>>;
  updateWebhookEndpoint: Resolver<ResolversTypes['UpdateWebhookEndpointPayload'], ParentType, ContextType, RequireFields<MutationUpdateWebhookEndpointArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PauseWebhookEndpointPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PauseWebhookEndpointPayload'] = ResolversParentTypes['PauseWebhookEndpointPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
};

export type PreviewedDeploymentResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PreviewedDeployment'] = ResolversParentTypes['PreviewedDeployment']> = {
  author?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deploymentId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  effect?: Resolver<ResolversTypes['PreviewEffect'], ParentType, ContextType>;
  environment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['DeploymentKind'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['DeploymentOutcome']>, ParentType, ContextType>;
  repository?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  service?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sha?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PreviewedEventResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PreviewedEvent'] = ResolversParentTypes['PreviewedEvent']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['FieldChange']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
};

export type PreviewedIncidentResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PreviewedIncident'] = ResolversParentTypes['PreviewedIncident']> = {
  effect?: Resolver<ResolversTypes['PreviewEffect'], ParentType, ContextType>;
  entries?: Resolver<ReadonlyArray<ResolversTypes['TimelineEntrySnapshot']>, ParentType, ContextType>;
  events?: Resolver<ReadonlyArray<ResolversTypes['PreviewedEvent']>, ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
  snapshot?: Resolver<ResolversTypes['IncidentSnapshot'], ParentType, ContextType>;
};

export type PreviewedSignalResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PreviewedSignal'] = ResolversParentTypes['PreviewedSignal']> = {
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  claimedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  externalKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SignalKind'], ParentType, ContextType>;
  occurredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  service?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  severity?: Resolver<Maybe<ResolversTypes['Severity']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PromoteWebhookEndpointSecretPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PromoteWebhookEndpointSecretPayload'] = ResolversParentTypes['PromoteWebhookEndpointSecretPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  apiKey: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType, RequireFields<QueryApiKeyArgs, 'id'>>;
  apiKeys: Resolver<ResolversTypes['ApiKeyConnection'], ParentType, ContextType, Partial<QueryApiKeysArgs>>;
  deliveries: Resolver<ResolversTypes['DeliveryConnection'], ParentType, ContextType, RequireFields<QueryDeliveriesArgs, 'orderBy'>>;
  delivery: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType, RequireFields<QueryDeliveryArgs, 'id'>>;
  deliveryExplanation: Resolver<ResolversTypes['DeliveryExplanation'], ParentType, ContextType, RequireFields<QueryDeliveryExplanationArgs, 'endpointId' | 'eventId'>>;
  deployment: Resolver<Maybe<ResolversTypes['Deployment']>, ParentType, ContextType, RequireFields<QueryDeploymentArgs, 'id'>>;
  deployments: Resolver<ResolversTypes['DeploymentConnection'], ParentType, ContextType, RequireFields<QueryDeploymentsArgs, 'orderBy'>>;
  event: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, RequireFields<QueryEventArgs, 'id'>>;
  eventLog: Resolver<ResolversTypes['EventLog'], ParentType, ContextType>;
  events: Resolver<ResolversTypes['EventConnection'], ParentType, ContextType, RequireFields<QueryEventsArgs, 'orderBy'>>;
  evidence: Resolver<Maybe<ResolversTypes['Evidence']>, ParentType, ContextType, RequireFields<QueryEvidenceArgs, 'id'>>;
  incident: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType, RequireFields<QueryIncidentArgs, 'id'>>;
  incidentStatistics: Resolver<ResolversTypes['IncidentStatistics'], ParentType, ContextType, RequireFields<QueryIncidentStatisticsArgs, 'from' | 'timeZone'>>;
  incidents: Resolver<ResolversTypes['IncidentConnection'], ParentType, ContextType, RequireFields<QueryIncidentsArgs, 'orderBy'>>;
  previewWebhook: Resolver<ResolversTypes['WebhookPreview'], ParentType, ContextType, RequireFields<QueryPreviewWebhookArgs, 'input'>>;
  receipt: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType, RequireFields<QueryReceiptArgs, 'id'>>;
  receipts: Resolver<ResolversTypes['ReceiptConnection'], ParentType, ContextType, RequireFields<QueryReceiptsArgs, 'orderBy'>>;
  recoveries: Resolver<ResolversTypes['RecoveryConnection'], ParentType, ContextType, RequireFields<QueryRecoveriesArgs, 'orderBy'>>;
  recovery: Resolver<Maybe<ResolversTypes['Recovery']>, ParentType, ContextType, RequireFields<QueryRecoveryArgs, 'id'>>;
  source: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType, RequireFields<QuerySourceArgs, 'id'>>;
  sources: Resolver<ResolversTypes['SourceConnection'], ParentType, ContextType, Partial<QuerySourcesArgs>>;
  staleIncidents: Resolver<ResolversTypes['IncidentConnection'], ParentType, ContextType, RequireFields<QueryStaleIncidentsArgs, 'hours'>>;
  viewer: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
  webhookEndpoint: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType, RequireFields<QueryWebhookEndpointArgs, 'id'>>;
  webhookEndpoints: Resolver<ResolversTypes['WebhookEndpointConnection'], ParentType, ContextType, Partial<QueryWebhookEndpointsArgs>>;
};

export type ReceiptResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Receipt'] = ResolversParentTypes['Receipt']> = {
  body?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<ReceiptBodyArgs, 'maxBytes'>>;
  bodyHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  bodySize?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  deliveryId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deployments?: Resolver<ReadonlyArray<ResolversTypes['Deployment']>, ParentType, ContextType>;
  duplicateOf?: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType>;
  headers?: Resolver<ReadonlyArray<ResolversTypes['ReceiptHeader']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  incidents?: Resolver<ReadonlyArray<ResolversTypes['Incident']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['ReceiptOutcome'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  replayOf?: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType>;
  replayedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  replays?: Resolver<ResolversTypes['ReceiptConnection'], ParentType, ContextType, RequireFields<ReceiptReplaysArgs, 'orderBy'>>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  verifiedWith?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReceiptConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReceiptConnection'] = ResolversParentTypes['ReceiptConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Receipt']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ReceiptEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReceiptEdge'] = ResolversParentTypes['ReceiptEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Receipt'], ParentType, ContextType>;
};

export type ReceiptHeaderResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReceiptHeader'] = ResolversParentTypes['ReceiptHeader']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RecoverDeliveriesPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RecoverDeliveriesPayload'] = ResolversParentTypes['RecoverDeliveriesPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  recovery?: Resolver<Maybe<ResolversTypes['Recovery']>, ParentType, ContextType>;
};

export type RecoveryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Recovery'] = ResolversParentTypes['Recovery']> = {
  added?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
  expired?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  missed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recovered?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['RecoveryState'], ParentType, ContextType>;
  states?: Resolver<ReadonlyArray<ResolversTypes['DeliveryState']>, ParentType, ContextType>;
  until?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  workedUpTo?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type RecoveryConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RecoveryConnection'] = ResolversParentTypes['RecoveryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RecoveryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Recovery']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type RecoveryEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RecoveryEdge'] = ResolversParentTypes['RecoveryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Recovery'], ParentType, ContextType>;
};

export type RedeliverPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RedeliverPayload'] = ResolversParentTypes['RedeliverPayload']> = {
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RedeliveryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Redelivery'] = ResolversParentTypes['Redelivery']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  attemptsBefore?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReopenIncidentPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReopenIncidentPayload'] = ResolversParentTypes['ReopenIncidentPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
};

export type ReplayReceiptPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReplayReceiptPayload'] = ResolversParentTypes['ReplayReceiptPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  receipt?: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType>;
};

export type ResolveIncidentPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ResolveIncidentPayload'] = ResolversParentTypes['ResolveIncidentPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
};

export type ResumeWebhookEndpointPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ResumeWebhookEndpointPayload'] = ResolversParentTypes['ResumeWebhookEndpointPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
};

export type RetireSourceSecretPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RetireSourceSecretPayload'] = ResolversParentTypes['RetireSourceSecretPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
};

export type RevokeApiKeyPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RevokeApiKeyPayload'] = ResolversParentTypes['RevokeApiKeyPayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RotateSourceSecretPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RotateSourceSecretPayload'] = ResolversParentTypes['RotateSourceSecretPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
};

export type RotateWebhookEndpointSecretPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RotateWebhookEndpointSecretPayload'] = ResolversParentTypes['RotateWebhookEndpointSecretPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
};

export type SendTestEventPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SendTestEventPayload'] = ResolversParentTypes['SendTestEventPayload']> = {
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface SequenceScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Sequence'], any> {
  name: 'Sequence';
}

export type SourceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Source'] = ResolversParentTypes['Source']> = {
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  enabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasSecret?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  managedBy?: Resolver<ResolversTypes['SourceManager'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ratePerSecond?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  secrets?: Resolver<ReadonlyArray<ResolversTypes['SourceSecret']>, ParentType, ContextType>;
  settings?: Resolver<ReadonlyArray<ResolversTypes['SourceSetting']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type SourceConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourceConnection'] = ResolversParentTypes['SourceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SourceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type SourceEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourceEdge'] = ResolversParentTypes['SourceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
};

export type SourceSecretResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourceSecret'] = ResolversParentTypes['SourceSecret']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  generation?: Resolver<ResolversTypes['SourceSecretGeneration'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type SourceSettingResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourceSetting'] = ResolversParentTypes['SourceSetting']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  deliveries: SubscriptionResolver<ResolversTypes['Delivery'], "deliveries", ParentType, ContextType, Partial<SubscriptionDeliveriesArgs>>;
  events: SubscriptionResolver<ResolversTypes['Event'], "events", ParentType, ContextType, Partial<SubscriptionEventsArgs>>;
  incident: SubscriptionResolver<ResolversTypes['Incident'], "incident", ParentType, ContextType, RequireFields<SubscriptionIncidentArgs, 'id'>>;
  receipts: SubscriptionResolver<ResolversTypes['Receipt'], "receipts", ParentType, ContextType, Partial<SubscriptionReceiptsArgs>>;
  webhookEndpointHealth: SubscriptionResolver<ResolversTypes['WebhookEndpoint'], "webhookEndpointHealth", ParentType, ContextType, Partial<SubscriptionWebhookEndpointHealthArgs>>;
};

export type TimelineEntryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TimelineEntry'] = ResolversParentTypes['TimelineEntry']> = {
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  data?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deployment?: Resolver<Maybe<ResolversTypes['Deployment']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TimelineEntryKind'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receipt?: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TimelineEntryConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TimelineEntryConnection'] = ResolversParentTypes['TimelineEntryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TimelineEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['TimelineEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type TimelineEntryEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TimelineEntryEdge'] = ResolversParentTypes['TimelineEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TimelineEntry'], ParentType, ContextType>;
};

export type TimelineEntrySnapshotResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TimelineEntrySnapshot'] = ResolversParentTypes['TimelineEntrySnapshot']> = {
  entryId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TimelineEntryKind'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TimelineUpdatedResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TimelineUpdated'] = ResolversParentTypes['TimelineUpdated']> = {
  deliveries?: Resolver<ResolversTypes['DeliveryConnection'], ParentType, ContextType, Partial<TimelineUpdatedDeliveriesArgs>>;
  entries?: Resolver<ReadonlyArray<ResolversTypes['TimelineEntrySnapshot']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Sequence'], ParentType, ContextType>;
  snapshot?: Resolver<ResolversTypes['IncidentSnapshot'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateIncidentPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UpdateIncidentPayload'] = ResolversParentTypes['UpdateIncidentPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
};

export type UpdateSourcePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UpdateSourcePayload'] = ResolversParentTypes['UpdateSourcePayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
};

export type UpdateWebhookEndpointPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UpdateWebhookEndpointPayload'] = ResolversParentTypes['UpdateWebhookEndpointPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['Scope']>, ParentType, ContextType>;
};

export type WebhookEndpointResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WebhookEndpoint'] = ResolversParentTypes['WebhookEndpoint']> = {
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deliveries?: Resolver<ResolversTypes['DeliveryConnection'], ParentType, ContextType, RequireFields<WebhookEndpointDeliveriesArgs, 'orderBy'>>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  disabledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  disabledReason?: Resolver<Maybe<ResolversTypes['WebhookEndpointDisabledReason']>, ParentType, ContextType>;
  events?: Resolver<ReadonlyArray<ResolversTypes['EventType']>, ParentType, ContextType>;
  headers?: Resolver<ReadonlyArray<ResolversTypes['WebhookEndpointHeader']>, ParentType, ContextType>;
  health?: Resolver<ResolversTypes['EndpointHealth'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invalidReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  maxInFlight?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  minSeverity?: Resolver<Maybe<ResolversTypes['Severity']>, ParentType, ContextType>;
  pausedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  publicKeySignature?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ratePerSecond?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  secretForm?: Resolver<Maybe<ResolversTypes['WebhookEndpointSecretForm']>, ParentType, ContextType>;
  secretOverlapUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  services?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WebhookEndpointState'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WebhookEndpointConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WebhookEndpointConnection'] = ResolversParentTypes['WebhookEndpointConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['WebhookEndpointEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type WebhookEndpointEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WebhookEndpointEdge'] = ResolversParentTypes['WebhookEndpointEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WebhookEndpoint'], ParentType, ContextType>;
};

export type WebhookEndpointHeaderResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WebhookEndpointHeader'] = ResolversParentTypes['WebhookEndpointHeader']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type WebhookPreviewResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WebhookPreview'] = ResolversParentTypes['WebhookPreview']> = {
  deployments?: Resolver<ReadonlyArray<ResolversTypes['PreviewedDeployment']>, ParentType, ContextType>;
  duplicateOf?: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType>;
  incidents?: Resolver<ReadonlyArray<ResolversTypes['PreviewedIncident']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['ReceiptOutcome'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  signals?: Resolver<ReadonlyArray<ResolversTypes['PreviewedSignal']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  wouldAnswer?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type Resolvers<ContextType = GraphqlContext> = {
  AcknowledgeIncidentPayload?: AcknowledgeIncidentPayloadResolvers<ContextType>;
  AddEvidencePayload?: AddEvidencePayloadResolvers<ContextType>;
  AddTimelineEntryPayload?: AddTimelineEntryPayloadResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  ApiKeyConnection?: ApiKeyConnectionResolvers<ContextType>;
  ApiKeyEdge?: ApiKeyEdgeResolvers<ContextType>;
  Attempt?: AttemptResolvers<ContextType>;
  CancelRecoveryPayload?: CancelRecoveryPayloadResolvers<ContextType>;
  CreateApiKeyPayload?: CreateApiKeyPayloadResolvers<ContextType>;
  CreateIncidentPayload?: CreateIncidentPayloadResolvers<ContextType>;
  CreateSourcePayload?: CreateSourcePayloadResolvers<ContextType>;
  CreateWebhookEndpointPayload?: CreateWebhookEndpointPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteSourcePayload?: DeleteSourcePayloadResolvers<ContextType>;
  DeleteWebhookEndpointPayload?: DeleteWebhookEndpointPayloadResolvers<ContextType>;
  Delivery?: DeliveryResolvers<ContextType>;
  DeliveryConnection?: DeliveryConnectionResolvers<ContextType>;
  DeliveryEdge?: DeliveryEdgeResolvers<ContextType>;
  DeliveryExplanation?: DeliveryExplanationResolvers<ContextType>;
  Deployment?: DeploymentResolvers<ContextType>;
  DeploymentConnection?: DeploymentConnectionResolvers<ContextType>;
  DeploymentEdge?: DeploymentEdgeResolvers<ContextType>;
  DurationStatistics?: DurationStatisticsResolvers<ContextType>;
  EndpointFigures?: EndpointFiguresResolvers<ContextType>;
  EndpointHealth?: EndpointHealthResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  EventConnection?: EventConnectionResolvers<ContextType>;
  EventEdge?: EventEdgeResolvers<ContextType>;
  EventLog?: EventLogResolvers<ContextType>;
  Evidence?: EvidenceResolvers<ContextType>;
  EvidenceAdded?: EvidenceAddedResolvers<ContextType>;
  EvidenceConnection?: EvidenceConnectionResolvers<ContextType>;
  EvidenceEdge?: EvidenceEdgeResolvers<ContextType>;
  EvidenceSnapshot?: EvidenceSnapshotResolvers<ContextType>;
  FieldChange?: FieldChangeResolvers<ContextType>;
  Incident?: IncidentResolvers<ContextType>;
  IncidentConnection?: IncidentConnectionResolvers<ContextType>;
  IncidentCreated?: IncidentCreatedResolvers<ContextType>;
  IncidentDay?: IncidentDayResolvers<ContextType>;
  IncidentEdge?: IncidentEdgeResolvers<ContextType>;
  IncidentSeverityCount?: IncidentSeverityCountResolvers<ContextType>;
  IncidentSnapshot?: IncidentSnapshotResolvers<ContextType>;
  IncidentStatistics?: IncidentStatisticsResolvers<ContextType>;
  IncidentStatusCount?: IncidentStatusCountResolvers<ContextType>;
  IncidentUpdated?: IncidentUpdatedResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PauseWebhookEndpointPayload?: PauseWebhookEndpointPayloadResolvers<ContextType>;
  PreviewedDeployment?: PreviewedDeploymentResolvers<ContextType>;
  PreviewedEvent?: PreviewedEventResolvers<ContextType>;
  PreviewedIncident?: PreviewedIncidentResolvers<ContextType>;
  PreviewedSignal?: PreviewedSignalResolvers<ContextType>;
  PromoteWebhookEndpointSecretPayload?: PromoteWebhookEndpointSecretPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Receipt?: ReceiptResolvers<ContextType>;
  ReceiptConnection?: ReceiptConnectionResolvers<ContextType>;
  ReceiptEdge?: ReceiptEdgeResolvers<ContextType>;
  ReceiptHeader?: ReceiptHeaderResolvers<ContextType>;
  RecoverDeliveriesPayload?: RecoverDeliveriesPayloadResolvers<ContextType>;
  Recovery?: RecoveryResolvers<ContextType>;
  RecoveryConnection?: RecoveryConnectionResolvers<ContextType>;
  RecoveryEdge?: RecoveryEdgeResolvers<ContextType>;
  RedeliverPayload?: RedeliverPayloadResolvers<ContextType>;
  Redelivery?: RedeliveryResolvers<ContextType>;
  ReopenIncidentPayload?: ReopenIncidentPayloadResolvers<ContextType>;
  ReplayReceiptPayload?: ReplayReceiptPayloadResolvers<ContextType>;
  ResolveIncidentPayload?: ResolveIncidentPayloadResolvers<ContextType>;
  ResumeWebhookEndpointPayload?: ResumeWebhookEndpointPayloadResolvers<ContextType>;
  RetireSourceSecretPayload?: RetireSourceSecretPayloadResolvers<ContextType>;
  RevokeApiKeyPayload?: RevokeApiKeyPayloadResolvers<ContextType>;
  RotateSourceSecretPayload?: RotateSourceSecretPayloadResolvers<ContextType>;
  RotateWebhookEndpointSecretPayload?: RotateWebhookEndpointSecretPayloadResolvers<ContextType>;
  SendTestEventPayload?: SendTestEventPayloadResolvers<ContextType>;
  Sequence?: GraphQLScalarType;
  Source?: SourceResolvers<ContextType>;
  SourceConnection?: SourceConnectionResolvers<ContextType>;
  SourceEdge?: SourceEdgeResolvers<ContextType>;
  SourceSecret?: SourceSecretResolvers<ContextType>;
  SourceSetting?: SourceSettingResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TimelineEntry?: TimelineEntryResolvers<ContextType>;
  TimelineEntryConnection?: TimelineEntryConnectionResolvers<ContextType>;
  TimelineEntryEdge?: TimelineEntryEdgeResolvers<ContextType>;
  TimelineEntrySnapshot?: TimelineEntrySnapshotResolvers<ContextType>;
  TimelineUpdated?: TimelineUpdatedResolvers<ContextType>;
  UpdateIncidentPayload?: UpdateIncidentPayloadResolvers<ContextType>;
  UpdateSourcePayload?: UpdateSourcePayloadResolvers<ContextType>;
  UpdateWebhookEndpointPayload?: UpdateWebhookEndpointPayloadResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  WebhookEndpoint?: WebhookEndpointResolvers<ContextType>;
  WebhookEndpointConnection?: WebhookEndpointConnectionResolvers<ContextType>;
  WebhookEndpointEdge?: WebhookEndpointEdgeResolvers<ContextType>;
  WebhookEndpointHeader?: WebhookEndpointHeaderResolvers<ContextType>;
  WebhookPreview?: WebhookPreviewResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = GraphqlContext> = {
  cost?: CostDirectiveResolver<any, any, ContextType>;
  requires?: RequiresDirectiveResolver<any, any, ContextType>;
};
