import { hash } from 'node:crypto';
import { type Chart, isId } from '@holdfast/kernel';
import { err } from 'neverthrow';
import type { Mode } from '../port/descriptor.ts';

/**
 * Names the book that takes in what one account of a provider delivers, in one mode.
 *
 * @source docs/rules/providers.md, IN-1
 */
export function intakeName(of: { readonly provider: string; readonly account: string; readonly mode: Mode }): string {
  const { provider, account, mode } = of;
  const name = `intake-${provider}-${account}-${mode}`;
  // A hyphen within a part could make two accounts one.
  const plain = isId(name) && !`${provider}${account}`.includes('-');
  return plain ? name : `intake-${hash('sha256', JSON.stringify([provider, account, mode]), 'hex')}`;
}

/** The chart of a book that holds no money: it has no account. */
export const noAccounts: Chart = {
  open: (account) => err({ code: 'account_unknown', account }),
};
