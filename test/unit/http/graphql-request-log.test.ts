import { parse } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';
import { expect, test } from 'vitest';
import { ANYONE } from '../../../src/access/principal.ts';
import { graphqlRequestLog } from '../../../src/http/graphql-request-log.ts';

test('each operation is one line that says what was asked, by whom, and how it ended', async () => {
  const lines: unknown[] = [];
  const { requestDidStart } = graphqlRequestLog({ info: ((line: object) => lines.push(line)) as never });
  const [operation] = parse('mutation Stop { deleteSource { errors { code } } }').definitions;
  const ended = {
    operation: operation as OperationDefinitionNode,
    operationName: 'Stop',
    errors: undefined,
    contextValue: { principal: { ...ANYONE, name: 'the on-call bot' } },
  };
  const listener = await requestDidStart?.({} as never);
  await listener?.willSendResponse?.(ended as never);
  expect(lines).toEqual([
    {
      operation: 'mutation',
      operationName: 'Stop',
      fields: ['deleteSource'],
      actor: 'the on-call bot',
      errors: 0,
      durationMs: expect.any(Number),
    },
  ]);
});
