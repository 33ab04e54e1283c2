import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readPage } from '../host/page.ts';
import type { Portal } from '../portal.ts';
import { Refused } from './respond.ts';
import { pageOf, paging, troubles } from './schemas.ts';
import { callerOf, signedIn } from './sign-in.ts';

const notification = z.object({
  id: z.string(),
  event: z.string(),
  title: z.string(),
  body: z.string(),
  data: z.record(z.string(), z.string()),
  createdAt: z.string(),
  readAt: z.string().nullable(),
});

/** What the portal tells a user, in the portal. */
export function notificationRoutes(portal: Portal): FastifyPluginAsyncZod {
  const tags = ['notifications'];
  const security = [{ bearer: [] }];
  return async (app) => {
    app.get(
      '/',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: "Lists the caller's notifications, newest first",
          querystring: z.strictObject({ ...paging, unread: z.stringbool().optional() }),
          response: { 200: pageOf(notification), ...troubles },
        },
      },
      async (request) => {
        const { unread, ...part } = request.query;
        await portal.feed.caughtUp();
        let query = portal.database
          .selectFrom('notifications')
          .selectAll()
          .where('user_id', '=', callerOf(request).userId);
        if (unread) query = query.where('read_at', 'is', null);
        const { items, next } = await readPage(query, part);
        return { items: items.map(shown), next };
      },
    );
    app.post(
      '/:id/read',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'Marks a notification as read',
          params: z.strictObject({ id: z.string().max(200) }),
          response: { 200: z.object({ readAt: z.string() }), ...troubles },
        },
      },
      async (request) => {
        const readAt = portal.clock();
        const read = await portal.database
          .updateTable('notifications')
          .set({ read_at: readAt })
          .where('id', '=', request.params.id)
          .where('user_id', '=', callerOf(request).userId)
          .executeTakeFirst();
        if (read.numUpdatedRows === 0n) throw new Refused({ code: 'nothing_there', what: 'notification' });
        return { readAt };
      },
    );
  };
}

interface Row {
  readonly id: string;
  readonly event: string;
  readonly title: string;
  readonly body: string;
  readonly data: string;
  readonly created_at: string;
  readonly read_at: string | null;
}

function shown({ id, event, title, body, data, created_at, read_at }: Row): z.infer<typeof notification> {
  return { id, event, title, body, data: JSON.parse(data), createdAt: created_at, readAt: read_at };
}
