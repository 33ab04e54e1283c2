import { heldBy, leftBy } from '@holdfast/escrow';
import type { Actor, Ask, Refusal } from '@holdfast/kernel';
import { transferMoney } from '@holdfast/ledger';
import { add, type Money, money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { type Crown, gateway } from '../book/open-crown.ts';
import type { Told } from '../payments/report-charge.ts';
import { type BookingState, readBooking } from './booking-state.ts';
import { wonObligation } from './win-back.ts';

/** Names one debt of a booking: a refund or a chargeback that came after it was paid out. */
export interface DebtName {
  readonly booking: string;
  readonly debt: string;
}

/**
 * Tells a booking how much payouts have kept back of one of its debts. Payouts alone recover debts, out of what they send; the booking only notes it, so what it
 * notes moves no money of anybody: what comes out of the payee's debts for the note goes back there with it.
 *
 * @returns Nothing where there is nothing to note.
 *
 * @errors
 * - `not_found`: there is no such booking, or no such debt.
 */
export async function noteRecovered(crown: Crown, name: DebtName): Promise<Told | undefined> {
  const read = await readDebt(crown, name);
  if (read.isErr()) return err(read.error);
  const { state, kept } = read.value;
  if (kept.minor === 0n) return undefined;
  const version = leftBy(state, 'recover')?.minor ?? 0n;
  const options = { actor: gateway, key: `recovered:${name.booking}:${name.debt}:${version}` };
  return (await crown.book.together(noteAsks(crown, name, read.value), options)) as Told;
}

/**
 * Books that a chargeback was won after all: the platform has its share again, and so has the provider. What payouts have kept back for it by then is owed to the
 * provider once more; the rest is a debt no longer.
 *
 * @errors
 * - `not_found`: there is no such booking, or no such debt.
 * - `wrong_status`: the debt is over, as where all of it was noted as recovered: what was won is then owed by the dispute's own way.
 *
 * @param also - What else is to happen in the same unit, which holds only as long as the payee's debts are what was looked at.
 */
export async function winChargeback(
  crown: Crown,
  name: DebtName,
  also: (expects: { readonly account: string; readonly balance: Money }) => readonly Ask[] = () => [],
): Promise<Told> {
  const { booking, debt } = name;
  const read = await readDebt(crown, name);
  if (read.isErr()) return err(read.error);
  const { state, payee, kept, balance } = read.value;
  const noted = leftBy(state, 'recover') ?? money(0n, kept.currency);
  const [debts, recovered] = [`payees:${payee}:debts`, `payees:${payee}:recovered`];
  const back = { type: 'Transfer', from: recovered, to: debts, amount: noted, kind: 'chargeback_won' } as const;
  const again = add(noted, kept);
  const terms = { payee, kind: 'won', group: booking, from: debts, eligibleAt: crown.clock() } as const;
  const earn = { type: 'Earn', ...terms, amount: again } as const;
  const asks = [
    // Before anything of the unit changes the debts that were looked at.
    ...also({ account: debts, balance }),
    crown.bookings.ask(booking, { type: 'WinChargeback', debt }),
    ...(noted.minor === 0n ? [] : [crown.book.use(transferMoney).ask(back)]),
    ...(again.minor === 0n ? [] : [crown.obligations.ask(wonObligation(booking, debt), earn)]),
  ];
  return (await crown.book.together(asks, { actor: gateway, key: `won:${booking}:${debt}:${kept.minor}` })) as Told;
}

type DebtState = NonNullable<NonNullable<BookingState['parts']>['debt']>[string];

interface ReadDebt {
  readonly state: DebtState;
  readonly payee: string;
  /** What payouts must have kept back of it, as the payee owes less than it: at least so much. */
  readonly kept: Money;
  /** Of all of the payee's debts together, which is below zero by what the payee owes. */
  readonly balance: Money;
}

async function readDebt(crown: Crown, { booking, debt }: DebtName): Promise<Result<ReadDebt, Refusal>> {
  const read = await readBooking(crown, booking);
  if (read.isErr()) return err(read.error);
  const { parts, parties } = read.value;
  const state = parts?.debt?.[debt];
  const open = state && heldBy(state);
  if (!open) return err({ code: 'not_found' });
  const { currency } = open;
  const balance = await crown.book.balance(`payees:${parties.provider}:debts`, currency);
  if (balance.isErr()) return err(balance.error as Refusal);
  const owes = -balance.value.money.minor;
  const kept = money(open.minor > owes ? open.minor - owes : 0n, currency);
  return ok({ state, payee: parties.provider, kept, balance: balance.value.money });
}

function noteAsks({ book, bookings }: Crown, { booking, debt }: DebtName, { payee, kept }: ReadDebt): readonly Ask[] {
  const [from, to] = [`payees:${payee}:debts`, `payees:${payee}:recovered`];
  return [
    book.use(transferMoney).ask({ type: 'Transfer', from, to, amount: kept, kind: 'debt_noted' }),
    bookings.ask(booking, { type: 'RecoverDebt', debt, kept }),
  ];
}

/** Who decides for a bank, whose word is final. */
export const bank: Actor = { id: 'bank', role: 'operator' };
