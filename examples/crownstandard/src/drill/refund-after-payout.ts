import { answered } from '@holdfast/demo-kit';
import { add, formatDecimal, money, usd } from '@holdfast/money';
import { refundBooking } from '../services/refund-booking.ts';
import type { Drill } from './drill.ts';
import { moreTrips } from './more-trips.ts';
import { operator, told } from './operator.ts';
import { paidTrips } from './paid-trips.ts';
import type { Scene } from './scene.ts';

/** Gives half of some bookings back after their providers were paid: each owes its share since, and the next payout is so much less. */
export function refundAfterPayout(): Drill {
  return {
    name: 'refundAfterPayout',
    says: 'half of bookings goes back after the payout, and is taken from the next one',
    afterwards: async (scene, { count, say }) => {
      const refunded = await paidTrips(scene, MOST);
      for (const { booking, amount } of refunded) {
        const half = { booking, refund: 'after', amount: money(amount.minor / 2n, usd) };
        told(await refundBooking(scene.stage().crown, half, operator), `the refund of ${booking}`);
        count('refunds');
      }
      const providers = [...new Set(refunded.map(({ provider }) => provider))];
      say('debts', await debtsOf(scene, providers));
      // The next booking of each of them is worth more than what all of them owe.
      const amount = refunded.reduce((total, one) => add(total, one.amount), money(10_000n, usd));
      const likes = providers.flatMap((provider) => refunded.find((one) => one.provider === provider) ?? []);
      await scene.play(
        moreTrips(
          scene,
          likes.map((like) => ({ like, completedInHours: 96, amount })),
        ),
      );
      say('debtsLeft', await debtsOf(scene, providers));
    },
  };
}

async function debtsOf({ stage }: Scene, providers: readonly string[]): Promise<string> {
  let total = 0n;
  for (const provider of providers)
    total -= answered(await stage().crown.book.balance(`payees:${provider}:debts`, usd)).money.minor;
  return formatDecimal(money(total, usd));
}

const MOST = 4;
