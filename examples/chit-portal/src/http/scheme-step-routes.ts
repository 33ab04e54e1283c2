import type { Receipt } from '@holdfast/kernel';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type ChitCommandGiven, chitsOf } from '../book/chits.ts';
import type { Portal } from '../portal.ts';
import { approveScheme } from '../schemes/approve-scheme.ts';
import { commandScheme } from '../schemes/command-scheme.ts';
import { schemeById, schemeDocument } from '../schemes/scheme-row.ts';
import { statusOf } from '../schemes/status-of.ts';
import { submitScheme } from '../schemes/submit-scheme.ts';
import { askedBy } from './asked.ts';
import { receiptBody } from './documents.ts';
import { granted, Refused } from './respond.ts';
import { idPath, keyHeader, troubles, words } from './schemas.ts';
import { signedIn } from './sign-in.ts';

const tags = ['schemes'];
const security = [{ bearer: [] }];
const reference = words(100);
const nothing = z.strictObject({});

/** The steps of a scheme's life from its draft on: the seed's approval, and those that it leaves out. */
export function schemeStepRoutes(portal: Portal): FastifyPluginAsyncZod {
  const receipt = (schemeId: string, done: Receipt) => showReceipt(portal, schemeId, done);
  return async (app) => {
    app.post(
      '/:id/approve',
      {
        preHandler: signedIn(portal, 'ADMIN'),
        schema: {
          tags,
          security,
          summary: 'Approves a scheme: its sanction and its registration',
          headers: keyHeader,
          params: idPath,
          body: z.strictObject({ order: reference, number: reference }),
          response: { 200: receiptBody, ...troubles },
        },
      },
      async (request) => {
        const approval = { id: request.params.id, ...request.body };
        return receipt(request.params.id, granted(await approveScheme(portal, askedBy(request), approval)));
      },
    );
    app.post(
      '/:id/submit',
      {
        preHandler: signedIn(portal, 'FOREMAN'),
        schema: {
          tags,
          security,
          summary: 'Asks for the sanction; what is against the law is listed (foreman)',
          headers: keyHeader,
          params: idPath,
          body: nothing,
          response: { 200: receiptBody, ...troubles },
        },
      },
      async (request) =>
        receipt(request.params.id, granted(await submitScheme(portal, askedBy(request), request.params.id))),
    );
    for (const { path, summary, body, command } of STEPS) {
      app.post(
        `/:id/${path}`,
        {
          preHandler: signedIn(portal),
          schema: {
            tags,
            security,
            summary,
            headers: keyHeader,
            params: idPath,
            body,
            response: { 200: receiptBody, ...troubles },
          },
        },
        async (request) => {
          const given = command(request.body as never);
          const done = await commandScheme(portal, askedBy(request), { id: request.params.id, command: given });
          return receipt(request.params.id, granted(done));
        },
      );
    }
  };
}

/** One step of a scheme's life that is a command of the book. */
interface Step {
  readonly path: string;
  readonly summary: string;
  readonly body: z.ZodObject;
  readonly command: (body: never) => ChitCommandGiven;
}

/** Who may take a step is for the book to say. */
const STEPS: readonly Step[] = [
  {
    path: 'reject',
    summary: 'Says no to a submitted scheme (admin)',
    body: z.strictObject({ why: words(500) }),
    command: ({ why }: { readonly why: string }) => ({ type: 'RejectScheme', why }),
  },
  {
    path: 'declare',
    summary: 'Declares that every ticket is subscribed (foreman)',
    body: nothing,
    command: () => ({ type: 'DeclareSubscribed' }),
  },
  {
    path: 'commence',
    summary: 'Gives the certificate of commencement: payments and draws may begin (admin)',
    body: z.strictObject({ certificate: reference }),
    command: ({ certificate }: { readonly certificate: string }) => ({ type: 'CommenceScheme', certificate }),
  },
  {
    path: 'complete',
    summary: 'Ends a scheme whose accounts are all at zero (foreman)',
    body: nothing,
    command: () => ({ type: 'CompleteScheme' }),
  },
  {
    path: 'income',
    summary: 'Takes what the foreman has earned (foreman)',
    body: nothing,
    command: () => ({ type: 'TakeIncome' }),
  },
  {
    path: 'commands',
    summary:
      'Any other command of the book, by its name: defaults, substitutions, transfers, liens, suspension (foreman, admin)',
    body: z.looseObject({ type: z.string().regex(/^[A-Z][A-Za-z]{1,63}$/, 'the name of a command') }),
    command: (body: object) => body as ChitCommandGiven,
  },
];

async function showReceipt(portal: Portal, schemeId: string, { sequence, status }: Receipt) {
  const row = await schemeById(portal.database, schemeId);
  const { state } = granted(await chitsOf(portal.book).read(schemeId));
  if (!row || !state) throw new Refused({ code: 'nothing_there', what: 'scheme' });
  const taken = state.tickets.filter(({ membership }) => membership !== 'open').length;
  const now = { ...row, phase: state.phase, status: statusOf(state.phase), current_subscribers: taken };
  return { sequence, replayed: status === 'replayed', scheme: schemeDocument(now) };
}
