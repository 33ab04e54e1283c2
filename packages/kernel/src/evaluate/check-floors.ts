import { LARGEST_MINOR, money } from '@holdfast/money';
import { Defect } from '../faults.ts';
import type { AccountNotEmpty, InsufficientFunds, LimitExceeded } from '../refusals.ts';
import type { Draft, Touched } from './draft.ts';

/** Checks the balance of every touched account after the whole unit against its floor, in the order in which they were touched. */
export function checkFloors(draft: Draft): InsufficientFunds | AccountNotEmpty | LimitExceeded | undefined {
  for (const touched of draft.accounts) {
    const { state, balance, before, name, currency } = touched;
    if (state.closed && balance !== 0n && !draft.fact)
      return { code: 'account_not_empty', account: name, balance: money(balance, currency) };
    if (state.floor === null || balance >= state.floor || balance >= before) continue;
    if (state.breach === 'defect')
      throw new Defect(`${name} would fall to ${balance}, below its floor of ${state.floor}`);
    if (!draft.fact) return shortage(touched, state.floor);
  }
  return undefined;
}

function shortage({ name, currency, before, balance }: Touched, floor: bigint): InsufficientFunds | LimitExceeded {
  // Two balances within the bound can lie further apart than an amount can say.
  if (before - balance > LARGEST_MINOR) return { code: 'limit_exceeded', what: `need of ${name}`, limit: '38 digits' };
  return {
    code: 'insufficient_funds',
    account: name,
    required: money(before - balance, currency),
    available: money(before > floor ? before - floor : 0n, currency),
  };
}
