import { mongo } from 'mongoose';
import { expect, test } from 'vitest';
import { DatabaseAwayError, StaleStateError } from '../../../src/domain/commit-errors.ts';
import { classifyAborted } from '../../../src/store/commit-errors.ts';

/** As the driver throws it from `insertMany` and `bulkWrite`. */
function inBulk(error: Error): Error {
  const nothing = { insertedCount: 0 } as mongo.BulkWriteResult;
  return new mongo.MongoBulkWriteError(error, nothing);
}

test('A connection that breaks in the middle of several statements is no fault of the webhook', () => {
  const broken = new mongo.MongoNetworkError('connection 11 to 127.0.0.1:27017 closed');
  expect(classifyAborted(broken)).toBeInstanceOf(DatabaseAwayError);
  expect(classifyAborted(inBulk(broken))).toBeInstanceOf(DatabaseAwayError);

  broken.addErrorLabel('TransientTransactionError');
  expect(classifyAborted(inBulk(broken))).toMatchObject({ name: 'StaleStateError', reason: 'TRANSIENT' });
});

test('What the server says of several statements is told apart as for a single one', () => {
  const duplicate = new mongo.MongoServerError({ message: 'E11000 duplicate key', code: 11_000 });
  expect(classifyAborted(duplicate)).toBeInstanceOf(StaleStateError);
  expect(classifyAborted(inBulk(duplicate))).toBeInstanceOf(StaleStateError);
  const invalid = inBulk(new mongo.MongoServerError({ message: 'Document failed validation', code: 121 }));
  expect(classifyAborted(invalid)).not.toBeInstanceOf(StaleStateError);
  expect(classifyAborted(invalid)).not.toBeInstanceOf(DatabaseAwayError);
});
