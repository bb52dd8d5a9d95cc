import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { BodyTooLargeError } from '../domain/commit-errors.ts';
import type { ReceiptBodyRow } from './receipt-row.ts';

/** Below this, compressing costs more than the bytes it saves; the database compresses its blocks anyway. */
const WORTH_COMPRESSING = 4096;
const MAX_STORED_BYTES = 15 * 1024 * 1024;

const compress = promisify(gzip);
const decompress = promisify(gunzip);

export type PackedBody = Pick<ReceiptBodyRow, 'bytes' | 'encoding'>;

/** Returns at once for a small body: the write path of most webhooks never leaves the tick. */
export function packBody(body: Buffer): PackedBody | Promise<PackedBody> {
  return body.length < WORTH_COMPRESSING ? { bytes: body, encoding: 'IDENTITY' } : packLarge(body);
}

async function packLarge(body: Buffer): Promise<PackedBody> {
  const bytes = await compress(body);
  if (bytes.length > MAX_STORED_BYTES) {
    throw new BodyTooLargeError(
      `the body has ${bytes.length} bytes compressed; at most ${MAX_STORED_BYTES} can be kept`,
    );
  }
  return { bytes, encoding: 'GZIP' };
}

export async function unpackBody({ bytes, encoding }: PackedBody): Promise<Buffer> {
  return encoding === 'GZIP' ? decompress(bytes) : bytes;
}
