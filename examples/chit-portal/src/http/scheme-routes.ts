import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { chitsOf } from '../book/chits.ts';
import { readPage } from '../host/page.ts';
import type { Caller, Portal } from '../portal.ts';
import { draftScheme, reviseScheme, withdrawScheme } from '../schemes/draft-scheme.ts';
import { schemeDraft } from '../schemes/scheme-draft.ts';
import { type SchemeRow, schemeById, schemeDocument, WITHDRAWN } from '../schemes/scheme-row.ts';
import { showCalendar, showOpenDraw } from '../schemes/show-scheme.ts';
import { statusOf } from '../schemes/status-of.ts';
import { subscriptionDocument } from '../subscriptions/subscription-row.ts';
import { askedBy } from './asked.ts';
import { schemeBody, subscriptionBody } from './documents.ts';
import { granted, Refused } from './respond.ts';
import { id, idPath, keyHeader, pageOf, paging, troubles } from './schemas.ts';
import { callerOf, signedIn } from './sign-in.ts';

const tags = ['schemes'];
const security = [{ bearer: [] }];

/** Schemes: the seed's `/api/schemes*`, and the steps that it leaves out. */
export function schemeRoutes(portal: Portal): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'Lists schemes, newest first; drafts are their foreman’s own',
          querystring: z.strictObject({
            ...paging,
            status: schemeBody.shape.status.optional(),
            foremanId: id.optional(),
          }),
          response: { 200: pageOf(schemeBody), ...troubles },
        },
      },
      async (request) => {
        const { status, foremanId, ...part } = request.query;
        const { userId, role } = callerOf(request);
        await portal.feed.caughtUp();
        let schemes = portal.database.selectFrom('schemes').selectAll().where('phase', '<>', WITHDRAWN);
        if (status) schemes = schemes.where('status', '=', status);
        if (foremanId) schemes = schemes.where('foreman_id', '=', foremanId);
        if (role !== 'ADMIN')
          schemes = schemes.where((or) => or.or([or('status', '<>', 'DRAFT'), or('foreman_id', '=', userId)]));
        const { items, next } = await readPage(schemes, part);
        return { items: items.map(schemeDocument), next };
      },
    );
    app.post(
      '/',
      {
        preHandler: signedIn(portal, 'FOREMAN'),
        schema: {
          tags,
          security,
          summary: 'Drafts a scheme',
          headers: keyHeader,
          body: schemeDraft,
          response: { 201: schemeBody, ...troubles },
        },
      },
      async (request, reply) => {
        const drafted = await draftScheme(portal, askedBy(request), request.body);
        return reply.status(201).send(schemeDocument(granted(drafted)));
      },
    );
    app.get(
      '/:id',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'Shows a scheme with its calendar and the draw that is open, as the book has them now',
          params: idPath,
          response: {
            200: schemeBody.extend({ terms: z.unknown(), calendar: z.array(z.unknown()), draw: z.unknown() }),
            ...troubles,
          },
        },
      },
      async (request) => {
        const row = await visibleScheme(portal, request.params.id, callerOf(request));
        const { state } = granted(await chitsOf(portal.book).read(row.id));
        if (!state) throw new Refused({ code: 'nothing_there', what: 'scheme' });
        const taken = state.tickets.filter(({ membership }) => membership !== 'open').length;
        const now = { ...row, phase: state.phase, status: statusOf(state.phase), current_subscribers: taken };
        return {
          ...schemeDocument(now),
          terms: JSON.parse(row.terms),
          calendar: [...showCalendar(state)],
          draw: showOpenDraw(state, portal.clock()),
        };
      },
    );
    app.put(
      '/:id',
      {
        preHandler: signedIn(portal, 'FOREMAN'),
        schema: {
          tags,
          security,
          summary: 'Revises a draft, or a scheme that was rejected',
          headers: keyHeader,
          params: idPath,
          body: schemeDraft,
          response: { 200: schemeBody, ...troubles },
        },
      },
      async (request) => {
        const revision = { id: request.params.id, draft: request.body };
        return schemeDocument(granted(await reviseScheme(portal, askedBy(request), revision)));
      },
    );
    app.delete(
      '/:id',
      {
        preHandler: signedIn(portal, 'FOREMAN', 'ADMIN'),
        schema: {
          tags,
          security,
          summary: 'Gives a draft up',
          params: idPath,
          response: { 204: z.null(), ...troubles },
        },
      },
      async (request, reply) => {
        granted(await withdrawScheme(portal, callerOf(request), request.params.id));
        return reply.status(204).send(null);
      },
    );
    app.get(
      '/:id/subscribers',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'Lists the subscriptions of a scheme; names are for its foreman and admins',
          params: idPath,
          querystring: z.strictObject(paging),
          response: {
            200: pageOf(subscriptionBody.extend({ fullName: z.string().nullable(), ucfsin: z.string().nullable() })),
            ...troubles,
          },
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const row = await visibleScheme(portal, request.params.id, caller);
        await portal.feed.caughtUp();
        const seesNames = caller.role === 'ADMIN' || caller.userId === row.foreman_id;
        const query = portal.database.selectFrom('subscriptions').selectAll().where('scheme_id', '=', row.id);
        const seen = seesNames ? query : query.where('subscriber_id', '=', caller.userId);
        const { items, next } = await readPage(seen, request.query);
        const names = await namesOf(
          portal,
          items.map(({ subscriber_id }) => subscriber_id),
        );
        return {
          items: items.map((item) => ({ ...subscriptionDocument(item), ...(names.get(item.subscriber_id) ?? NOBODY) })),
          next,
        };
      },
    );
  };
}

const NOBODY = { fullName: null, ucfsin: null };

/** Reads a scheme that a caller may see: a draft is its foreman's and the admins'. */
export async function visibleScheme(portal: Portal, schemeId: string, caller: Caller): Promise<SchemeRow> {
  const row = await schemeById(portal.database, schemeId);
  if (row && isVisible(row, caller)) return row;
  // It may have been submitted a moment ago, which the row shows once the journal was followed.
  await portal.feed.caughtUp();
  const now = await schemeById(portal.database, schemeId);
  if (!now || !isVisible(now, caller)) throw new Refused({ code: 'nothing_there', what: 'scheme' });
  return now;
}

function isVisible(row: SchemeRow, { userId, role }: Caller): boolean {
  return row.status !== 'DRAFT' || row.foreman_id === userId || role === 'ADMIN';
}

async function namesOf({ database }: Portal, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, typeof NOBODY>();
  const users = await database
    .selectFrom('users')
    .select(['id', 'full_name', 'ucfsin'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(users.map((user) => [user.id, { fullName: user.full_name, ucfsin: user.ucfsin }] as const));
}
