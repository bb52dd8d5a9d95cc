import type { VerifyContext } from '../../provider.ts';
import { readCertificate } from './signing-certificate.ts';
import type { CertificateReading } from './signing-certificate.ts';

const KEPT_MS = 24 * 3600 * 1000;
/** Shorter than SNS waits before it tries again: each of its tries is a real one. */
const FAILED_MS = 15_000;
const MINUTE_MS = 60_000;
/** Anybody can name certificates that do not exist; SNS has one in a region. */
const MAX_FETCHES_A_MINUTE = 20;
const MAX_KEPT = 200;

/** `AWAY`: nobody can tell now, and the sender is to come again. */
export type FoundCertificate = CertificateReading | { kind: 'AWAY'; message: string };

/** Looks at a URL that was checked before. Never rejects. */
export type FindCertificate = (
  url: string,
  context: Pick<VerifyContext, 'fetchText' | 'now'>,
) => Promise<FoundCertificate>;

interface Kept {
  found: FoundCertificate;
  until: number;
}

/** Remembers certificates for a day and failures for a moment, and fetches each once at a time. */
export function createCertificates(): FindCertificate {
  const kept = new Map<string, Kept>();
  const inFlight = new Map<string, Promise<FoundCertificate>>();
  let begun: number[] = [];

  const fetchOne = async (
    url: string,
    { fetchText, now }: Pick<VerifyContext, 'fetchText' | 'now'>,
  ): Promise<FoundCertificate> => {
    const found = await fetchCertificate(url, fetchText);
    const keptMs = found.kind === 'CERTIFICATE' ? KEPT_MS : FAILED_MS;
    kept.delete(url);
    kept.set(url, { found, until: now.getTime() + keptMs });
    if (kept.size > MAX_KEPT) kept.delete(firstToGo(kept));
    inFlight.delete(url);
    return found;
  };

  return (url, context) => {
    const now = context.now.getTime();
    const known = kept.get(url);
    if (known !== undefined && known.until > now) return Promise.resolve(known.found);
    const running = inFlight.get(url);
    if (running !== undefined) return running;
    begun = begun.filter((at) => at > now - MINUTE_MS);
    if (begun.length >= MAX_FETCHES_A_MINUTE) {
      return Promise.resolve({ kind: 'AWAY', message: 'too many certificates are asked for at once' });
    }
    begun.push(now);
    const fetching = fetchOne(url, context);
    inFlight.set(url, fetching);
    return fetching;
  };
}

async function fetchCertificate(
  url: string,
  fetchText: VerifyContext['fetchText'],
): Promise<FoundCertificate> {
  try {
    return readCertificate(await fetchText(url));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'AWAY', message: `the certificate cannot be fetched now: ${reason}` };
  }
}

/** A failure, before a certificate: those that do not exist must not push out those that do. */
function firstToGo(kept: ReadonlyMap<string, Kept>): string {
  const failed = [...kept].find(([, { found }]) => found.kind !== 'CERTIFICATE');
  return failed?.[0] ?? [...kept.keys()][0] ?? '';
}
