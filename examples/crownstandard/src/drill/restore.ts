import { answered, HOUR_MS, listAll } from '@holdfast/demo-kit';
import { bookKeeping, instantAt } from '@holdfast/kernel';
import { payoutStatus, senderId } from '@holdfast/payouts';
import type { Drill } from './drill.ts';
import { moreTrips } from './more-trips.ts';
import { operator, told } from './operator.ts';
import { paidTrips } from './paid-trips.ts';
import type { Scene } from './scene.ts';

/**
 * Loses the book, and goes on from a backup of 30 hours ago: payouts that were sent since are due in it once more. A new epoch closes sending until the provider's
 * list has been adopted; then what is left is sent.
 */
export function restore(): Drill {
  return {
    name: 'restore',
    says: 'the book is restored from a backup of 30 hours ago; nothing is sent until the provider’s list was adopted',
    afterwards: async (scene, { count, say }) => {
      const lostAt = scene.clock.nowMs() + 150 * HOUR_MS;
      const likes = await paidTrips(scene, DUE_BEFORE_THE_LOSS.length);
      const more = moreTrips(
        scene,
        likes.map((like, index) => ({ like, completedInHours: 150 - 48 - (DUE_BEFORE_THE_LOSS[index] ?? 0) })),
      );
      await scene.play(more, lostAt);
      const sent = (await scene.stage().peer.transfers()).length;
      const backupAt = lostAt - 30 * HOUR_MS;
      const { sequence } = answered(await scene.stage().crown.book.head());
      await scene.restoreFrom(backupAt);
      // No key keeps anything from being sent again.
      await scene.stage().peer.pruneKeys();
      count('unitsForgotten', sequence - answered(await scene.stage().crown.book.head()).sequence);
      await beginEpoch(scene, backupAt);
      await scene.goOn(2);
      count('payoutsThatWaited', await countDue(scene));
      count('sentBeforeAdopting', (await scene.stage().peer.transfers()).length - sent);
      const { worker, provider } = scene.stage().crown;
      for (let open = false; !open; await scene.goOn(1)) {
        const list = told(await worker.adoptList(senderId(provider.descriptor)), 'the list of the provider');
        open = list.open;
        say('adopted', list.adopted);
        count('hoursUntilOpen');
      }
      await scene.play(more);
      const transfers = await scene.stage().peer.transfers();
      count('sentAfterwards', transfers.length - sent);
      const paid = transfers.flatMap(({ metadata }) => metadata.items0?.split(',') ?? []);
      count('paidTwice', paid.length - new Set(paid).size);
    },
  };
}

async function beginEpoch({ stage }: Scene, backupAt: number): Promise<void> {
  const { crown } = stage();
  const { sequence, digest } = answered(await crown.book.head());
  const begun = { type: 'BeginEpoch', continues: { sequence, digest }, reason: 'The disk was lost.' } as const;
  told(await crown.book.use(bookKeeping).execute(begun, { actor: operator, key: 'epoch-1' }), 'the epoch');
  const from = instantAt(backupAt);
  const sender = crown.book.use(crown.payouts.sender);
  const closed = { type: 'BeginEpoch', epoch: 1, from } as const;
  const id = senderId(crown.provider.descriptor);
  told(await sender.execute(id, closed, { actor: operator, key: 'epoch-1-sender' }), 'the epoch of the sender');
}

async function countDue({ stage }: Scene): Promise<number> {
  const { crown } = stage();
  let due = 0;
  for await (const [, payout] of listAll(crown.book.use(crown.payouts.payout)))
    if (payoutStatus(payout) === 'due') due += 1;
  for await (const [, { status }] of listAll(crown.obligations)) if (status === 'open') due += 1;
  return due;
}

/** In hours; a booking's payout that is due after the loss counts below zero. */
const DUE_BEFORE_THE_LOSS = [22, 14, 5, -9, -16];
