import { type Payout, type PayoutStatus, payoutStatus } from '../records/payout/payout.ts';
import { attemptsOf, findReversal } from '../records/payout/reversals.ts';

/** What a person has to look at. */
export type PayoutAlarm =
  /** Retries are spent, or something has to be mended. */
  | { readonly alarm: 'payout_failed'; readonly payout: string; readonly code: string }
  /** A reversal came to nothing: what the payee owes is left to later payouts, until somebody drives it again. */
  | { readonly alarm: 'reversal_failed'; readonly payout: string; readonly reversal: number; readonly code: string }
  /** Only an operator can say what came of it; of a reversal where one is named. */
  | { readonly alarm: 'waits_for_operator'; readonly payout: string; readonly reversal?: number }
  /** What the provider has is not what was asked for; of a reversal where one is named. */
  | { readonly alarm: 'conflict'; readonly payout: string; readonly reversal?: number; readonly field: string }
  /** Our balance at the provider is short. Told once, until it was funded. */
  | { readonly alarm: 'fund_provider'; readonly sender: string; readonly currency: string }
  /** The provider refuses our credentials, or an attempt was met that the book does not know. */
  | { readonly alarm: 'sending_closed'; readonly sender: string; readonly because: string };

/** Gives what a person has to look at after a step of a payout or of a reversal: what was not so before. */
export function alarmsBetween(id: string, before: Payout | undefined, after: Payout): readonly PayoutAlarm[] {
  const { reversals = [] } = after;
  return [undefined, ...reversals.map(({ number }) => number)].flatMap((reversal) => {
    const status = statusOf(after, reversal);
    if (status === undefined || (before && statusOf(before, reversal) === status)) return [];
    const state = attemptsOf(after, reversal).at(-1)?.state as Readonly<Record<string, unknown>> | undefined;
    return alarmOf(status, { payout: id, reversal }, state);
  });
}

function statusOf(payout: Payout, reversal: number | undefined): PayoutStatus | undefined {
  const of = reversal === undefined ? payout : findReversal(payout, reversal);
  return of && payoutStatus(of);
}

function alarmOf(
  status: PayoutStatus,
  { payout, reversal }: { readonly payout: string; readonly reversal: number | undefined },
  state: Readonly<Record<string, unknown>> | undefined,
): readonly PayoutAlarm[] {
  const named = { payout, ...(reversal === undefined ? {} : { reversal }) };
  switch (status) {
    case 'failed': {
      const code = `${state?.code ?? 'failed'}`;
      return [
        reversal === undefined
          ? { alarm: 'payout_failed', payout, code }
          : { alarm: 'reversal_failed', payout, reversal, code },
      ];
    }
    case 'waiting':
      return [{ alarm: 'waits_for_operator', ...named }];
    case 'conflict':
      return [{ alarm: 'conflict', ...named, field: `${state?.field ?? 'unknown'}` }];
    default:
      return [];
  }
}
