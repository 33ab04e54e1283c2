import { manageAccounts } from '@holdfast/ledger';
import { usd, zero } from '@holdfast/money';
import { err } from 'neverthrow';
import { wallets } from '../book/chart.ts';
import { actorOf } from './actor-of.ts';
import type { Answer } from './answer.ts';
import type { Asked, Service } from './service.ts';

/**
 * Freezes a user's wallet: nothing goes out and nothing is held for an offer, while refunds and payouts still arrive (J11). Admins only.
 *
 * @returns The user's id.
 */
export async function freezeWallet(service: Service, asked: Asked, user: string): Answer<string> {
  const { caller, key } = asked;
  const refused = await forbids(service, asked, user);
  if (refused) return err(refused);
  const accounts = service.book.use(manageAccounts);
  const options = { actor: actorOf(caller), key };
  const account = wallets.available(user);
  const freeze = { type: 'FreezeAccount', account, currency, frozen: 'debits' } as const;
  const frozen = await accounts.execute(freeze, options);
  if (frozen.isOk() || frozen.error.code !== 'account_unknown') return frozen.map(() => user);
  // A user who never had money has no account yet.
  const open = accounts.ask({ type: 'OpenAccount', account, currency });
  return (await service.book.together([open, accounts.ask(freeze)], options)).map(() => user);
}

/**
 * Lets a frozen wallet give again. Admins only.
 *
 * @returns The user's id.
 */
export async function unfreezeWallet(service: Service, asked: Asked, user: string): Answer<string> {
  const { caller, key } = asked;
  const refused = await forbids(service, asked, user);
  if (refused) return err(refused);
  const command = { type: 'UnfreezeAccount', account: wallets.available(user), currency } as const;
  const done = await service.book.use(manageAccounts).execute(command, { actor: actorOf(caller), key });
  return done.map(() => user);
}

async function forbids({ host }: Service, { caller }: Asked, user: string) {
  if (caller.role !== 'admin') {
    return { code: 'role_not_allowed', action: 'freeze wallets', allowed: ['admin'] } as const;
  }
  const found = await host.transaction((tables) => tables.find('users', user));
  return found ? undefined : ({ code: 'nothing_there', what: 'user' } as const);
}

/** A command is plain data, which the maker of amounts is not. */
const { currency } = zero(usd);
