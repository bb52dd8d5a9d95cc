import type { SealedPlace, Sealer } from '../access/sealing.ts';

/** Whether the secret is what was sealed there. One that cannot be opened is another one, as far as can be known. */
export function isSealedAs(
  sealer: Pick<Sealer, 'open'>,
  { sealed, place }: { sealed: string; place: SealedPlace },
  secret: string,
): boolean {
  try {
    return sealer.open(sealed, place) === secret;
  } catch {
    return false;
  }
}
