import { listAll } from '@holdfast/demo-kit';
import { leadingAttempt, operatorQueue } from '@holdfast/payouts';
import { chargeStatus } from '../../src/payments/charge.ts';
import type { Feed } from './feed.ts';
import type { KillWorld } from './kill-world.ts';
import type { SpawnedWorker } from './spawned-worker.ts';

/** What a person had to do for all to end. */
export interface OperatorWork {
  redriven: number;
  asserted: number;
  unparked: number;
  /** Payments of which only a person could tell that the customer was not charged. */
  givenUp: number;
}

/** Lets a worker work until all is paid, as time goes on; gives what is open for all that time. */
export async function settle(
  world: KillWorld,
  worker: SpawnedWorker,
  { feed, open, work }: { readonly feed: Feed; open(): Promise<readonly string[]>; readonly work: OperatorWork },
): Promise<readonly string[]> {
  for (let hours = 0; hours < MOST_HOURS; hours += STEP_HOURS) {
    await world.pass(STEP_HOURS * 3_600_000, worker);
    await feed.turn(0);
    await world.quiet();
    await workThroughQueue(world, work);
    await giveUpCharges(world, feed, work);
    if ((await open()).length === 0) return [];
  }
  return (await open()).map((what) => `${what} is open after ${MOST_HOURS} hours`);
}

/**
 * Does what a person does who works through the operator's queue: drives failed payouts again, says what came of those of which nobody else can tell, after a
 * look at the provider's own list, and has parked tasks tried again.
 */
async function workThroughQueue({ crown, peer }: KillWorld, work: OperatorWork): Promise<void> {
  const { book, payouts, worker } = crown;
  const letters = (await operatorQueue(book as never, payouts))._unsafeUnwrap();
  for (const { category, record, attempt } of letters) {
    const id = record.slice(record.indexOf('/') + 1);
    if (category === 'retries_spent') {
      work.redriven += 1;
      await worker.redrive(id, { actor: olga, key: `redrive:${id}:${work.redriven}`, why: 'the peer is well again' });
    } else if (category === 'outcome_unknown' && attempt !== undefined) {
      work.asserted += 1;
      const read = (await book.use(payouts.payout).read(id))._unsafeUnwrap().state;
      const key = read && leadingAttempt(read)?.attempt.key;
      const found = (await peer.transfers()).find(({ metadata }) => metadata.payout === id);
      const command = found
        ? ({ type: 'AssertPaid', attempt, reference: found.id, why: 'it is in the list' } as const)
        : ({ type: 'AssertAbsent', attempt, evidence: `${key}` } as const);
      await book.use(payouts.payout).execute(id, command, { actor: olga, key: `assert:${id}:${work.asserted}` });
    } else if (category === 'task_parked') {
      work.unparked += 1;
      const { rows } = (await book.store.readParkedTasks(book.name, { limit: 100 }))._unsafeUnwrap();
      for (const { task } of rows) if (task.record === record) await book.store.unparkTask(book.name, task.id);
    }
  }
}

/** Looks for payments in doubt at the peer, as a person would: where it has none, nobody was charged, and the booking or the tip does not come about. */
async function giveUpCharges({ crown, peer }: KillWorld, feed: Feed, work: OperatorWork): Promise<void> {
  const charged = new Set((await peer.paymentIntents()).map(({ metadata }) => metadata.charge));
  for await (const [id, charge] of listAll(crown.charges)) {
    if (chargeStatus(charge) !== 'waiting' || charged.has(id) || feed.givenUp.has(id)) continue;
    work.givenUp += 1;
    feed.giveUp(id);
  }
}

const olga = { id: 'olga', role: 'operator' };
const STEP_HOURS = 3;
const MOST_HOURS = 240;
