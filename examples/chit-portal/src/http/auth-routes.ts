import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { logIn } from '../auth/log-in.ts';
import { forgotPassword, resetPassword, verifyEmail } from '../auth/mailed-tokens.ts';
import { logOut, refreshTokens } from '../auth/refresh.ts';
import { registerUser } from '../auth/register.ts';
import type { Portal } from '../portal.ts';
import { userDocument } from '../users/user-row.ts';
import { userBody } from './documents.ts';
import { granted } from './respond.ts';
import { birthday, email, password, phoneNumber, troubles, words } from './schemas.ts';

const secretToken = z.string().regex(/^[\w-]{43}$/, 'a token as the portal gave it');
const tokens = z.object({
  accessToken: z.string(),
  accessExpiresAt: z.string(),
  refreshToken: z.string(),
  refreshExpiresAt: z.string(),
});
const done = z.object({ message: z.string() });

/** Registers, signs in and out, and sets passwords: the seed's `/api/auth/*`. Few tries a minute from one place. */
export function authRoutes(portal: Portal, triesAMinute: number): FastifyPluginAsyncZod {
  const counted = (action: string, outcome: { isOk(): boolean }): void => {
    portal.metrics.auth.inc({ action, outcome: outcome.isOk() ? 'done' : 'refused' });
  };
  const config = { rateLimit: { max: triesAMinute, timeWindow: 60_000 } };
  const tags = ['auth'];
  return async (app) => {
    app.post(
      '/register',
      {
        config,
        schema: {
          tags,
          summary: 'Registers a user, who then proves his mail address',
          body: z.strictObject({ email, phoneNumber, password, fullName: words(255), dateOfBirth: birthday }),
          response: { 201: userBody, ...troubles },
        },
      },
      async (request, reply) => {
        const registered = await registerUser(portal, { ...request.body, role: 'USER' });
        counted('register', registered);
        return reply.status(201).send(userDocument(granted(registered)));
      },
    );
    app.post(
      '/login',
      {
        config,
        schema: {
          tags,
          summary: 'Signs in',
          body: z.strictObject({ email, password: z.string().max(200) }),
          response: { 200: z.object({ user: userBody, tokens }), ...troubles },
        },
      },
      async (request) => {
        const signedIn = await logIn(portal, request.body);
        counted('login', signedIn);
        const { user, tokens } = granted(signedIn);
        return { user: userDocument(user), tokens };
      },
    );
    app.post(
      '/refresh-token',
      {
        config,
        schema: {
          tags,
          summary: 'Gives the next pair of tokens; a refresh token is good once',
          body: z.strictObject({ refreshToken: secretToken }),
          response: { 200: tokens, ...troubles },
        },
      },
      async (request) => {
        const refreshed = await refreshTokens(portal, request.body.refreshToken);
        counted('refresh', refreshed);
        return granted(refreshed);
      },
    );
    app.post(
      '/logout',
      {
        schema: {
          tags,
          summary: 'Ends the session of a refresh token',
          body: z.strictObject({ refreshToken: secretToken }),
          response: { 200: done, ...troubles },
        },
      },
      async (request) => {
        await logOut(portal, request.body.refreshToken);
        return { message: 'Signed out.' };
      },
    );
    app.post(
      '/forgot-password',
      {
        config,
        schema: {
          tags,
          summary: 'Mails a link that sets a password, if somebody has this address',
          body: z.strictObject({ email }),
          response: { 202: done, ...troubles },
        },
      },
      async (request, reply) => {
        await forgotPassword(portal, request.body.email);
        return reply.status(202).send({ message: 'If somebody has this address, a mail is on its way.' });
      },
    );
    app.post(
      '/reset-password',
      {
        config,
        schema: {
          tags,
          summary: 'Sets a password by a mailed token, and ends all sessions',
          body: z.strictObject({ token: secretToken, password }),
          response: { 200: done, ...troubles },
        },
      },
      async (request) => {
        const reset = await resetPassword(portal, request.body);
        counted('reset', reset);
        granted(reset);
        return { message: 'The password is set. Please sign in.' };
      },
    );
    app.post(
      '/verify-email',
      {
        config,
        schema: {
          tags,
          summary: 'Proves a mail address by a mailed token',
          body: z.strictObject({ token: secretToken }),
          response: { 200: done, ...troubles },
        },
      },
      async (request) => {
        granted(await verifyEmail(portal, request.body.token));
        return { message: 'The mail address is verified.' };
      },
    );
  };
}
