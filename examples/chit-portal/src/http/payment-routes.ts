import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readPage } from '../host/page.ts';
import { decidePayment } from '../payments/decide-payment.ts';
import { paymentById, paymentDocument } from '../payments/payment-row.ts';
import { takePayment } from '../payments/take-payment.ts';
import type { Portal } from '../portal.ts';
import { schemeById } from '../schemes/scheme-row.ts';
import { askedBy } from './asked.ts';
import { paymentBody } from './documents.ts';
import { granted, Refused } from './respond.ts';
import { channel, id, idPath, keyHeader, pageOf, paging, rupees, troubles, words } from './schemas.ts';
import { callerOf, ownOrAdmin, signedIn } from './sign-in.ts';

const tags = ['payments'];
const security = [{ bearer: [] }];

/** Payments: the seed's `/api/payments*`. */
export function paymentRoutes(portal: Portal): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'Lists the caller’s payments; those of a scheme for its foreman; an admin’s list has all',
          querystring: z.strictObject({
            ...paging,
            schemeId: id.optional(),
            status: paymentBody.shape.status.optional(),
          }),
          response: { 200: pageOf(paymentBody), ...troubles },
        },
      },
      async (request) => {
        const { schemeId, status, ...part } = request.query;
        const { userId, role } = callerOf(request);
        await portal.feed.caughtUp();
        const scheme = schemeId === undefined ? undefined : await schemeById(portal.database, schemeId);
        let rows = portal.database.selectFrom('payments').selectAll();
        if (schemeId) rows = rows.where('scheme_id', '=', schemeId);
        if (status) rows = rows.where('status', '=', status);
        if (role !== 'ADMIN' && scheme?.foreman_id !== userId) rows = rows.where('user_id', '=', userId);
        const { items, next } = await readPage(rows, part);
        return { items: items.map(paymentDocument), next };
      },
    );
    app.post(
      '/',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary:
            'Pays for a ticket: at once where the foreman enters it or the gateway has it, else once it is confirmed',
          headers: keyHeader,
          body: z.strictObject({
            subscriptionId: id,
            amount: rupees,
            channel,
            transactionId: words(100)
              .optional()
              .describe('the bank’s or gateway’s own name of the payment: credited once'),
          }),
          response: { 201: paymentBody, 202: paymentBody, ...troubles },
        },
      },
      async (request, reply) => {
        const payment = granted(await takePayment(portal, askedBy(request), request.body));
        return reply.status(payment.status === 'PENDING' ? 202 : 201).send(paymentDocument(payment));
      },
    );
    app.get(
      '/:id',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'Shows a payment',
          params: idPath,
          response: { 200: paymentBody, ...troubles },
        },
      },
      async (request) => {
        await portal.feed.caughtUp();
        const { userId, role } = callerOf(request);
        const row = await paymentById(portal.database, request.params.id);
        const scheme = row && (await schemeById(portal.database, row.scheme_id));
        if (!row || !(row.user_id === userId || role === 'ADMIN' || scheme?.foreman_id === userId)) {
          throw new Refused({ code: 'nothing_there', what: 'payment' });
        }
        return paymentDocument(row);
      },
    );
    app.put(
      '/:id',
      {
        preHandler: signedIn(portal, 'FOREMAN', 'ADMIN'),
        schema: {
          tags,
          security,
          summary:
            'Says what became of a payment: it has arrived, it has not, or it was taken back (the scheme’s foreman, admin)',
          params: idPath,
          body: z.strictObject({ status: z.enum(['COMPLETED', 'FAILED', 'REVERSED']), reason: words(200).optional() }),
          response: { 200: paymentBody, ...troubles },
        },
      },
      async (request) => {
        const found = { id: request.params.id, ...request.body };
        return paymentDocument(granted(await decidePayment(portal, callerOf(request), found)));
      },
    );
    app.get(
      '/user/:userId',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'Lists the payments of a user',
          params: z.strictObject({ userId: id }),
          querystring: z.strictObject(paging),
          response: { 200: pageOf(paymentBody), ...troubles },
        },
      },
      async (request) => {
        ownOrAdmin(request, request.params.userId);
        await portal.feed.caughtUp();
        const query = portal.database.selectFrom('payments').selectAll().where('user_id', '=', request.params.userId);
        const { items, next } = await readPage(query, request.query);
        return { items: items.map(paymentDocument), next };
      },
    );
  };
}
