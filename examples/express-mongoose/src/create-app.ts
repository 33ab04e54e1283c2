import express, { type Express } from 'express';
import { orderRoutes } from './routes/order-routes.ts';
import type { Shop } from './routes/shop.ts';
import { walletRoutes } from './routes/wallet-routes.ts';

/** Makes the shop's HTTP face. */
export function createApp(shop: Shop): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '16kb' }));
  app.use(walletRoutes(shop), orderRoutes(shop));
  return app;
}
