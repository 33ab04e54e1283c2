import { prizeAccount, type SchemePurse, schemeAccount, unpaidAccount } from '../accounts.ts';
import type { Chit } from '../state.ts';

/**
 * Gives what each account of a scheme has to have by its record. A ticket's credit and a removed subscriber's deposit stand only in their accounts.
 *
 * @source docs/rules/chit-fund.md, CF-30, CF-31
 */
export function expectedBalances(id: string, chit: Chit): ReadonlyMap<string, bigint> {
  const { carry, reserve, float, taken, tickets } = chit;
  const settled = chit.instalments.flatMap(({ money }) => (money ? [money] : []));
  const arrears = tickets.flatMap((ticket) => ticket.arrears);
  const commission = sumOf(settled, (money) => money.commission);
  const tax = sumOf(settled, (money) => money.tax);
  const taxOfForeman = chit.terms.tax?.bearer === 'foreman' ? tax : 0n;
  const advanced = sumOf(arrears, ({ principal }) => principal);
  const purses: { readonly [Name in SchemePurse]: bigint } = {
    pot: 0n,
    carry: carry > 0n ? carry : 0n,
    reserve,
    float: float.reduce((sum, dividend) => sum + dividend, 0n),
    advance: (carry < 0n ? carry : 0n) - advanced,
    forfeits: sumOf(arrears, ({ withheld }) => withheld),
    commission: commission - taxOfForeman - taken.commission,
    tax: tax - taken.tax,
    penalties: chit.penalties - taken.penalties,
  };
  const balances = new Map<string, bigint>();
  for (const [name, minor] of Object.entries(purses)) balances.set(schemeAccount(id, name as SchemePurse), minor);
  for (const [index, { voided = [] }] of chit.instalments.entries()) {
    const instalment = index + 1;
    const prizes = tickets.flatMap(({ prize }) => (prize?.instalment === instalment ? [prize] : []));
    const ready = prizes.filter(({ status }) => status === 'awaiting' || status === 'secured');
    const apart = prizes.filter(({ status }) => status === 'deposited');
    balances.set(prizeAccount(id, instalment), sumOf(ready, amount) + sumOf(voided, amount));
    balances.set(unpaidAccount(id, instalment), sumOf(apart, amount));
  }
  return balances;
}

function amount(one: { readonly amount: bigint }): bigint {
  return one.amount;
}

function sumOf<Item>(items: readonly Item[], of: (item: Item) => bigint): bigint {
  return items.reduce((sum, item) => sum + of(item), 0n);
}
