import { type Book, openBook, type Store } from '@holdfast/kernel';
import { transferMoney } from '@holdfast/ledger';
import { money, usd } from '@holdfast/money';
import { createPostgresStore, type HostClient, migrate } from '@holdfast/store-postgres';
import pg from 'pg';
import { ACCOUNTS, chart, HOT, pairOf, type Spread } from './accounts.ts';

/** A book in which every account has money. */
export interface FundedBook<Client = HostClient> {
  readonly book: Book<Client>;
  /** Transfers one dollar cent, as the n-th transfer of the run. */
  transfer(index: number, spread: Spread): Promise<void>;
  close(): Promise<void>;
}

/** Opens a book on a schema of its own and funds every account, once for a schema. */
export async function fundedBook(url: string, schema: string, run: string): Promise<FundedBook> {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => {});
  (await migrate(pool, { schema })).unwrapOr([]);
  return fundedOn(createPostgresStore({ client: pool, schema }), run, () => pool.end());
}

/** Opens a book on a store and funds every account, once for a store. */
export async function fundedOn<Client>(
  store: Store<Client>,
  run: string,
  end: () => Promise<unknown>,
): Promise<FundedBook<Client>> {
  const book = openBook({ store, name: 'main', chart, limits: { maxBatch: 1_000 } });
  const moves = book.use(transferMoney);
  const actor = { id: 'bench', role: 'operator' };
  for (let first = 0; first < ACCOUNTS; first += 1_000) {
    const accounts = Array.from({ length: 1_000 }, (_, index) => `users:u${first + index}:available`);
    const transfers = accounts.map((to) => ({ from: 'world:bank', to, amount: usd('1000000'), kind: 'deposit' }));
    orThrow(await moves.execute({ type: 'PostEntry', transfers }, { actor, key: `fund-${first}` }));
  }
  return {
    book,
    async transfer(index, spread) {
      const [from, to] = pairOf(index, spread);
      const names = { from: nameOf(from), to: nameOf(to) };
      const command = { type: 'Transfer', ...names, amount: money(1n, usd), kind: 'transfer' } as const;
      orThrow(await moves.execute(command, { actor, key: `${run}-${index}` }));
    },
    async close() {
      await book.close();
      await store.close();
      await end();
    },
  };
}

function nameOf(account: number): string {
  return account === HOT ? 'platform:fees:earned' : `users:u${account}:available`;
}

/** Gives the value of an answer; a bench in which a command is refused measures nothing. */
export function orThrow<T>(answer: { isErr(): boolean; readonly value?: T; readonly error?: unknown }): T {
  if (answer.isErr()) throw new Error(`the bench was answered ${JSON.stringify(answer.error)}`);
  return answer.value as T;
}
