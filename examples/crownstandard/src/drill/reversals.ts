import { answered } from '@holdfast/demo-kit';
import { instantAt } from '@holdfast/kernel';
import { formatDecimal, money, usd } from '@holdfast/money';
import { senderId } from '@holdfast/payouts';
import { scheduleOf } from '../demo/schedule.ts';
import type { Drill } from './drill.ts';
import { told } from './operator.ts';
import { takeBack } from './take-back.ts';

/**
 * Has somebody reverse transfers at the provider's dashboard, in part and whole: what came back is owed again, and is sent once more. Then reverses some itself, for
 * what providers owe: that settles their debts, once, and is no exception of a reconciliation.
 */
export function reversals(): Drill {
  return {
    name: 'reversals',
    says: 'transfers that somebody reverses at the provider are owed again, and sent once more; those that we reverse settle debts',
    afterwards: async (scene, tallying) => {
      const { count, say } = tallying;
      const { peer, crown, clock } = scene.stage();
      const before = await peer.transfers();
      let back = 0n;
      for (const [index, { id, amount }] of before.filter((one) => one.amount > 3).entries()) {
        if (index === MOST) break;
        const part = index % 2 === 0 ? BigInt(amount) : BigInt(amount) / 3n;
        await peer.reverse(id, part);
        back += part;
        count('reversals');
      }
      const from = instantAt(scheduleOf(scene.trips)[0]?.at ?? 0);
      const run = { sender: senderId(crown.provider.descriptor), run: 'after-reversals', from, to: clock.now() };
      const { exceptions } = told(await crown.worker.reconcile(run), 'the reconciliation');
      count('foundByReconciliation', exceptions.filter(({ reason }) => reason === 'external_reversal').length);
      await scene.goOn(6);
      // The webhook of one of them may have been lost: the list tells of it all the same.
      const query = { kind: 'transfer', from, to: clock.now() } as const;
      const page = told(await crown.provider.listSince(query, AbortSignal.timeout(TIMEOUT_MS)), 'the list');
      for (const observation of page.observations)
        if (observation.returns.length > 0) answered(await crown.worker.observe(observation));
      await scene.goOn(72);
      count('sentOnceMore', (await peer.transfers()).length - before.length);
      say('cameBack', formatDecimal(money(back, usd)));
      await takeBack(scene, tallying);
      // A reversal that is older than the provider may take is compared.
      await scene.goOn(2);
      const after = { ...run, run: 'after-taking-back', to: clock.now() };
      const found = told(await crown.worker.reconcile(after), 'the reconciliation').exceptions;
      count('exceptionsAfterwards', found.length);
    },
  };
}

const MOST = 4;
const TIMEOUT_MS = 20_000;
