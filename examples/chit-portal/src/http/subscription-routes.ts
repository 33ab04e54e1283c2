import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readPage } from '../host/page.ts';
import { paymentDocument } from '../payments/payment-row.ts';
import type { Caller, Portal } from '../portal.ts';
import { schemeById } from '../schemes/scheme-row.ts';
import { leaveSubscription } from '../subscriptions/leave.ts';
import { quoteLeaving } from '../subscriptions/quote-leaving.ts';
import { statementOf } from '../subscriptions/statement.ts';
import { subscribe } from '../subscriptions/subscribe.ts';
import { type SubscriptionRow, subscriptionById, subscriptionDocument } from '../subscriptions/subscription-row.ts';
import { transferSubscription } from '../subscriptions/transfer.ts';
import { askedBy } from './asked.ts';
import { paymentBody, subscriptionBody } from './documents.ts';
import { granted, Refused } from './respond.ts';
import { id, idPath, keyHeader, pageOf, paging, rupees, troubles, words } from './schemas.ts';
import { callerOf, signedIn } from './sign-in.ts';

const tags = ['subscriptions'];
const security = [{ bearer: [] }];

/** Subscriptions: the seed's `/api/subscriptions*`, and the passbook. */
export function subscriptionRoutes(portal: Portal): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'Lists the caller’s subscriptions; an admin’s list has all',
          querystring: z.strictObject({ ...paging, schemeId: id.optional(), subscriberId: id.optional() }),
          response: { 200: pageOf(subscriptionBody), ...troubles },
        },
      },
      async (request) => {
        const { schemeId, subscriberId, ...part } = request.query;
        const { userId, role } = callerOf(request);
        await portal.feed.caughtUp();
        let rows = portal.database.selectFrom('subscriptions').selectAll();
        if (schemeId) rows = rows.where('scheme_id', '=', schemeId);
        if (role !== 'ADMIN') rows = rows.where('subscriber_id', '=', userId);
        else if (subscriberId) rows = rows.where('subscriber_id', '=', subscriberId);
        const { items, next } = await readPage(rows, part);
        return { items: items.map(subscriptionDocument), next };
      },
    );
    app.post(
      '/',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'Subscribes to a ticket of a scheme; the first free one where none is named',
          headers: keyHeader,
          body: z.strictObject({ schemeId: id, ticket: z.int().min(1).max(1_000).optional() }),
          response: { 201: subscriptionBody, ...troubles },
        },
      },
      async (request, reply) => {
        const subscribed = await subscribe(portal, askedBy(request), request.body);
        return reply.status(201).send(subscriptionDocument(granted(subscribed)));
      },
    );
    app.get(
      '/:id',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'Shows a subscription',
          params: idPath,
          response: { 200: subscriptionBody, ...troubles },
        },
      },
      async (request) => {
        await portal.feed.caughtUp();
        return subscriptionDocument(await visibleSubscription(portal, request.params.id, callerOf(request)));
      },
    );
    app.put(
      '/:id',
      {
        preHandler: signedIn(portal, 'FOREMAN'),
        schema: {
          tags,
          security,
          summary: 'Transfers the ticket to another user, with its arrears (the scheme’s foreman)',
          headers: keyHeader,
          params: idPath,
          body: z.strictObject({ subscriberId: id, deed: words(100) }),
          response: { 200: z.object({ sequence: z.number() }), ...troubles },
        },
      },
      async (request) => {
        const given = { id: request.params.id, ...request.body };
        const { sequence } = granted(await transferSubscription(portal, askedBy(request), given));
        return { sequence };
      },
    );
    app.delete(
      '/:id',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary:
            'Takes a subscription back before the scheme is declared; with `deduction`, its foreman buys the ticket of a running one back',
          headers: keyHeader,
          params: idPath,
          querystring: z.strictObject({ deduction: rupees.optional() }),
          response: { 200: z.object({ sequence: z.number() }), ...troubles },
        },
      },
      async (request) => {
        const leaving = { id: request.params.id, deduction: request.query.deduction };
        const { sequence } = granted(await leaveSubscription(portal, askedBy(request), leaving));
        return { sequence };
      },
    );
    app.get(
      '/:id/payments',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'Lists the payments of a subscription',
          params: idPath,
          querystring: z.strictObject(paging),
          response: { 200: pageOf(paymentBody), ...troubles },
        },
      },
      async (request) => {
        const row = await visibleSubscription(portal, request.params.id, callerOf(request));
        await portal.feed.caughtUp();
        const query = portal.database.selectFrom('payments').selectAll().where('subscription_id', '=', row.id);
        const { items, next } = await readPage(query, request.query);
        return { items: items.map(paymentDocument), next };
      },
    );
    app.get(
      '/:id/exit-quote',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'Says what leaving a scheme that runs would come to, next to staying; nothing is done',
          params: idPath,
          querystring: z.strictObject({ deduction: rupees.default('0.00') }),
          response: { 200: quoteBody, ...troubles },
        },
      },
      async (request) => {
        const row = await visibleSubscription(portal, request.params.id, callerOf(request));
        return granted(await quoteLeaving(portal, row, request.query.deduction));
      },
    );
    app.get(
      '/:id/statement',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'The passbook: dues, dividends, payments, arrears, credit, prize',
          params: idPath,
          response: { 200: statementBody, ...troubles },
        },
      },
      async (request) => {
        const row = await visibleSubscription(portal, request.params.id, callerOf(request));
        const statement = granted(await statementOf(portal, row));
        return {
          ...statement,
          instalments: [...statement.instalments],
          payments: [...statement.payments],
          arrears: [...statement.arrears],
        };
      },
    );
  };
}

const quoteBody = z.object({
  ticket: z.number(),
  asOf: z.string(),
  contributed: z.string(),
  substitutedNow: z.string(),
  atTermination: z.object({ amount: z.string(), by: z.string() }),
  toStay: z.string(),
  interest: z.string(),
  deduction: z.string(),
  dividends: z.string(),
});
const prizeNeeded = z.object({
  toCome: z.string(),
  movable: z.string(),
  immovable: z.string(),
  ready: z.boolean(),
  prepaid: z.object({ kept: z.string(), paid: z.string() }).nullable(),
});
const statementBody = z.object({
  schemeId: z.string(),
  ticket: z.number(),
  membership: z.string(),
  instalments: z.array(
    z.object({
      instalment: z.number(),
      dueOn: z.string(),
      due: z.string(),
      dividend: z.string(),
      paid: z.string(),
      open: z.string(),
      paidOn: z.string().nullable(),
    }),
  ),
  payments: z.array(paymentBody),
  credit: z.string(),
  open: z.string().describe('all that is open of settled instalments, with interest so far'),
  arrears: z.array(
    z.object({
      instalment: z.number(),
      dueOn: z.string(),
      principal: z.string(),
      interest: z.string(),
      late: z.boolean(),
    }),
  ),
  prize: z
    .object({
      instalment: z.number(),
      status: z.string(),
      amount: z.string(),
      security: z.object({ kind: z.string(), value: z.string(), reference: z.string() }).nullable(),
      needed: prizeNeeded.nullable().describe('what is asked for before it is paid'),
    })
    .nullable(),
});

/** Reads a subscription that a caller may see: his own, of a scheme that he conducts, or any for an admin. */
async function visibleSubscription(
  portal: Portal,
  subscription: string,
  { userId, role }: Caller,
): Promise<SubscriptionRow> {
  const row = await subscriptionById(portal.database, subscription);
  const scheme = row && (await schemeById(portal.database, row.scheme_id));
  if (!row || !(row.subscriber_id === userId || role === 'ADMIN' || scheme?.foreman_id === userId)) {
    throw new Refused({ code: 'nothing_there', what: 'subscription' });
  }
  return row;
}
