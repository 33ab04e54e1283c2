import { Long, MongoClient, MongoError } from 'mongodb';
import { ACCOUNTS, HOT, pairOf, type Spread } from '../accounts.ts';

/** Transfers as the JobSphere seed writes them. */
export interface Incrementing {
  /** Gives false where the transaction gave up. */
  transfer(index: number, spread: Spread): Promise<boolean>;
  close(): Promise<void>;
}

/** Makes the seed's collections, with every wallet funded. */
export async function prepareIncrementing(url: string, database: string): Promise<void> {
  const client = await MongoClient.connect(url);
  const wallets = client.db(database).collection<Wallet>('wallets');
  await wallets.drop().catch(() => {});
  await client.db(database).createCollection('movements');
  const all = Array.from({ length: ACCOUNTS + 1 }, (_, index) => ({
    _id: index + HOT,
    balance: Long.fromNumber(100_000_000),
  }));
  for (let first = 0; first < all.length; first += 1_000) await wallets.insertMany(all.slice(first, first + 1_000));
  await client.close();
}

/**
 * One session transaction for each transfer: `$inc` on both wallets, the giver's only if it has enough, and a document of the movement.
 * No key, no journal, no digest. The driver runs a transaction again when it met another, for at most two seconds.
 */
export function incrementing(url: string, database: string, poolSize: number): Incrementing {
  const client = new MongoClient(url, { maxPoolSize: poolSize });
  const wallets = client.db(database).collection<Wallet>('wallets');
  const movements = client.db(database).collection('movements');
  return {
    async transfer(index, spread) {
      const [from, to] = pairOf(index, spread);
      const session = client.startSession();
      try {
        await session.withTransaction(async () => {
          const taken = await wallets.updateOne(
            { _id: from, balance: { $gte: 1 } },
            { $inc: { balance: -1 } },
            { session },
          );
          if (taken.matchedCount === 0) throw new Error('insufficient funds');
          await wallets.updateOne({ _id: to }, { $inc: { balance: 1 } }, { session });
          await movements.insertOne({ from, to, amount: 1, at: new Date() }, { session });
        }, CONCERNS);
        return true;
      } catch (error) {
        if (error instanceof MongoError) return false;
        throw error;
      } finally {
        await session.endSession();
      }
    },
    close: () => client.close(),
  };
}

interface Wallet {
  readonly _id: number;
  readonly balance: Long | number;
}

const CONCERNS = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', journal: true },
  timeoutMS: 2_000,
} as const;
