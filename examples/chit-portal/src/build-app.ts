import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyError, type FastifyInstance, LogController } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { z } from 'zod';
import { authRoutes } from './http/auth-routes.ts';
import { drawRoutes } from './http/draw-routes.ts';
import { healthRoutes } from './http/health-routes.ts';
import { kycRoutes, userKycRoutes } from './http/kyc-routes.ts';
import { liveRoutes } from './http/live-routes.ts';
import { notificationRoutes } from './http/notification-routes.ts';
import { pageFiles } from './http/page-files.ts';
import { paymentRoutes } from './http/payment-routes.ts';
import { prizeRoutes } from './http/prize-routes.ts';
import { Refused, respondTrouble } from './http/respond.ts';
import { schemeRoutes } from './http/scheme-routes.ts';
import { schemeStepRoutes } from './http/scheme-step-routes.ts';
import { scoreRoutes } from './http/score-routes.ts';
import { subscriptionRoutes } from './http/subscription-routes.ts';
import { userRoutes } from './http/user-routes.ts';
import { openLiveEvents } from './live/live-events.ts';
import { type LogStream, logOptions } from './observe/log-options.ts';
import { openPortal, type PortalOptions } from './open-portal.ts';
import type { Portal } from './portal.ts';

/** What the portal is built of. */
export interface AppOptions extends PortalOptions {
  /** Where log lines go; nowhere where absent. */
  readonly logs?: LogStream;
  /** Requests a minute from one address: in all, and to the routes that take passwords. */
  readonly limits?: { readonly requests: number; readonly passwords: number };
  /** Asked for by `/metrics`; anybody may read it where absent. */
  readonly metricsToken?: string | undefined;
  /** Whether an address is taken from `X-Forwarded-For`: only behind a proxy that sets it. */
  readonly trustProxy?: boolean;
}

/** The portal with its HTTP face. */
export interface PortalApp {
  readonly app: FastifyInstance;
  readonly portal: Portal;
  /** Takes no more requests, finishes what is under way, and closes the book. The pool stays its owner's. */
  close(): Promise<void>;
}

/** Builds the portal on a pool whose database then holds the book (schema `holdfast`) and the host's tables (schema `portal`). */
export async function buildApp(options: AppOptions): Promise<PortalApp> {
  const portal = await openPortal(options);
  const live = openLiveEvents(portal.book);
  const { limits = { requests: 600, passwords: 10 }, logs, metricsToken, trustProxy = false } = options;
  const app = fastify({
    logger: logOptions({ clock: portal.clock, stream: logs }),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'traceId' }),
    genReqId: ({ headers }) => traceIdOf(headers.traceparent) ?? randomUUID().replaceAll('-', ''),
    bodyLimit: 64 * 1024,
    trustProxy,
    forceCloseConnections: 'idle',
    // A connection that falls idle while the portal closes holds it up no longer than this.
    keepAliveTimeout: 5_000,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('caller', undefined);
  answerTroubles(app);
  observe(app, portal);
  await app.register(helmet, { contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });
  await app.register(rateLimit, {
    max: limits.requests,
    timeWindow: 60_000,
    errorResponseBuilder: () => new Refused({ code: 'too_many_requests' }),
  });
  await app.register(multipart, { limits: { fileSize: 5 * 1024 * 1024, files: 1, fields: 4, fieldSize: 200 } });
  await describeApi(app);
  await app.register(pageFiles());
  await app.register(healthRoutes(portal, metricsToken));
  await app.register(authRoutes(portal, limits.passwords), { prefix: '/api/auth' });
  await app.register(userRoutes(portal), { prefix: '/api/users' });
  await app.register(userKycRoutes(portal), { prefix: '/api/users' });
  await app.register(kycRoutes(portal), { prefix: '/api/kyc' });
  await app.register(scoreRoutes(portal), { prefix: '/api/users' });
  await app.register(schemeRoutes(portal), { prefix: '/api/schemes' });
  await app.register(schemeStepRoutes(portal), { prefix: '/api/schemes' });
  await app.register(drawRoutes(portal), { prefix: '/api/schemes' });
  await app.register(prizeRoutes(portal), { prefix: '/api/schemes' });
  await app.register(liveRoutes(portal, live), { prefix: '/api/schemes' });
  await app.register(subscriptionRoutes(portal), { prefix: '/api/subscriptions' });
  await app.register(paymentRoutes(portal), { prefix: '/api/payments' });
  await app.register(notificationRoutes(portal), { prefix: '/api/notifications' });
  await app.ready();
  const close = async (): Promise<void> => {
    await app.close();
    live.close();
    portal.feed.close();
    await portal.book.close();
  };
  return { app: app as unknown as FastifyInstance, portal, close };
}

async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Chit fund portal',
        version: 'v1',
        description: 'Amounts are decimal texts in rupees. Lists are newest first.',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: '/api-docs', staticCSP: true });
}

/** Every answer that is none goes through here: one shape, one trace id, and nothing of what nobody expected. */
function answerTroubles(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => respondTrouble(reply, { code: 'no_such_route' }));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof Refused) return respondTrouble(reply, error.trouble);
    const invalid = invalidRequest(error);
    if (invalid) return respondTrouble(reply, invalid);
    request.log.error({ error: error.stack ?? String(error) }, 'http.defect');
    return respondTrouble(reply, { code: 'failed', fault: true, retryable: isOutage(error) });
  });
}

function invalidRequest(error: FastifyError) {
  const invalid = (field: string, allowed: string) => ({ code: 'request_invalid', field, allowed }) as const;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [first] = error.validation;
    const path = first?.instancePath.split('/').filter(Boolean).join('.') ?? '';
    return invalid(path === '' ? (error.validationContext ?? 'body') : path, first?.message ?? '');
  }
  if (error instanceof z.ZodError) {
    const [first] = error.issues;
    return invalid(first?.path.join('.') || 'body', first?.message ?? '');
  }
  if (error.code === 'FST_REQ_FILE_TOO_LARGE') return invalid('document', 'at most 5 MB');
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? invalid('body', error.message) : undefined;
}

/** Whether the database was not there: the same request may well work later. */
function isOutage(error: FastifyError): boolean {
  return /^(08|53|57|E[A-Z]+$)/.test(String(error.code ?? ''));
}

function observe(app: FastifyInstance, portal: Portal): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-trace-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    portal.metrics.requests.observe(labels, reply.elapsedTime / 1000);
    const level = reply.statusCode >= 500 ? 'error' : reply.statusCode >= 400 ? 'warn' : 'info';
    request.log[level]({ ...labels, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'http.request');
  });
}

/** Takes the trace of the caller over, where one came in the form of the W3C. */
function traceIdOf(header: string | string[] | undefined): string | undefined {
  return /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(String(header ?? ''))?.[1];
}
