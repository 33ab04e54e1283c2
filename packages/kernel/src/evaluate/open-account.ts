import type { Currency } from '@holdfast/money';
import { accountKey, type Chart, isAccountName } from '../account.ts';
import type { AccountUnknown } from '../refusals.ts';
import type { Draft, Touched } from './draft.ts';

/** Opens an account as the chart says, in the draft. */
export function openAccount(
  draft: Draft,
  name: string,
  currency: Currency,
  chart: Chart,
  explicitly: boolean,
): Touched | AccountUnknown {
  if (!isAccountName(name)) return { code: 'account_unknown', account: name };
  const settings = chart.open(name, currency, explicitly);
  if (settings.isErr()) return settings.error;
  const key = accountKey(name, currency.code);
  const touched: Touched = {
    key,
    name,
    currency,
    state: { ...settings.value, currency, frozen: 'none', closed: false },
    before: 0n,
    balance: 0n,
    changed: true,
  };
  draft.accounts.push(touched);
  return touched;
}
