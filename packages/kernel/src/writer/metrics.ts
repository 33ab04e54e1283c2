/** What the writer counts. Counters only grow. */
export interface WriterMetrics {
  /** Requests that wait for a round. */
  readonly queued: number;
  /** How long the oldest of them waits, in milliseconds. */
  readonly oldestMs: number;
  readonly rounds: number;
  /** Units that were appended. */
  readonly units: number;
  /** Requests in the largest round so far. */
  readonly largestRound: number;
  /** Rounds that lost the race for the head. */
  readonly misses: number;
  /** Rounds that took the book's lock. */
  readonly locked: number;
  /** Appends whose answer was lost. */
  readonly doubts: number;
  readonly faults: number;
}
