import { simpleSale } from '@holdfast/escrow';
import { type Book, type Instant, openBook } from '@holdfast/kernel';
import { transferMoney } from '@holdfast/ledger';
import { createMongoStore, migrate } from '@holdfast/store-mongo';
import type { ClientSession } from 'mongodb';
import type { Connection } from 'mongoose';
import { chart } from './chart.ts';

/** The shop's book. One for each process: its callers share their rounds. */
export type Money = Book<ClientSession>;

/** Makes the collections of the book beside the shop's own, and opens it on the connection that the shop has anyway. */
export async function openMoney(connection: Connection, clock?: () => Instant): Promise<Money> {
  const client = connection.getClient();
  const database = connection.name;
  const migrated = await migrate(client, { database });
  if (migrated.isErr()) throw new Error(`${migrated.error.code}: ${migrated.error.message}`);
  const store = createMongoStore({ client, database });
  const book = openBook({ store, name: 'shop', chart, ...(clock ? { clock } : {}) });
  // Deadlines are asked for by the deciders that the book knows.
  book.use(simpleSale);
  book.use(transferMoney);
  return book;
}
