import { Router } from 'express';
import type { Notification } from '../host/rows.ts';
import { listNotifications } from '../service/list-notifications.ts';
import type { Service } from '../service/service.ts';
import { callerOf } from './caller.ts';
import { count, readQuery } from './read-request.ts';
import { respond, respondTrouble } from './respond.ts';

/** The messages of who calls, newest first. */
export function notificationRoutes(service: Service): Router {
  const router = Router();
  router.get('/notifications', async (request, response) => {
    const query = readQuery(request, { page: count(1, 1_000_000), limit: count(10, 100) });
    if (query.isErr()) return respondTrouble(response, query.error);
    const list = await listNotifications(service, callerOf(response).id, query.value);
    respond(response, list, { message: 'Notifications retrieved successfully', data: (rows) => rows.map(shapeOf) });
  });
  return router;
}

function shapeOf({ id, receiver, title, body, type, data, created_at }: Notification) {
  return { _id: id, userId: receiver, title, body, type, data: JSON.parse(data) as unknown, createdAt: created_at };
}
