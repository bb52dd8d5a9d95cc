import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  printSchema,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { API_KEY_STATES } from '../../../src/domain/api-key.ts';
import { ATTEMPT_OUTCOMES, DELIVERY_STATES } from '../../../src/domain/delivery.ts';
import { DEPLOYMENT_KINDS, DEPLOYMENT_OUTCOMES } from '../../../src/domain/deployment.ts';
import { EVENT_TYPES } from '../../../src/domain/event.ts';
import { EVIDENCE_KINDS } from '../../../src/domain/evidence.ts';
import { INCIDENT_STATUSES, SEVERITIES } from '../../../src/domain/incident.ts';
import { RECEIPT_OUTCOMES } from '../../../src/domain/receipt.ts';
import { REFUSAL_CODES } from '../../../src/domain/submission.ts';
import { SCOPES } from '../../../src/domain/scope.ts';
import { TIMELINE_ENTRY_KINDS } from '../../../src/domain/timeline-entry.ts';
import { ENDPOINT_STATES } from '../../../src/domain/webhook-endpoint.ts';
import { createSchema } from '../../../src/graphql/create-schema.ts';
import { ERROR_CODES } from '../../../src/graphql/errors/coded-error.ts';

const schema = createSchema();
const types = Object.values(schema.getTypeMap()).filter(
  ({ name, astNode }) => !name.startsWith('__') && (astNode !== undefined || name === 'Query'),
);

/** Everything that can carry a description, by its path. */
function described(): [string, string | null | undefined][] {
  return types.flatMap((type): [string, string | null | undefined][] => {
    const own: [string, string | null | undefined][] = [[type.name, type.description]];
    if (isEnumType(type)) {
      return [
        ...own,
        ...type
          .getValues()
          .map((value): [string, string | null | undefined] => [
            `${type.name}.${value.name}`,
            value.description,
          ]),
      ];
    }
    if (isObjectType(type) || isInterfaceType(type)) {
      const fields = Object.values(type.getFields());
      return [
        ...own,
        ...fields.map((field): [string, string | null | undefined] => [
          `${type.name}.${field.name}`,
          field.description,
        ]),
        ...fields.flatMap((field) =>
          field.args.map((arg): [string, string | null | undefined] => [
            `${type.name}.${field.name}(${arg.name})`,
            arg.description,
          ]),
        ),
      ];
    }
    if (isInputObjectType(type)) {
      return [
        ...own,
        ...Object.values(type.getFields()).map((field): [string, string | null | undefined] => [
          `${type.name}.${field.name}`,
          field.description,
        ]),
      ];
    }
    return own;
  });
}

describe('the schema', () => {
  test('describes every type, field, argument and value in a sentence', () => {
    const all = described();
    expect(all.length).toBeGreaterThan(400);
    expect(all.filter(([, text]) => !/[.:]$/.test(text?.trim() ?? '')).map(([path]) => path)).toEqual([]);
  });

  test('has the enums of the domain', () => {
    const values = (name: string): string[] => {
      const type = schema.getType(name);
      return isEnumType(type)
        ? type
            .getValues()
            .map((value) => value.name)
            .sort()
        : [];
    };
    const domain = {
      Severity: SEVERITIES,
      IncidentStatus: INCIDENT_STATUSES,
      TimelineEntryKind: TIMELINE_ENTRY_KINDS,
      EvidenceKind: EVIDENCE_KINDS,
      DeploymentKind: DEPLOYMENT_KINDS,
      DeploymentOutcome: DEPLOYMENT_OUTCOMES,
      EventType: EVENT_TYPES,
      WebhookEndpointState: ENDPOINT_STATES,
      DeliveryState: DELIVERY_STATES,
      AttemptOutcome: ATTEMPT_OUTCOMES,
      ReceiptOutcome: RECEIPT_OUTCOMES,
      UserErrorCode: REFUSAL_CODES,
      ErrorCode: ERROR_CODES,
      ApiKeyState: API_KEY_STATES,
      Scope: SCOPES,
    };
    for (const [name, known] of Object.entries(domain))
      expect([name, values(name)]).toEqual([name, [...known].sort()]);
  });

  test('says nothing of what later versions bring', () => {
    const names = described().map(([path]) => path);
    const later = /hypothes[ei]s(?!_)/i;
    expect(names.filter((name) => later.test(name) && name !== 'EventType.HYPOTHESIS_GENERATED')).toEqual([]);
  });

  test('can be printed and read again', () => {
    expect(() => buildSchema(printSchema(schema))).not.toThrow();
  });
});
