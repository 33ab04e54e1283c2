import { schemeAccount } from '../chit/accounts.ts';
import { expectedBalances } from '../chit/identities/expected-balances.ts';
import { accrue } from '../chit/payments/interest.ts';
import { amountOf, futureLiability } from '../chit/scheme-of.ts';
import type { Arrear, Chit } from '../chit/state.ts';
import type { Fraction } from '../law/parameter.ts';
import { daysBetween } from '../terms/calendar.ts';
import type { Day } from '../terms/terms.ts';
import type { Ageing } from './monthly-report.ts';
import { openOf } from './statement-lines.ts';

/** Sorts what is open by how many days ago it was due. */
export function ageOf(chit: Chit, asOf: Day): Ageing {
  const ages = { notDue: 0n, to30: 0n, to60: 0n, to90: 0n, over90: 0n };
  let interest = 0n;
  for (const arrear of openArrears(chit, asOf)) {
    ages[ageName(daysBetween(arrear.due, asOf))] += arrear.principal + arrear.forfeited;
    interest += arrear.interest;
  }
  return {
    notDue: amountOf(chit, ages.notDue),
    to30: amountOf(chit, ages.to30),
    to60: amountOf(chit, ages.to60),
    to90: amountOf(chit, ages.to90),
    over90: amountOf(chit, ages.over90),
    interest: amountOf(chit, interest),
  };
}

/** Gives what securities are worth over what their tickets owe and will, in lowest terms; nothing where there is no such ticket. */
export function coverOf(chit: Chit, asOf: Day): Fraction | undefined {
  let [num, den] = [0n, 0n];
  for (const [index, { prize, arrears }] of chit.tickets.entries()) {
    if (prize?.status !== 'paid') continue;
    num += prize.security?.value ?? 0n;
    den += openOf(arrears.map((arrear) => accrue(arrear, chit.terms.late, asOf))) + futureLiability(chit, index + 1);
  }
  if (den === 0n) return undefined;
  const divisor = divisorOf(num, den);
  return { num: num / divisor, den: den / divisor };
}

/** Gives what the foreman has in a scheme, in minor units: put in, and earned but not taken; and prizes that lie there. */
export function incomeOf(chit: Chit): {
  readonly advance: bigint;
  readonly prizesUnpaid: bigint;
  readonly commission: bigint;
  readonly tax: bigint;
} {
  const balances = expectedBalances(ANY, chit);
  const of = (name: 'advance' | 'commission' | 'tax'): bigint => balances.get(schemeAccount(ANY, name)) ?? 0n;
  let prizesUnpaid = 0n;
  for (const [account, balance] of balances) if (/:(prizes|unpaid):\d+$/.test(account)) prizesUnpaid += balance;
  return { advance: -of('advance'), prizesUnpaid, commission: of('commission'), tax: of('tax') };
}

function openArrears(chit: Chit, asOf: Day): readonly Arrear[] {
  return chit.tickets.flatMap(({ arrears }) => arrears.map((arrear) => accrue(arrear, chit.terms.late, asOf)));
}

function ageName(days: number): 'notDue' | 'to30' | 'to60' | 'to90' | 'over90' {
  if (days <= 0) return 'notDue';
  return days <= 30 ? 'to30' : days <= 60 ? 'to60' : days <= 90 ? 'to90' : 'over90';
}

function divisorOf(one: bigint, other: bigint): bigint {
  return other === 0n ? one : divisorOf(other, one % other);
}

/** Balances are asked for by name here, whatever the scheme's is. */
const ANY = 'scheme';
