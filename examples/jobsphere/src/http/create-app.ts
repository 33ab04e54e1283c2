import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { HostTrouble } from '../host/host-trouble.ts';
import type { Service } from '../service/service.ts';
import { adminRoutes } from './admin-routes.ts';
import { type Authenticate, rememberCaller } from './caller.ts';
import { jobRoutes } from './job-routes.ts';
import { notificationRoutes } from './notification-routes.ts';
import { offerRoutes } from './offer-routes.ts';
import { respondTrouble } from './respond.ts';
import { walletRoutes } from './wallet-routes.ts';

/** What the HTTP face needs. */
export interface AppOptions {
  readonly service: Service;
  readonly authenticate: Authenticate;
  /** Told of what nobody expected; a real service logs it. */
  readonly onDefect?: (error: unknown) => void;
}

/** Makes the HTTP face of the service. It moves no money itself: it reads requests, asks the service and words the answers. */
export function createApp({ service, authenticate, onDefect = () => {} }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(async (request: Request, response: Response, next: NextFunction) => {
    const user = await authenticate(request);
    if (!user) return respondTrouble(response, { code: 'not_signed_in' });
    rememberCaller(response, user);
    next();
  });
  app.use(express.json({ limit: '16kb', strict: true }));
  app.use(walletRoutes(service), offerRoutes(service), jobRoutes(service), notificationRoutes(service));
  app.use(adminRoutes(service));
  app.use((_request: Request, response: Response) => respondTrouble(response, { code: 'no_such_route' }));
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    const unread = unreadableBody(error);
    if (unread !== undefined) {
      return respondTrouble(response, {
        code: 'request_invalid',
        field: 'body',
        given: unread,
        allowed: 'a JSON object of at most 16 kB',
      });
    }
    onDefect(error);
    if (error instanceof HostTrouble) return respondTrouble(response, error.fault);
    response.status(500).json({ status: 500, message: 'Failed to process payment', data: { code: 'failed' } });
  });
  return app;
}

/** Express marks what its body parser could not read by a type and a 4xx status. */
function unreadableBody(error: unknown): string | undefined {
  const { type, status } = error as { readonly type?: unknown; readonly status?: unknown };
  const isClients = typeof status === 'number' && status >= 400 && status < 500;
  return isClients && typeof type === 'string' ? type : undefined;
}
