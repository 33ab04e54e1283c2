import type { Payout, PayoutStatus } from '../records/payout/payout.ts';
import { payoutStatus } from '../records/payout/payout.ts';

/** What a person has to look at. */
export type PayoutAlarm =
  /** Retries are spent, or something has to be mended. */
  | { readonly alarm: 'payout_failed'; readonly payout: string; readonly code: string }
  /** Only an operator can say what came of it. */
  | { readonly alarm: 'waits_for_operator'; readonly payout: string }
  /** What the provider has is not what was asked for. */
  | { readonly alarm: 'conflict'; readonly payout: string; readonly field: string }
  /** Our balance at the provider is short. Told once, until it was funded. */
  | { readonly alarm: 'fund_provider'; readonly sender: string; readonly currency: string }
  /** The provider refuses our credentials, or an attempt was met that the book does not know. */
  | { readonly alarm: 'sending_closed'; readonly sender: string; readonly because: string };

/** Gives what a person has to look at after a step of a payout: what was not so before. */
export function alarmsBetween(id: string, before: Payout | undefined, after: Payout): readonly PayoutAlarm[] {
  const status = payoutStatus(after);
  if (before && payoutStatus(before) === status) return [];
  const state = after.attempts.at(-1)?.attempt.state;
  return ALARMS[status]?.(id, state as Readonly<Record<string, unknown>> | undefined) ?? [];
}

type Told = (id: string, state: Readonly<Record<string, unknown>> | undefined) => readonly PayoutAlarm[];

const ALARMS: { readonly [Status in PayoutStatus]?: Told } = {
  failed: (payout, state) => [{ alarm: 'payout_failed', payout, code: `${state?.code ?? 'failed'}` }],
  waiting: (payout) => [{ alarm: 'waits_for_operator', payout }],
  conflict: (payout, state) => [{ alarm: 'conflict', payout, field: `${state?.field ?? 'unknown'}` }],
};
