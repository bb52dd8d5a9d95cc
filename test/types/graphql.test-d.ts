import type { PreviewEffect } from '../../src/commands/preview-submission.ts';
import type { AttemptOutcome, DeliveryState } from '../../src/domain/delivery.ts';
import type { DeploymentKind, DeploymentOutcome } from '../../src/domain/deployment.ts';
import type { EventType } from '../../src/domain/event.ts';
import type { EvidenceKind } from '../../src/domain/evidence.ts';
import type { IncidentStatus, Severity } from '../../src/domain/incident.ts';
import type { ReceiptOutcome } from '../../src/domain/receipt.ts';
import type { SignalKind } from '../../src/domain/signal.ts';
import type { RegisteredSource } from '../../src/domain/source.ts';
import type { RefusalCode } from '../../src/domain/submission.ts';
import type { TimelineEntryKind } from '../../src/domain/timeline-entry.ts';
import type { EndpointState } from '../../src/domain/webhook-endpoint.ts';
import type * as Schema from '../../src/graphql/generated/resolvers-types.ts';
import type { SourceSecret } from '../../src/inbound/source.ts';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type AllTrue<T extends true[]> = T;

/** The enums of the schema and those of the domain are one: tsc fails where one of them moves alone. */
export type Enums = AllTrue<
  [
    Same<Schema.AttemptOutcome, AttemptOutcome>,
    Same<Schema.DeliveryState, DeliveryState>,
    Same<Schema.DeploymentKind, DeploymentKind>,
    Same<Schema.DeploymentOutcome, DeploymentOutcome>,
    Same<Schema.EventType, EventType>,
    Same<Schema.EvidenceKind, EvidenceKind>,
    Same<Schema.IncidentStatus, IncidentStatus>,
    Same<Schema.Severity, Severity>,
    Same<Schema.SourceManager, RegisteredSource['managedBy']>,
    Same<Schema.SourceSecretGeneration, SourceSecret['generation']>,
    Same<Schema.PreviewEffect, PreviewEffect>,
    Same<Schema.ReceiptOutcome, ReceiptOutcome>,
    Same<Schema.SignalKind, SignalKind>,
    Same<Schema.UserErrorCode, RefusalCode>,
    Same<Schema.TimelineEntryKind, TimelineEntryKind>,
    Same<Schema.WebhookEndpointState, EndpointState>,
  ]
>;

type Complete<T> = { [K in keyof T]-?: undefined extends T[K] ? false : true }[keyof T];

/** A root field without its resolver does not compile. */
export type NoForgottenRootField = AllTrue<
  [
    Same<Complete<Schema.QueryResolvers>, true>,
    Same<Complete<Schema.MutationResolvers>, true>,
    Same<Complete<Schema.SubscriptionResolvers>, true>,
  ]
>;
