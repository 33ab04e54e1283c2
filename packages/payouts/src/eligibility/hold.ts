import type { Instant } from '@holdfast/kernel';

/** Why somebody keeps money from being paid out. Several may be there at once, and all of them must clear. */
export type HoldReason =
  | 'dispute'
  | 'chargeback'
  | 'risk'
  | 'compliance'
  | 'operator'
  /** The provider says that the payee may not receive. */
  | 'provider'
  /** The destination has to be mended before anything is sent to it again. */
  | 'destination'
  /** A tip that came after its window, by a policy that does not pay it out by itself. */
  | 'late_tip';

/** One hold of a set: known by its reason and reference. */
export interface Hold {
  readonly reason: HoldReason;
  /** Of the host: a dispute's id, a case. */
  readonly reference?: string;
  readonly since: Instant;
  /** From here on it holds no more, where it ends by itself. */
  readonly until?: Instant;
}

/** Says whether two holds are the same one of a set. */
export function isSameHold(
  left: Pick<Hold, 'reason' | 'reference'>,
  right: Pick<Hold, 'reason' | 'reference'>,
): boolean {
  return left.reason === right.reason && left.reference === right.reference;
}

/** Gives the holds that still hold at an instant. */
export function holdsAt(holds: readonly Hold[], at: Instant): readonly Hold[] {
  return holds.filter(({ until }) => until === undefined || at < until);
}
