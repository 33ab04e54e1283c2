import type { Money } from '@holdfast/money';
import { err } from 'neverthrow';
import { wallets } from '../book/chart.ts';
import { actorOf } from './actor-of.ts';
import type { Answer } from './answer.ts';
import type { Asked, Service } from './service.ts';

/**
 * Puts money that arrived from outside into the caller's wallet.
 *
 * @returns The caller's id.
 */
export async function deposit(service: Service, { caller, key }: Asked, amount: Money<'USD'>): Answer<string> {
  const command = { type: 'Deposit', owner: caller.id, amount, from: OUTSIDE } as const;
  const done = await service.book.use(wallets.decider).execute(command, { actor: actorOf(caller), key });
  return done.map(() => caller.id);
}

/**
 * Takes money out of the caller's wallet, if his role may (J22).
 *
 * @returns The caller's id.
 */
export async function withdraw(service: Service, { caller, key }: Asked, amount: Money<'USD'>): Answer<string> {
  const allowed = service.rules.withdrawRoles;
  if (!allowed.includes(caller.role)) return err({ code: 'role_not_allowed', action: 'withdraw funds', allowed });
  const command = { type: 'Withdraw', owner: caller.id, amount, to: OUTSIDE } as const;
  const done = await service.book.use(wallets.decider).execute(command, { actor: actorOf(caller), key });
  return done.map(() => caller.id);
}

/** Deposits and withdrawals are entered by hand until a provider is connected, as the seed has it. */
const OUTSIDE = 'manual';
