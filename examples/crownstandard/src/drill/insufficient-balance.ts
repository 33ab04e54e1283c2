import { HOUR_MS } from '@holdfast/demo-kit';
import { formatDecimal, money, usd } from '@holdfast/money';
import type { Drill } from './drill.ts';
import { fundedAt, isShort } from './shortage.ts';

/**
 * Has the platform pay out all that it has at the provider to its own bank, before providers are paid: their payouts are held without spending a retry, one
 * alarm is raised, and all goes on once the money is back.
 */
export function insufficientBalance(): Drill {
  let taken = 0n;
  let shortSince: number | undefined;
  return {
    name: 'insufficientBalance',
    says: 'the balance is emptied before the payouts, and topped up half a day later',
    afterHour: async (scene, { count, say }) => {
      const { peer } = scene.stage();
      const now = scene.clock.nowMs();
      const firstDue = (scene.trips.find(({ pays }) => pays)?.completedAt ?? 0) + 47 * HOUR_MS;
      if (taken === 0n && now >= firstDue) {
        taken = (await peer.book()).usd?.available ?? 0n;
        await payOut(peer.url, taken);
        say('takenOut', formatDecimal(money(taken, usd)));
      }
      if (!(await isShort(scene))) return;
      shortSince ??= now;
      count('hoursShort');
      if (now - shortSince < TOP_UP_AFTER_MS) return;
      await peer.fund('usd', taken);
      await fundedAt(scene);
      shortSince = undefined;
      count('timesToppedUp');
    },
    afterwards: async ({ stage }, { count }) => {
      count('alarms', stage().alarms.filter(({ alarm }) => alarm === 'fund_provider').length);
    },
  };
}

/** Sends the platform's money to its bank, as somebody at the dashboard would. */
async function payOut(url: string, amount: bigint): Promise<void> {
  const answer = await fetch(`${url}/v1/payouts`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_peer', connection: 'close' },
    body: `amount=${amount}&currency=usd`,
  });
  await answer.arrayBuffer();
}

const TOP_UP_AFTER_MS = 12 * HOUR_MS;
