/**
 * Whether an endpoint may be sent to, as far as its health goes. Its circuit opens when it fails or asks for a pause: then
 * nothing is sent but one probe at a time, each once the wait before it is over.
 */
export interface EndpointGate {
  /** Whether one more push may start beside so many in flight. */
  mayStart(inFlight: number): boolean;
  /** Since when the endpoint is sent to again after its circuit was open: what was made before has waited. Null: it never was. */
  resumedAt(): Date | null;
}
