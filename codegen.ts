import type { CodegenConfig } from '@graphql-codegen/cli';
import { printedSchema } from './codegen/printed-schema.ts';

/** Maps a type of the schema to the type of the domain that its resolvers receive. */
const mappers = {
  ApiKey: '../../domain/api-key.ts#ApiKey',
  Attempt: '../../domain/delivery.ts#Attempt',
  Delivery: '../../domain/delivery.ts#Delivery',
  DeliveryExplanation: '../../domain/delivery-explanation.ts#DeliveryExplanation',
  Deployment: '../../domain/deployment.ts#Deployment',
  EndpointHealth: '../../domain/shown-health.ts#ShownHealth',
  Event: '../../domain/event.ts#Event',
  IncidentCreated: '../../domain/event.ts#Event',
  IncidentUpdated: '../../domain/event.ts#Event',
  TimelineUpdated: '../../domain/event.ts#Event',
  EvidenceAdded: '../../domain/event.ts#Event',
  Evidence: '../../domain/evidence.ts#Evidence',
  EvidenceSnapshot: '../events/event-parts.ts#EvidenceOfEvent',
  Incident: '../../domain/incident.ts#Incident',
  IncidentSnapshot: '../../domain/event.ts#IncidentSnapshot',
  PreviewedDeployment: '../../commands/preview-submission.ts#PreviewedDeployment',
  PreviewedEvent: '../../domain/event.ts#UnnumberedEvent',
  PreviewedIncident: '../../commands/preview-submission.ts#PreviewedIncident',
  PreviewedSignal: '../../domain/signal.ts#Signal',
  Receipt: '../../domain/receipt.ts#Receipt',
  Recovery: '../../domain/recovery.ts#Recovery',
  Source: '../../domain/source.ts#RegisteredSource',
  SourceSecret: '../../domain/source.ts#SealedSecret',
  TimelineEntry: '../../domain/timeline-entry.ts#TimelineEntry',
  TimelineEntrySnapshot: '../events/event-parts.ts#EntryOfEvent',
  Viewer: '../../access/principal.ts#Principal',
  WebhookEndpoint: '../../domain/webhook-endpoint.ts#WebhookEndpoint',
  WebhookPreview: '../../commands/webhook-preview.ts#WebhookPreview',
};

/** Lists of these come as connections made by `toConnection`, which computes what is selected. */
const LISTED = [
  'ApiKey',
  'Delivery',
  'Deployment',
  'Event',
  'Evidence',
  'Incident',
  'Receipt',
  'Recovery',
  'Source',
  'TimelineEntry',
  'WebhookEndpoint',
] as const satisfies readonly (keyof typeof mappers)[];
const connectionMappers = Object.fromEntries(
  LISTED.map((name) => {
    const item = mappers[name].replace(/.*#/, '');
    return [`${name}Connection`, `../paging/connection.ts#Connection<${item}Entity>`];
  }),
);

const config: CodegenConfig = {
  schema: ['schema/*.graphql', '!schema/schema.graphql'],
  generates: {
    'schema/schema.graphql': printedSchema,
    'src/graphql/generated/resolvers-types.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        contextType: '../graphql-context.ts#GraphqlContext',
        mappers: { ...mappers, ...connectionMappers },
        mapperTypeSuffix: 'Entity',
        useTypeImports: true,
        emitLegacyCommonJSImports: false,
        importExtension: '.ts',
        immutableTypes: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: {
          ID: { input: 'string', output: 'string' },
          DateTime: { input: 'Date', output: 'Date' },
          Sequence: 'number',
        },
        avoidOptionals: { query: true, mutation: true, subscription: true },
        makeResolverTypeCallable: true,
      },
    },
    'examples/client/gql/': {
      preset: 'client',
      documents: 'examples/operations/*.graphql',
      presetConfig: { fragmentMasking: false, skipIndexFile: true },
      config: {
        documentMode: 'string',
        useTypeImports: true,
        emitLegacyCommonJSImports: false,
        importExtension: '.ts',
        immutableTypes: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { ID: 'string', DateTime: 'string', Sequence: 'number' },
      },
    },
  },
};

export default config;
