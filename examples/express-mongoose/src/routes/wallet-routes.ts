import { transferMoney } from '@holdfast/ledger';
import { parseMoney, usd } from '@holdfast/money';
import { Router } from 'express';
import { err } from 'neverthrow';
import { chart } from '../money/chart.ts';
import { answer } from './answer.ts';
import type { Shop } from './shop.ts';

/** Wallets: money of the book alone, so no transaction of the shop's is needed. */
export function walletRoutes({ money }: Shop): Router {
  const routes = Router();

  routes.post('/deposits', async (request, response) => {
    const amount = parseMoney(request.body.amount, usd);
    if (amount.isErr()) return answer(response, err(amount.error));
    const user = request.get('x-user-id') ?? '';
    const deposited = await money.use(transferMoney).execute(
      {
        type: 'Transfer',
        from: 'world:manual',
        to: `users:${user}:available`,
        amount: amount.value,
        kind: 'deposit',
      },
      { actor: { id: user, role: 'customer' }, key: request.get('idempotency-key') ?? '' },
    );
    answer(response, deposited, 201);
  });

  routes.get('/wallet', async (request, response) => {
    const account = chart.account('users:{user}:available', { user: request.get('x-user-id') ?? '' });
    const balance = await money.balance(account, usd);
    if (balance.isErr()) return answer(response, err(balance.error));
    response.json({ available: balance.value.money });
  });
  return routes;
}
