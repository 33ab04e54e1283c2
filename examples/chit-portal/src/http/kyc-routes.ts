import type { MultipartFile } from '@fastify/multipart';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readPage } from '../host/page.ts';
import { decideDocument } from '../kyc/decide-document.ts';
import { handInDocument } from '../kyc/hand-in-document.ts';
import { type KycRow, kycDocument } from '../kyc/kyc-row.ts';
import type { Portal } from '../portal.ts';
import { kycBody } from './documents.ts';
import { granted, Refused } from './respond.ts';
import { idPath, pageOf, paging, troubles, words } from './schemas.ts';
import { callerOf, ownOrAdmin, signedIn } from './sign-in.ts';

const security = [{ bearer: [] }];
const tags = ['kyc'];
const handedIn = z.strictObject({
  documentType: z.enum(['AADHAR', 'PAN', 'DRIVING_LICENSE']),
  documentNumber: words(50).transform((text) => text.replaceAll(/[\s-]/g, '').toUpperCase()),
});

/** Documents of users: the seed's `POST /api/users/:id/kyc`, and the list of one's own. */
export function userKycRoutes(portal: Portal): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/:id/kyc',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary:
            'Hands in a document: `documentType`, `documentNumber` and the file `document` (PDF, JPEG or PNG, 5 MB at most)',
          consumes: ['multipart/form-data'],
          params: idPath,
          response: { 201: kycBody, ...troubles },
        },
      },
      async (request, reply) => {
        ownOrAdmin(request, request.params.id);
        if (!request.isMultipart())
          throw new Refused({ code: 'request_invalid', field: 'body', allowed: 'multipart/form-data' });
        const file = await request.file();
        if (!file) throw new Refused({ code: 'document_invalid', field: 'document', allowed: 'a PDF, JPEG or PNG' });
        const bytes = await file.toBuffer();
        const fields = handedIn.parse(fieldsOf(file));
        const row = granted(await handInDocument(portal, { userId: request.params.id, ...fields, bytes }));
        return reply.status(201).send(kycDocument(row));
      },
    );
    app.get(
      '/:id/kyc',
      {
        preHandler: signedIn(portal),
        schema: {
          tags,
          security,
          summary: "Lists a user's documents",
          params: idPath,
          querystring: z.strictObject(paging),
          response: { 200: pageOf(kycBody), ...troubles },
        },
      },
      async (request) => {
        ownOrAdmin(request, request.params.id);
        const query = portal.database.selectFrom('user_kyc').selectAll().where('user_id', '=', request.params.id);
        const { items, next } = await readPage(query, request.query);
        return { items: items.map(kycDocument), next };
      },
    );
  };
}

/** Documents as the admins see them. */
export function kycRoutes(portal: Portal): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/',
      {
        preHandler: signedIn(portal, 'ADMIN'),
        schema: {
          tags,
          security,
          summary: 'Lists documents, such as those that wait',
          querystring: z.strictObject({ ...paging, status: z.enum(['PENDING', 'VERIFIED', 'REJECTED']).optional() }),
          response: { 200: pageOf(kycBody), ...troubles },
        },
      },
      async ({ query: { status, ...part } }) => {
        let documents = portal.database.selectFrom('user_kyc').selectAll();
        if (status) documents = documents.where('verification_status', '=', status);
        const { items, next } = await readPage(documents, part);
        return { items: items.map(kycDocument), next };
      },
    );
    app.post(
      '/:id/decision',
      {
        preHandler: signedIn(portal, 'ADMIN'),
        schema: {
          tags,
          security,
          summary: 'Verifies or rejects a document, and tells its user',
          params: idPath,
          body: z.strictObject({ status: z.enum(['VERIFIED', 'REJECTED']), reason: words(200).optional() }),
          response: { 200: kycBody, ...troubles },
        },
      },
      async (request) => {
        const { status, reason } = request.body;
        const by = callerOf(request).userId;
        const decision = { id: request.params.id, status, by, ...(reason === undefined ? {} : { reason }) };
        return kycDocument(granted(await decideDocument(portal, decision)));
      },
    );
    app.get(
      '/:id/document',
      {
        preHandler: signedIn(portal),
        schema: { tags, security, summary: 'Gives the file of a document', params: idPath },
      },
      async (request, reply) => {
        const row = await readDocument(portal, request.params.id);
        if (!row) throw new Refused({ code: 'nothing_there', what: 'document' });
        ownOrAdmin(request, row.user_id);
        const file = await portal.storage.get(row.storage_key);
        if (!file) throw new Refused({ code: 'nothing_there', what: 'document' });
        return reply
          .header('content-disposition', 'attachment')
          .header('cache-control', 'no-store')
          .type(file.contentType)
          .send(Buffer.from(file.bytes));
      },
    );
  };
}

function readDocument({ database }: Portal, id: string): Promise<KycRow | undefined> {
  return database.selectFrom('user_kyc').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The plain fields that came with a file. */
function fieldsOf(file: MultipartFile): { readonly [name: string]: unknown } {
  const plain = Object.entries(file.fields).flatMap(([name, field]) =>
    field && !Array.isArray(field) && field.type === 'field' ? [[name, field.value] as const] : [],
  );
  return Object.fromEntries(plain);
}
