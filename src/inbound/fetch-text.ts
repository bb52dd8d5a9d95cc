import type { ReadableStream } from 'node:stream/web';
import ky from 'ky';

const TIMEOUT_MS = 5000;
const MAX_BYTES = 64 * 1024;

/** The text at a URL that was checked before: no redirect is followed, and only 200 counts. */
export async function fetchText(url: string): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await ky(url, {
    retry: 0,
    timeout: false,
    redirect: 'error',
    throwHttpErrors: false,
    signal,
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`answered ${response.status}`);
  }
  return readText(response.body);
}

/** A far side may send without end, or little that inflates to much. */
async function readText(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new Error(`answered with more than ${MAX_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
