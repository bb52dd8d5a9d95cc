/** Said in the sequencer's process after a commit. It only wakes: readers go to the store. */
export interface Numbered {
  /** The newest event's number. */
  head: number;
  /** Those that got deliveries. */
  endpointIds: readonly string[];
}
