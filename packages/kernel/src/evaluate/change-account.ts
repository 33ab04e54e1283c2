import type { AccountChange, Chart } from '../account.ts';
import type { Draft } from './draft.ts';
import { openAccount } from './open-account.ts';

/** Opens an account, or changes its flags. An account that nobody opened has no flags to change: it opens first, as the chart says. */
export function changeAccount(draft: Draft, change: AccountChange, chart: Chart): void {
  const here = draft.touch(change.account, change.currency.code);
  if (draft.incomplete) return;
  const touched = here ?? openAccount(draft, change.account, change.currency, chart, 'open' in change);
  if ('code' in touched) {
    draft.accountRefusal ??= touched;
    return;
  }
  if ('open' in change) return;
  touched.state = {
    ...touched.state,
    frozen: change.frozen ?? touched.state.frozen,
    closed: change.closed ?? touched.state.closed,
  };
  touched.changed = true;
}
