import { jobOffer } from '@holdfast/escrow';
import { openBook } from '@holdfast/kernel';
import { defineWallets } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import { createPostgresStore, migrate } from '@holdfast/store-postgres';
import pg from 'pg';
import { chart } from './accounts.ts';
import { closedLoop, type LoopResult } from './closed-loop.ts';
import { orThrow } from './holdfast-transfers.ts';

/**
 * Whole lives of an escrow: deposit, send (105 held), accept, then complete and cancel at once, of which one is refused.
 *
 * @returns Lives, not commands: a life is five.
 */
export async function escrowLives(
  url: string,
  schema: string,
  options: { readonly callers: number; readonly seconds: number },
): Promise<LoopResult> {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => {});
  orThrow(await migrate(pool, { schema }));
  const store = createPostgresStore({ client: pool, schema });
  const book = openBook({ store, name: 'main', chart });
  const wallets = book.use(
    defineWallets({ chart, available: 'users:{user}:available', outside: 'world:{provider}' }).decider,
  );
  const offers = book.use(jobOffer);
  const life = async (index: number): Promise<void> => {
    const customer = { id: `c${index % 1_000}`, role: 'customer' };
    const contractor = { id: `k${index % 1_000}`, role: 'contractor' };
    const id = `o${index}`;
    const asked = (name: string, actor: typeof customer) => ({ actor, key: `${id}-${name}` });
    orThrow(
      await wallets.execute(
        { type: 'Deposit', owner: customer.id, amount: usd('105'), from: 'bank' },
        asked('deposit', customer),
      ),
    );
    const parties = { customer: customer.id, contractor: contractor.id };
    orThrow(
      await offers.execute(
        id,
        { type: 'SendOffer', parties, reference: id, amount: usd('100') },
        asked('send', customer),
      ),
    );
    orThrow(await offers.execute(id, { type: 'AcceptOffer' }, asked('accept', contractor)));
    const ends = await Promise.all([
      offers.execute(id, { type: 'CompleteJob' }, asked('complete', customer)),
      offers.execute(id, { type: 'CancelOffer' }, asked('cancel', customer)),
    ]);
    if (ends.filter((end) => end.isOk()).length !== 1)
      throw new Error(`offer ${id} ended ${ends.filter((end) => end.isOk()).length} times`);
  };
  const result = await closedLoop(life, options);
  await book.close();
  await store.close();
  await pool.end();
  return result;
}
