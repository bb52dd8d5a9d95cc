import type { ReadableStream } from 'node:stream/web';
import ky from 'ky';

const TIMEOUT_MS = 5000;
const MAX_BYTES = 64 * 1024;

/** The text at a URL that was checked before: no redirect is followed, and only 200 counts. */
export async function fetchText(url: string, timeoutMs = TIMEOUT_MS): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await ky(url, {
      retry: 0,
      timeout: false,
      redirect: 'manual',
      throwHttpErrors: false,
      signal,
    });
    if (response.status === 200) return await readText(response.body, signal);
    await response.body?.cancel();
    throw new Error(`it answers ${response.status}`);
  } catch (error) {
    throw new Error(signal.aborted ? `it does not answer within ${timeoutMs} ms` : reasonOf(error), {
      cause: error,
    });
  }
}

/** fetch itself only says that it failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** A far side may send without end, or little that inflates to much, or stop in the middle. */
async function readText(body: ReadableStream<Uint8Array> | null, signal: AbortSignal): Promise<string> {
  const reader = body?.getReader();
  // ky lets go of the signal once it has the head of an answer.
  const giveUp = (): void => void reader?.cancel().catch(() => undefined);
  signal.addEventListener('abort', giveUp);
  try {
    const decoder = new TextDecoder();
    let text = '';
    let size = 0;
    for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
      size += read.value.byteLength;
      if (size > MAX_BYTES) throw new Error(`it answers with more than ${MAX_BYTES} bytes`);
      text += decoder.decode(read.value, { stream: true });
    }
    signal.throwIfAborted();
    return text + decoder.decode();
  } finally {
    signal.removeEventListener('abort', giveUp);
    giveUp();
  }
}
