import type { CommandsOf, ExecuteFault, UnitRefusal } from '@holdfast/kernel';
import type { manageAccounts, WalletCommands } from '@holdfast/ledger';
import type { AmountRefusal } from '@holdfast/money';
import type { Result } from 'neverthrow';
import type { offerProcess } from '../book/offer-process.ts';
import type { HostRefusal } from './refusals.ts';

type RefusalIn<Commands> = {
  [Name in keyof Commands]: Commands[Name] extends { readonly refusal: infer R } ? R : never;
}[keyof Commands];

/** Every "no" that this service can give: the packages', command by command, and the host's own. A new one of theirs is a new one here. */
export type AnyRefusal =
  | RefusalIn<CommandsOf<typeof offerProcess>>
  | RefusalIn<WalletCommands>
  | RefusalIn<CommandsOf<typeof manageAccounts>>
  | UnitRefusal
  | AmountRefusal
  | HostRefusal;

/** What the service answers: what was asked for, a refusal, or a fault. */
export type Answer<T> = Promise<Result<T, AnyRefusal | ExecuteFault>>;
