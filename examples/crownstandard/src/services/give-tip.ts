import type { Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import { err } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import type { ConvertedTip } from '../payments/charge.ts';
import type { Told } from '../payments/report-charge.ts';
import { startCharge } from '../payments/send-charge.ts';

/** A tip of a customer. */
export interface Tip {
  readonly booking: string;
  /** Names the tip within its booking. */
  readonly tip: string;
  /** What the card is charged. */
  readonly amount: Money;
  /** What that comes to, where it is in another currency than the booking: quoted by the host, frozen here, whatever the rate is when it is paid out. */
  readonly converted?: ConvertedTip;
}

/**
 * Takes a tip. It is promised first: that instant decides whether it is within the 24 hours, and not when the money comes.
 *
 * @errors
 * - `tip_window_closed`: the 24 hours are over.
 * - `currency_mismatch`: it is in another currency than its booking, and was not converted into that; nothing is charged.
 * - `not_found`, `wrong_status`: there is no booking, or it is not completed.
 */
export async function giveTip(crown: Crown, { booking, tip, amount, converted }: Tip): Promise<Told> {
  const read = await crown.bookings.read(booking);
  if (read.isErr()) return err(read.error as Refusal);
  const { state } = read.value;
  const completedAt = state?.entered.completed?.at;
  if (!state || !completedAt) return err({ code: state ? 'wrong_status' : 'not_found' });
  const promise = converted?.amount ?? amount;
  if (promise.currency.code !== state.amount?.currency.code) return err({ code: 'currency_mismatch' });
  const { customer, provider } = state.parties;
  const id = `tip.${booking}.${tip}`;
  const promised = (await crown.obligations.execute(
    id,
    { type: 'PromiseTip', payee: provider, amount: promise, group: booking, completedAt },
    { actor: { id: customer, role: 'customer' }, key: `promise:${id}` },
  )) as Told;
  if (promised.isErr()) return promised;
  return startCharge(crown, id, { for: { what: 'tip', booking, tip, ...(converted ? { converted } : {}) }, amount });
}
