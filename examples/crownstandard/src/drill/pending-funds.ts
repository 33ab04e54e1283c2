import { HOUR_MS } from '@holdfast/demo-kit';
import type { Drill } from './drill.ts';
import { fundedAt, isShort } from './shortage.ts';

/** Has the provider keep what customers pay for six days, a day longer than until the payout: payouts wait until there is money, and lose no retry. */
export function pendingFunds(): Drill {
  return {
    name: 'pendingFunds',
    says: 'what customers pay is there to be sent only a day after the payouts are due',
    settleAfterMs: 6 * 24 * HOUR_MS,
    afterHour: async (scene, { count }) => {
      if (!(await isShort(scene))) return;
      count('hoursShort');
      const { usd } = await scene.stage().peer.book();
      // The host looks at its balance every hour.
      if ((usd?.available ?? 0n) > 0n) await fundedAt(scene);
    },
    afterwards: async ({ stage }, { count }) => {
      const { peer, alarms } = stage();
      const calls = (await peer.requests()).filter(({ method, url }) => method === 'POST' && url === '/v1/transfers');
      count('refusedForFunds', calls.filter(({ answered }) => answered === 400).length);
      count('alarms', alarms.filter(({ alarm }) => alarm === 'fund_provider').length);
      count('transfers', (await peer.transfers()).length);
    },
  };
}
