import type { Connection } from 'mongoose';
import type { Money } from '../money/open-money.ts';

/** What the routes work with. */
export interface Shop {
  readonly connection: Connection;
  readonly money: Money;
}
