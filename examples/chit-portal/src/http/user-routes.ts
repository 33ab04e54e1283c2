import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { registerUser } from '../auth/register.ts';
import { readPage } from '../host/page.ts';
import type { Portal } from '../portal.ts';
import { removeUser } from '../users/remove-user.ts';
import { updateUser } from '../users/update-user.ts';
import { userById, userDocument } from '../users/user-row.ts';
import { userBody } from './documents.ts';
import { granted, Refused } from './respond.ts';
import { birthday, email, idPath, pageOf, paging, phoneNumber, troubles, words } from './schemas.ts';
import { ownOrAdmin, signedIn } from './sign-in.ts';

const role = z.enum(['USER', 'FOREMAN', 'ADMIN']);
const text = words(500).nullable();
const changes = z.strictObject({
  fullName: words(255).optional(),
  dateOfBirth: birthday.optional(),
  phoneNumber: phoneNumber.optional(),
  address: text.optional(),
  bankAccount: z
    .string()
    .regex(/^[0-9A-Z]{6,34}$/, '6 to 34 digits and capital letters')
    .nullable()
    .optional(),
  nominee: text.optional(),
  role: role.optional().describe('for admins'),
  status: z.enum(['ACTIVE', 'SUSPENDED']).optional().describe('for admins'),
  verified: z
    .array(z.enum(['name', 'dateOfBirth', 'phone', 'email', 'address', 'bankAccount', 'nominee']))
    .max(7)
    .optional()
    .describe('for admins: fields that were found to be right'),
});

/** Users: the seed's `/api/users*`, but for documents and scores. */
export function userRoutes(portal: Portal): FastifyPluginAsyncZod {
  const tags = ['users'];
  const security = [{ bearer: [] }];
  return async (app) => {
    app.get(
      '/',
      {
        preHandler: signedIn(portal, 'ADMIN'),
        schema: {
          tags,
          security,
          summary: 'Lists users, newest first',
          querystring: z.strictObject({
            ...paging,
            role: role.optional(),
            status: z.enum(['PENDING', 'ACTIVE', 'SUSPENDED']).optional(),
          }),
          response: { 200: pageOf(userBody), ...troubles },
        },
      },
      async ({ query: { role, status, ...part } }) => {
        let users = portal.database.selectFrom('users').selectAll().where('deleted_at', 'is', null);
        if (role) users = users.where('role', '=', role);
        if (status) users = users.where('status', '=', status);
        const { items, next } = await readPage(users, part);
        return { items: items.map(userDocument), next };
      },
    );
    app.post(
      '/',
      {
        preHandler: signedIn(portal, 'ADMIN'),
        schema: {
          tags,
          security,
          summary: 'Registers somebody with a role; he sets his password by mail',
          body: z.strictObject({ email, phoneNumber, fullName: words(255), dateOfBirth: birthday, role }),
          response: { 201: userBody, ...troubles },
        },
      },
      async (request, reply) => reply.status(201).send(userDocument(granted(await registerUser(portal, request.body)))),
    );
    app.get(
      '/:id',
      {
        preHandler: signedIn(portal),
        schema: { tags, security, summary: 'Shows a user', params: idPath, response: { 200: userBody, ...troubles } },
      },
      async (request) => {
        ownOrAdmin(request, request.params.id);
        const user = await userById(portal.database, request.params.id);
        if (!user) throw new Refused({ code: 'nothing_there', what: 'user' });
        return userDocument(user);
      },
    );
    app.put(
      '/:id',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'Changes a user',
          params: idPath,
          body: changes,
          response: { 200: userBody, ...troubles },
        },
      },
      async (request) => {
        const caller = ownOrAdmin(request, request.params.id);
        return userDocument(
          granted(await updateUser(portal, { caller, id: request.params.id, changes: request.body })),
        );
      },
    );
    app.delete(
      '/:id',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: 'Removes a user: erases who he is, keeps his number in the books',
          params: idPath,
          response: { 204: z.null(), ...troubles },
        },
      },
      async (request, reply) => {
        ownOrAdmin(request, request.params.id);
        granted(await removeUser(portal, request.params.id));
        return reply.status(204).send(null);
      },
    );
  };
}
