import { expect } from 'vitest';
import type { UnnumberedEvent } from '../../../src/domain/event.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import { deliveryModel, toDelivery } from '../../../src/store/delivery-row.ts';
import { eventModel } from '../../../src/store/event-row.ts';
import { nativeCollection } from '../../../src/store/native-collection.ts';
import { eventually } from '../../support/eventually.ts';
import { startGraphqlApp } from './graphql-app.ts';
import type { GraphqlApp } from './graphql-app.ts';

type Options = NonNullable<Parameters<typeof startGraphqlApp>[0]>;

export type SteeringApp = Awaited<ReturnType<typeof startSteeringApp>>;

/** The API with what a test of steering needs of the store around it. */
export async function startSteeringApp(options: Options = {}) {
  const app: GraphqlApp = await startGraphqlApp(options);
  const deliveries = nativeCollection(deliveryModel(app.connection));
  const events = nativeCollection(eventModel(app.connection));

  /** Runs one mutation and gives its payload. */
  const mutate = async (name: string, input: object, selection: string): Promise<any> => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const { data, errors } = await app.ask(
      `mutation($input: ${type}!) { ${name}(input: $input) { ${selection} errors { code message path } } }`,
      { input },
    );
    expect(errors).toBeUndefined();
    return data[name];
  };

  return {
    ...app,
    deliveries,
    events,
    mutate,

    async register(input: object = {}): Promise<string> {
      const { webhookEndpoint, errors } = await mutate(
        'createWebhookEndpoint',
        {
          url: 'https://receiver.example/hook',
          events: ['INCIDENT_CREATED', 'INCIDENT_UPDATED'],
          secret: 'given',
          ...input,
        },
        'webhookEndpoint { id }',
      );
      expect(errors).toEqual([]);
      return webhookEndpoint.id;
    },

    /** Commits events and waits until each has its number. */
    async commit(...facts: UnnumberedEvent[]): Promise<void> {
      await app.log.commit(...facts);
      await eventually(
        () => events.countDocuments({ unnumbered: true }),
        (count) => count === 0,
        { withinMs: 10_000, what: 'no event is left without a number' },
      );
    },

    async delivery(id: string): Promise<Delivery> {
      const row = await deliveries.findOne({ _id: id });
      if (row === null) throw new Error(`no delivery ${id}`);
      return toDelivery(row);
    },

    /** As if its sender had recorded it. */
    async end(id: string, fields: Partial<Delivery>): Promise<void> {
      await deliveries.updateOne({ _id: id }, { $set: { completedAt: new Date(), ...fields } });
    },
  };
}
