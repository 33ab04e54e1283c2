import { type Actor, clockActor, type Instant, type Refusal, splitAccountKey } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import { err } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import type { Told } from '../payments/report-charge.ts';

/** A command of a booking by which its provider earns. */
type EarningCommand =
  | { readonly type: 'ReleaseBooking' }
  | { readonly type: 'ResolveDispute'; readonly dispute: string; readonly award: Money }
  | { readonly type: 'RejectDispute'; readonly dispute: string };

/**
 * Has a booking hand over what its provider has earned, and notes in the same unit what is owed since: payouts take it from there. Who asks too early, or
 * again, is refused and changes nothing.
 */
export async function releaseEarnings(
  crown: Crown,
  booking: string,
  command: EarningCommand,
  { actor, key }: { readonly actor: Actor; readonly key: string },
): Promise<Told> {
  for (let turn = 0; ; turn++) {
    const read = await crown.bookings.read(booking);
    if (read.isErr()) return err(read.error as Refusal);
    const { state } = read.value;
    const preview = (await crown.bookings.preview(booking, command, { actor, key })) as Told;
    if (preview.isErr() || preview.value.status === 'replayed' || !state) return preview;
    const completedAt = state.entered.completed?.at as Instant;
    const earned = [...preview.value.balances].flatMap(([account, amount]) => {
      const [, obligation, kind] = OWED.exec(splitAccountKey(account).name) ?? [];
      return obligation && amount.minor > 0n ? [{ obligation, amount, kind: kind as 'booking' | 'tip' }] : [];
    });
    const asks = [
      crown.bookings.ask(booking, command),
      ...earned.map(({ obligation, amount, kind }) =>
        crown.obligations.ask(obligation, {
          type: 'Earn',
          payee: state.parties.provider,
          amount,
          kind: kind === 'tip' ? 'tip' : 'earning',
          group: booking,
          completedAt,
        }),
      ),
    ];
    const told = (await crown.book.together(asks, { actor, key })) as Told;
    // A refund or a dispute came between the look and the unit.
    const moved = told.isErr() && told.error.code === 'earning_not_there';
    if (!moved || turn === MOST_TURNS) return told;
  }
}

/** Releases a booking whose 48 hours are over. */
export function releaseBooking(crown: Crown, booking: string): Promise<Told> {
  return releaseEarnings(crown, booking, { type: 'ReleaseBooking' }, { actor: clockActor, key: `release:${booking}` });
}

const OWED = /^payouts:((booking|tip)\..+):owed$/;
const MOST_TURNS = 5;
