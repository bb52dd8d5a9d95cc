import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import mongoose from 'mongoose';
import { INCIDENT_STATUSES, SEVERITIES } from '../../src/domain/incident.ts';
import { serveParent } from './parent-link.ts';

export type ApolloMongooseMethods = typeof methods;

const typeDefs = `
  type Query { incidents(first: Int! = 25): IncidentConnection! }
  type IncidentConnection { nodes: [Incident!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  scalar DateTime
  enum Severity { ${SEVERITIES.join(' ')} }
  enum IncidentStatus { ${INCIDENT_STATUSES.join(' ')} }
  type Incident {
    id: ID!
    title: String!
    severity: Severity!
    status: IncidentStatus!
    service: String
    source: String!
    openedAt: DateTime!
    updatedAt: DateTime!
    triggerCount: Int!
    lastSeenAt: DateTime!
  }
`;

const incidentSchema = new mongoose.Schema(
  {
    _id: String,
    title: String,
    description: String,
    severity: String,
    status: String,
    service: String,
    source: String,
    openedAt: Date,
    updatedAt: Date,
    triggerCount: Number,
    lastSeenAt: Date,
  },
  { collection: 'incidents' },
);

interface Page {
  nodes: { _id?: string | null }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** What the first chapters of both guides come to, over the collection and the indexes of OpsLens. Returns its port. */
const methods = serveParent({
  async listen({ mongodUri }: { mongodUri: string }): Promise<number> {
    const connection = await mongoose.createConnection(mongodUri, { autoIndex: false }).asPromise();
    const Incident = connection.model('Incident', incidentSchema);
    const resolvers = {
      Query: {
        async incidents(_root: unknown, { first }: { first: number }): Promise<Page> {
          const found = await Incident.find()
            .sort({ openedAt: -1, _id: -1 })
            .limit(first + 1);
          const nodes = found.slice(0, first);
          const endCursor = nodes.at(-1)?._id ?? null;
          return { nodes, pageInfo: { hasNextPage: found.length > first, endCursor } };
        },
      },
    };
    const server = new ApolloServer({ typeDefs, resolvers, stopOnTerminationSignals: false });
    const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
    return Number(new URL(url).port);
  },
});
