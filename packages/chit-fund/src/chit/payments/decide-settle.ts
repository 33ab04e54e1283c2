import { type Context, Defect, type Seen } from '@holdfast/kernel';
import { err, ok } from 'neverthrow';
import { taxRateAt } from '../../law/tax-rate-at.ts';
import { settleInstalment } from '../../settlement/settle-instalment.ts';
import type { Settlement, TicketStanding } from '../../settlement/settlement.ts';
import type { Day } from '../../terms/terms.ts';
import { prizeAccount, schemeAccount, ticketAccount } from '../accounts.ts';
import { statusOf } from '../draws/decide.ts';
import { type ChitEnvironment, dayOf } from '../environment.ts';
import { least } from '../least.ts';
import { Moves } from '../moves.ts';
import { schemeOf } from '../scheme-of.ts';
import type { Chit, InstalmentMoney } from '../state.ts';
import type { SettleInstalment } from './commands.ts';
import { creditTicket } from './credit-ticket.ts';
import type { PaymentDecided } from './decide.ts';
import { settleRedraw } from './decide-settle-redraw.ts';
import type { Credited, TicketDue } from './events.ts';

/**
 * Decides the settlement of an instalment whose winners are known: each ticket's due is taken from its credit, what is missing from the advance, and the whole
 * goes into prizes, commission, tax, and what is kept for the next one. Once for each instalment and draw.
 *
 * @source docs/rules/chit-fund.md, CF-31, CF-36
 */
export function decideSettle(
  seen: Seen,
  chit: Chit,
  { instalment }: SettleInstalment,
  context: Context,
  environment: ChitEnvironment,
): PaymentDecided {
  const known = chit.instalments[instalment - 1];
  if (known?.status !== 'declared')
    return err({ code: 'instalment_wrong_status', instalment, status: statusOf(chit, instalment) });
  const { id, at } = context;
  const supplied = dayOf(known.declaredAt ?? at, environment);
  const tax = taxRateAt(chit.terms, supplied);
  if (tax.isErr()) return err(tax.error);
  // Nothing below refuses.
  if (known.money) return ok([settleRedraw(chit, known, instalment, id)]);
  const scheme = schemeOf(chit);
  const on = dayOf(at, environment);
  const due = scheme.dueDays[instalment - 1] ?? on;
  const settlement = settleInstalment({
    scheme,
    instalment,
    wins: known.wins,
    tickets: standings(chit, instalment),
    carryIn: chit.carry > 0n ? chit.carry : 0n,
    reserveIn: chit.reserve,
    setOff: chit.float,
    taxBasisPoints: tax.value,
  });
  const moves = new Moves(chit);
  const dues = collect(seen, chit, { id, settlement, moves });
  const money = moneyOf(chit, settlement);
  spend(chit, { id, settlement, money, moves });
  const isLast = instalment === chit.terms.instalments;
  const { dividends } = settlement;
  const terminal =
    isLast && chit.terms.dividend.lag === 1 ? payTerminal(chit, { id, on, due, dividends, dues, moves }) : [];
  return ok([
    {
      type: 'InstalmentSettled',
      instalment,
      sequence: known.sequence,
      on,
      due,
      money,
      dues,
      prizes: settlement.prizes,
      dividends: dividends.some((dividend) => dividend > 0n) ? dividends : [],
      terminal,
      matured: isMatured(chit, instalment),
      transfers: moves.transfers,
    },
  ]);
}

/** Says whether all instalments are settled and none is to be drawn anew, once this one is. */
export function isMatured({ instalments, terms }: Chit, instalment: number): boolean {
  const others = instalments.filter((_, index) => index !== instalment - 1);
  return others.length === terms.instalments - 1 && others.every(({ status }) => status === 'settled');
}

function standings({ tickets }: Chit, instalment: number): readonly TicketStanding[] {
  return tickets.map(({ prize, premium }, index) => ({
    ticket: index + 1,
    prized: prize !== undefined && prize.instalment !== instalment,
    premium,
  }));
}

interface Settling {
  readonly id: string;
  readonly settlement: Settlement;
  readonly moves: Moves;
}

function collect(seen: Seen, chit: Chit, { id, settlement, moves }: Settling): readonly TicketDue[] {
  const { currency } = schemeOf(chit);
  // With a lag this draw's dividends wait, and those of the one before are set off.
  const setOff = chit.float.length > 0 ? chit.float : settlement.floatOut === 0n ? settlement.dividends : [];
  let missing = 0n;
  const pot = schemeAccount(id, 'pot');
  const dues = settlement.dues.map((due, index): TicketDue => {
    const ticket = index + 1;
    const credit = seen.balance(ticketAccount(id, ticket), currency.code);
    const covered = least(credit, due);
    moves.add(ticketAccount(id, ticket), pot, covered, 'instalment');
    missing += due - covered;
    return { ticket, due, covered, setOff: setOff[index] ?? 0n };
  });
  moves.add(schemeAccount(id, 'advance'), pot, missing, 'advance');
  return dues;
}

function moneyOf(chit: Chit, settlement: Settlement): InstalmentMoney {
  const { discount, commission, tax, pool, dues, dividends, prizes, carryOut, reserveOut, floatOut } = settlement;
  const floatIn = sumOf(chit.float);
  const carryIn = chit.carry;
  // What a redraw took from the carry beyond what it had stays open until pools have brought it in.
  const after = carryIn < 0n ? carryOut + carryIn : carryOut;
  const money: InstalmentMoney = {
    discount,
    commission,
    tax,
    pool,
    prizes: sumOf(prizes.map(({ prize }) => prize)),
    dues: sumOf(dues),
    dividends: sumOf(dividends),
    carryIn,
    carryOut: after,
    floatIn,
    floatOut,
    reserveIn: chit.reserve,
    reserveOut,
    redrawn: 0n,
  };
  if (!isBalanced(chit, money)) throw new Defect(`instalment ${settlement.instalment} does not balance`);
  return money;
}

/** Says whether what an instalment took in is what it gave out. */
export function isBalanced({ terms }: Pick<Chit, 'terms'>, money: InstalmentMoney): boolean {
  const taxApart = terms.tax?.bearer === 'foreman' ? 0n : money.tax;
  const taken = money.dues + money.carryIn + money.floatIn + money.reserveIn;
  return taken === money.prizes + money.commission + taxApart + money.carryOut + money.floatOut + money.reserveOut;
}

function spend(chit: Chit, { id, settlement, money, moves }: Settling & { readonly money: InstalmentMoney }): void {
  const { instalment, commission, tax } = settlement;
  const pot = schemeAccount(id, 'pot');
  const bearer = chit.terms.tax?.bearer;
  moves
    .add(pot, prizeAccount(id, instalment), money.prizes, 'prize')
    .add(pot, schemeAccount(id, 'commission'), commission, 'commission')
    .add(schemeAccount(id, bearer === 'foreman' ? 'commission' : 'pot'), schemeAccount(id, 'tax'), tax, 'tax')
    .addCarry(id, pot, { before: money.carryIn, after: money.carryOut })
    .add(pot, schemeAccount(id, 'float'), money.floatOut - money.floatIn, 'dividend')
    .add(pot, schemeAccount(id, 'reserve'), money.reserveOut - money.reserveIn, 'reserve');
}

/** Pays out dividends that no instalment is left for: each to its ticket, where arrears come first. */
function payTerminal(
  chit: Chit,
  given: {
    readonly id: string;
    readonly on: Day;
    readonly due: Day;
    readonly dividends: readonly bigint[];
    readonly dues: readonly TicketDue[];
    readonly moves: Moves;
  },
): readonly Credited[] {
  const { id, on, due, dividends, dues, moves } = given;
  let carry = chit.carry;
  return dividends.flatMap((dividend, index) => {
    if (dividend === 0n) return [];
    const ticket = index + 1;
    moves.add(schemeAccount(id, 'float'), ticketAccount(id, ticket), dividend, 'dividend');
    const now = withArrear(chit, dues[index], { instalment: chit.terms.instalments, due });
    const credited = creditTicket({ ...now, carry }, { id, ticket, amount: dividend, today: on }, moves);
    carry += credited.carry;
    return [credited];
  });
}

/** Gives the scheme with what a ticket's due leaves open. */
export function withArrear(
  chit: Chit,
  ticketDue: TicketDue | undefined,
  { instalment, due }: { readonly instalment: number; readonly due: Day },
): Chit {
  if (!ticketDue || ticketDue.covered === ticketDue.due) return chit;
  const { ticket, setOff } = ticketDue;
  const arrear = {
    instalment,
    due,
    principal: ticketDue.due - ticketDue.covered,
    setOff,
    forfeited: 0n,
    withheld: 0n,
    interest: 0n,
    accruedTo: due,
    late: false,
  };
  const tickets = chit.tickets.map((one, index) =>
    index === ticket - 1 ? { ...one, arrears: [...one.arrears, arrear] } : one,
  );
  return { ...chit, tickets };
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
