import type { Instant } from '@holdfast/kernel';

/** What a call under a permit came to. What says nothing of the provider's health is ignored. */
export type BreakerResult = 'success' | 'failure' | 'ignore';

/** Lets everything through and counts what comes of it. */
export interface ClosedBreaker {
  readonly phase: 'closed';
  readonly generation: number;
  /** Of this generation, oldest first. */
  readonly recent: readonly { readonly at: Instant; readonly failed: boolean }[];
}

/** Lets nothing through. */
export interface OpenBreaker {
  readonly phase: 'open';
  readonly generation: number;
  /** How often in a row it opened without closing between. */
  readonly openings: number;
  /** From this instant on it lets a probe through; `null`: not before somebody closes it. */
  readonly openUntil: Instant | null;
  /** Why, where somebody opened it by hand. */
  readonly forced?: string;
}

/** Lets one probe through at a time. */
export interface HalfOpenBreaker {
  readonly phase: 'half_open';
  readonly generation: number;
  readonly openings: number;
  /** Probes that succeeded since it was open. */
  readonly successes: number;
  /** Counts the probes of this generation. */
  readonly granted: number;
  /** The probe that is out: none where the next caller gets one. */
  readonly probe: { readonly number: number; readonly leaseUntil: Instant } | null;
}

/** How a breaker stands: plain data, which a process keeps to itself or several share in a cell that is compared and set. */
export type BreakerState = ClosedBreaker | OpenBreaker | HalfOpenBreaker;

/** Entitles to one call, and to one report of it. A report under a permit of an earlier generation changes nothing. */
export interface BreakerPermit {
  readonly generation: number;
  /** Which probe it is; 0 while the breaker is closed. */
  readonly probe: number;
}

/** Gives the state of a breaker that nobody has used: closed. */
export function newBreaker(): ClosedBreaker {
  return { phase: 'closed', generation: 1, recent: [] };
}
