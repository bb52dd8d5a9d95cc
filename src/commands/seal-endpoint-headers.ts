import type { SealedPlace, Sealer } from '../access/sealing.ts';
import { isCredential } from '../domain/endpoint-headers.ts';
import type { EndpointHeader, PlainHeader } from '../domain/webhook-endpoint.ts';

/** Seals those that are credentials. */
export function sealEndpointHeaders(
  { sealer, endpointId }: { sealer: Pick<Sealer, 'seal'>; endpointId: string },
  headers: readonly PlainHeader[],
): EndpointHeader[] {
  return headers.map((header) => {
    const { name, value } = header;
    if (!isCredential(header)) return header;
    return { name, sealed: sealer.seal(value, endpointHeaderPlace(endpointId, name)) };
  });
}

/** Where an endpoint's header is sealed, so also where it is opened. A name may be respelt by hand. */
export function endpointHeaderPlace(endpointId: string, name: string): SealedPlace {
  return { recordId: endpointId, field: `header:${name.toLowerCase()}` };
}
