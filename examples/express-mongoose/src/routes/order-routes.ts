import { simpleSale } from '@holdfast/escrow';
import { formatDecimal, parseMoney, usd } from '@holdfast/money';
import { type Request, Router } from 'express';
import { err } from 'neverthrow';
import { orderModel } from '../models/order.ts';
import { inOneTransaction } from '../money/in-one-transaction.ts';
import { answer } from './answer.ts';
import type { Shop } from './shop.ts';

/** Orders: the document is the shop's, the money is in the book, and both change or neither does. */
export function orderRoutes({ connection, money }: Shop): Router {
  const routes = Router();
  const orders = orderModel(connection);

  routes.post('/orders', async (request, response) => {
    const { seller, item } = request.body;
    const price = parseMoney(request.body.price, usd);
    if (price.isErr()) return answer(response, err(price.error));
    const buyer = callerOf(request);
    const key = keyOf(request);
    // The order's id follows from who asks and under which key, so that a retry is about the same order.
    const id = `${buyer}-${key}`;
    const placed = await inOneTransaction(connection, async (session) => {
      const order = { _id: id, buyer, seller, item, price: formatDecimal(price.value), status: 'placed' as const };
      if (!(await orders.exists({ _id: id }).session(session))) await orders.create([order], { session });
      return money.within(session, (joined) =>
        joined
          .use(simpleSale)
          .execute(
            id,
            { type: 'Fund', parties: { buyer, seller }, amount: price.value },
            { actor: { id: buyer, role: 'buyer' }, key },
          ),
      );
    });
    answer(response, placed, 201, { id });
  });

  routes.post('/orders/:id/deliver', (request, response) =>
    end(request, 'delivered', { type: 'Release' }, 'buyer').then((ended) => answer(response, ended)),
  );
  routes.post('/orders/:id/cancel', (request, response) =>
    end(request, 'cancelled', { type: 'Refund' }, 'seller').then((ended) => answer(response, ended)),
  );
  routes.get('/orders/:id', async (request, response) => {
    const order = await orders.findById(String(request.params.id)).lean();
    if (order) response.json(order);
    else response.status(404).json({ code: 'not_found' });
  });
  return routes;

  function end(
    request: Request,
    status: 'delivered' | 'cancelled',
    command: { readonly type: 'Release' } | { readonly type: 'Refund' },
    role: 'buyer' | 'seller',
  ) {
    const id = String(request.params.id);
    return inOneTransaction(connection, async (session) => {
      await orders.updateOne({ _id: { $eq: id } }, { status }, { session });
      return money.within(session, (joined) =>
        joined.use(simpleSale).execute(id, command, { actor: { id: callerOf(request), role }, key: keyOf(request) }),
      );
    });
  }
}

/** Whoever your authentication says it is. */
function callerOf(request: Request): string {
  return request.get('x-user-id') ?? '';
}

function keyOf(request: Request): string {
  return request.get('idempotency-key') ?? '';
}
