import { type Currency, LARGEST_MINOR } from '@holdfast/money';
import type { Chart } from '../account.ts';
import { Defect } from '../faults.ts';
import type { UnitRefusal } from '../refusals.ts';
import type { Transfer } from '../transfer.ts';
import type { Draft, Touched } from './draft.ts';
import { openAccount } from './open-account.ts';

/** The most transfers that one unit may hold. */
const MOST_TRANSFERS = 10_000;

/** Drafts an entry: every transfer lowers one account and raises another by the same, so nothing is created and nothing is lost. */
export function moveMoney(draft: Draft, transfers: readonly Transfer[], chart: Chart): void {
  if (transfers.length === 0) return;
  draft.entries.push(transfers);
  if (draft.lines.length + 2 * transfers.length > 2 * MOST_TRANSFERS) {
    draft.accountRefusal ??= { code: 'limit_exceeded', what: 'transfers of a unit', limit: `${MOST_TRANSFERS}` };
    return;
  }
  for (const transfer of transfers) moveOne(draft, transfer, chart);
}

function moveOne(draft: Draft, { from, to, amount, kind }: Transfer, chart: Chart): void {
  const { minor, currency } = amount;
  if (minor <= 0n) throw new Defect(`a transfer from ${from} to ${to} is of ${amount}`);
  if (from === to) throw new Defect(`a transfer of ${amount} goes from ${from} to itself`);
  if (!KIND.test(kind))
    throw new Defect(`a transfer from ${from} to ${to} is of the kind ${kind}; allowed are a-z 0-9 _ .`);
  const giver = find(draft, from, currency, chart);
  const taker = find(draft, to, currency, chart);
  if (!giver || !taker) return;
  post(draft, giver, -minor);
  post(draft, taker, minor);
  draft.accountRefusal ??= refusedBy(giver, 'debit', draft.fact) ?? refusedBy(taker, 'credit', draft.fact);
}

function post({ lines, sequence }: Draft, touched: Touched, amount: bigint): void {
  touched.balance += amount;
  lines.push({ account: touched.key, sequence, ordinal: lines.length, amount, balance: touched.balance });
}

function find(draft: Draft, name: string, currency: Currency, chart: Chart): Touched | undefined {
  const here = draft.touch(name, currency.code);
  if (here) {
    if (here.currency.scale !== currency.scale) {
      throw new Defect(`${name} counts ${currency.code} with ${here.currency.scale} decimals, not ${currency.scale}`);
    }
    return here;
  }
  if (draft.incomplete) return undefined;
  const opened = openAccount(draft, name, currency, chart, false);
  if (!('code' in opened)) return opened;
  draft.accountRefusal ??= opened;
  return undefined;
}

function refusedBy(
  { name, state, balance }: Touched,
  side: 'debit' | 'credit',
  fact: boolean,
): UnitRefusal | undefined {
  if (state.closed && !fact) return { code: 'account_closed', account: name };
  if (!fact && (state.frozen === 'all' || (state.frozen === 'debits' && side === 'debit')))
    return { code: 'account_frozen', account: name, side };
  if (balance > LARGEST_MINOR || balance < -LARGEST_MINOR)
    return { code: 'limit_exceeded', what: `balance of ${name}`, limit: '38 digits' };
  return undefined;
}

const KIND = /^[a-z0-9_.]{1,64}$/;
