import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { chitsOf } from '../book/chits.ts';
import { type BidGiven, bidInDraw } from '../draws/bid-in-draw.ts';
import { closeDraw } from '../draws/close-draw.ts';
import { openDraw } from '../draws/open-draw.ts';
import type { Caller, Portal } from '../portal.ts';
import { showCalendar, showOpenDraw } from '../schemes/show-scheme.ts';
import { rupeesOf } from '../schemes/terms-of.ts';
import { askedBy } from './asked.ts';
import { granted, Refused } from './respond.ts';
import { id, idPath, keyHeader, rupees, troubles, words } from './schemas.ts';
import { visibleScheme } from './scheme-routes.ts';
import { callerOf, signedIn } from './sign-in.ts';
import { takeCommand, taken, takenOf } from './taken.ts';

const tags = ['draws'];
const security = [{ bearer: [] }];
const number = z.coerce.number('a whole number').int().min(1).max(1_000);
const drawPath = z.strictObject({ id, instalment: number });
const hex = z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits');

const bid = z.discriminatedUnion('by', [
  z.strictObject({ ticket: z.int().min(1), by: z.literal('discount'), amount: rupees }),
  z.strictObject({ ticket: z.int().min(1), by: z.literal('prize'), amount: rupees }),
  z.strictObject({
    ticket: z.int().min(1),
    by: z.literal('percent'),
    percent: z.string().regex(/^[0-9]{1,2}(\.[0-9]{1,4})?$/, 'such as 27.5'),
  }),
]);

/** Draws, bids, settlements and prizes, of which the seed has no word. */
export function drawRoutes(portal: Portal): FastifyPluginAsyncZod {
  const bidFor = async (request: Parameters<typeof askedBy>[0], given: BidGiven) => {
    return takenOf(granted(await bidInDraw(portal, askedBy(request), given)));
  };
  const usual = { tags, security, headers: keyHeader, response: { 200: taken, ...troubles } };
  return async (app) => {
    app.get(
      '/:id/draws',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'The calendar: every draw, past and to come, with what it came to',
          params: idPath,
          response: { 200: z.object({ calendar: z.array(z.unknown()), open: z.unknown() }), ...troubles },
        },
      },
      async (request) => {
        const state = await stateOf(portal, request.params.id, callerOf(request));
        return { calendar: [...showCalendar(state)], open: showOpenDraw(state, portal.clock()) };
      },
    );
    app.get(
      '/:id/draws/:instalment',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary:
            'One draw: its bids while it is open; once it is closed who could win, who was tied, and the lot, for anybody to replay',
          params: drawPath,
          response: { 200: z.object({ instalment: z.unknown(), open: z.unknown(), result: z.unknown() }), ...troubles },
        },
      },
      async (request) => {
        const state = await stateOf(portal, request.params.id, callerOf(request));
        const instalment = showCalendar(state)[request.params.instalment - 1];
        if (!instalment) throw new Refused({ code: 'nothing_there', what: 'draw' });
        const open = showOpenDraw(state, portal.clock());
        const result = await resultOf(portal, request.params);
        return { instalment, open: open?.instalment === instalment.instalment ? open : null, result };
      },
    );
    app.post(
      '/:id/draws',
      {
        preHandler: signedIn(portal, 'FOREMAN'),
        schema: {
          ...usual,
          summary: 'Opens the draw of an instalment; the commitment of its lots is published (foreman)',
          params: idPath,
          body: z.strictObject({
            instalment: z.int().min(1).max(1_000),
            present: z.array(id).max(1_000),
            recording: words(200).optional(),
            minutes: z.int().min(1).max(10_080).optional(),
          }),
          response: { 201: z.object({ commitment: z.string() }), ...troubles },
        },
      },
      async (request, reply) => {
        const opened = await openDraw(portal, askedBy(request), { id: request.params.id, draw: request.body });
        return reply.status(201).send(granted(opened));
      },
    );
    app.post(
      '/:id/draws/:instalment/bids',
      {
        preHandler: signedIn(portal),
        schema: {
          ...usual,
          summary: 'Bids with a ticket of one’s own',
          params: drawPath,
          body: bid,
          response: { 201: taken, ...troubles },
        },
      },
      async (request, reply) => {
        const { ticket, ...given } = request.body;
        const notation =
          given.by === 'percent'
            ? { by: given.by, percent: given.percent }
            : { by: given.by, amount: rupeesOf(given.amount) };
        const placed = await bidFor(request, {
          ...request.params,
          command: { type: 'PlaceBid', ticket, bid: notation },
        });
        return reply.status(201).send(placed);
      },
    );
    app.post(
      '/:id/draws/:instalment/sealed-bids',
      {
        preHandler: signedIn(portal),
        schema: {
          ...usual,
          summary: 'Hands in a sealed bid: its SHA-256',
          params: drawPath,
          body: z.strictObject({ ticket: z.int().min(1), commitment: hex }),
        },
      },
      async (request) => bidFor(request, { ...request.params, command: { type: 'CommitBid', ...request.body } }),
    );
    app.post(
      '/:id/draws/:instalment/revealed-bids',
      {
        preHandler: signedIn(portal),
        schema: {
          ...usual,
          summary: 'Opens a sealed bid, once bidding is over',
          params: drawPath,
          body: z.strictObject({
            ticket: z.int().min(1),
            discount: rupees,
            salt: z.string().regex(/^[0-9a-f]{32,128}$/, '32 to 128 hexadecimal digits'),
          }),
        },
      },
      async (request) => {
        const { ticket, discount, salt } = request.body;
        const command = { type: 'RevealBid', ticket, discount: rupeesOf(discount), salt } as const;
        return bidFor(request, { ...request.params, command });
      },
    );
    app.post(
      '/:id/draws/:instalment/close',
      {
        preHandler: signedIn(portal, 'FOREMAN'),
        schema: {
          ...usual,
          summary: 'Closes the draw and finds the winners; the secret of the lots is made known (foreman)',
          params: drawPath,
          body: z.strictObject({ words: z.array(words(100)).max(100).optional() }),
        },
      },
      async (request) => {
        const close = { id: request.params.id, words: request.body.words };
        return takenOf(granted(await closeDraw(portal, askedBy(request), close)));
      },
    );
    app.post(
      '/:id/draws/:instalment/adjourn',
      {
        preHandler: signedIn(portal),
        schema: {
          ...usual,
          summary: 'Puts a draw off (foreman, admin)',
          params: drawPath,
          body: z.strictObject({
            why: z.enum(['no_quorum', 'not_held', 'nobody_eligible', 'too_few_eligible', 'no_bids', 'ordered']),
          }),
        },
      },
      async (request) => {
        const { id, instalment } = request.params;
        const command = { type: 'AdjournDraw', instalment, why: request.body.why } as const;
        return takeCommand(portal, request, { id, command });
      },
    );
    app.post(
      '/:id/draws/:instalment/settle',
      {
        preHandler: signedIn(portal, 'FOREMAN'),
        schema: {
          ...usual,
          summary: 'Settles an instalment: prizes, dividends, commission and dues (foreman)',
          params: drawPath,
          body: z.strictObject({}),
        },
      },
      async (request) => {
        const { id, instalment } = request.params;
        return takeCommand(portal, request, { id, command: { type: 'SettleInstalment', instalment } });
      },
    );
    app.post(
      '/:id/draws/:instalment/minutes',
      {
        preHandler: signedIn(portal, 'FOREMAN'),
        schema: {
          ...usual,
          summary: 'Records who signed the minutes (foreman)',
          params: drawPath,
          body: z.strictObject({ signedBy: z.array(id).min(1).max(100) }),
        },
      },
      async (request) => {
        const { id, instalment } = request.params;
        const command = { type: 'RecordMinutes', instalment, signedBy: request.body.signedBy } as const;
        return takeCommand(portal, request, { id, command });
      },
    );
  };
}

/** Gives what the newest closed draw of an instalment came to. */
async function resultOf(
  portal: Portal,
  { id: scheme, instalment }: { readonly id: string; readonly instalment: number },
) {
  await portal.feed.caughtUp();
  const closed = await portal.database
    .selectFrom('draw_seeds')
    .select('result')
    .where('scheme_id', '=', scheme)
    .where('instalment', '=', instalment)
    .where('result', 'is not', null)
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  return closed?.result ? JSON.parse(closed.result) : null;
}

async function stateOf(portal: Portal, schemeId: string, caller: Caller) {
  const row = await visibleScheme(portal, schemeId, caller);
  const { state } = granted(await chitsOf(portal.book).read(row.id));
  if (!state) throw new Refused({ code: 'nothing_there', what: 'scheme' });
  return state;
}
