import { Router } from 'express';
import { err } from 'neverthrow';
import { z } from 'zod';
import { TRANSACTION_TYPES } from '../host/rows.ts';
import { getWallet } from '../service/get-wallet.ts';
import { listTransactions } from '../service/list-transactions.ts';
import { deposit, withdraw } from '../service/move-money.ts';
import type { Service } from '../service/service.ts';
import { callerOf } from './caller.ts';
import { count, readAmount, readBody, readQuery } from './read-request.ts';
import { onCommand, respond, respondTrouble } from './respond.ts';

/** The wallet of who calls. */
export function walletRoutes(service: Service): Router {
  const router = Router();
  router.get('/wallet', async (_request, response) => {
    const wallet = await getWallet(service, callerOf(response).id);
    respond(response, wallet, { message: 'Wallet retrieved successfully', data: (shape) => shape });
  });
  router.get('/wallet/transactions', async (request, response) => {
    const query = readQuery(request, PAGE);
    if (query.isErr()) return respondTrouble(response, query.error);
    const { type, ...part } = query.value;
    const asked = type === undefined ? part : { ...part, type };
    const page = await listTransactions(service, callerOf(response).id, asked);
    respond(response, page, { message: 'Transactions retrieved successfully', data: (list) => list });
  });
  for (const { path, move, message } of MOVES) {
    const handler = onCommand(
      async (asked, request) => {
        const amount = readBody(request, { amount: z.unknown() }).andThen((body) => readAmount(body.amount));
        if (amount.isErr()) return err(amount.error);
        const moved = await move(service, asked, amount.value);
        return moved.isErr() ? err(moved.error) : getWallet(service, asked.caller.id);
      },
      { message, data: (wallet) => wallet },
    );
    router.post(path, handler);
  }
  return router;
}

const MOVES = [
  { path: '/wallet/deposits', move: deposit, message: 'Deposit successful' },
  { path: '/wallet/withdrawals', move: withdraw, message: 'Withdrawal successful' },
] as const;

const PAGE = {
  page: count(1, 1_000_000),
  limit: count(10, 100),
  type: z
    .enum(TRANSACTION_TYPES)
    .optional()
    .describe(`one of ${TRANSACTION_TYPES.join(', ')}`),
};
