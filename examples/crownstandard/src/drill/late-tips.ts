import { answered, HOUR_MS } from '@holdfast/demo-kit';
import { money, usd } from '@holdfast/money';
import type { Drill } from './drill.ts';
import { moreTrips } from './more-trips.ts';
import { paidTrips } from './paid-trips.ts';

/**
 * Has the provider fail for two days when tips are given: they were promised in time, their money comes when the booking was paid out, and they are paid by
 * themselves.
 */
export function lateTips(): Drill {
  return {
    name: 'lateTips',
    says: 'tips whose money comes after the payout of their booking are paid by themselves',
    afterwards: async (scene, { count }) => {
      const likes = await paidTrips(scene, MOST);
      const tip = money(777n, usd);
      const more = moreTrips(
        scene,
        likes.map((like) => ({ like, completedInHours: 73, tip })),
      );
      await scene.play(more, scene.clock.nowMs() + 72 * HOUR_MS);
      const { peer, crown } = scene.stage();
      const meets = { fault: 'answer', status: 500, effect: 'none', kept: true } as const;
      await peer.script({ method: 'POST', path: '^/v1/payment_intents$', times: 2 * likes.length, meets });
      await scene.play(more);
      await peer.clearScript();
      for (const { booking } of more) {
        const { state } = answered(await crown.bookings.read(booking));
        count(state?.parts?.tip?.t1 ? 'tipsInTime' : 'tipsAfterThePayout');
      }
      const ofTipsAlone = (await peer.transfers()).filter(({ metadata }) => TIP_ALONE.test(metadata.items0 ?? ''));
      count('transfersOfTheirOwn', ofTipsAlone.length);
    },
  };
}

const MOST = 3;
const TIP_ALONE = /^tip\.more\d+\.t1$/;
