import { answered } from '@holdfast/demo-kit';
import { formatDecimal, type Money, minimum, money, subtract, usd } from '@holdfast/money';
import { leftWithPayee, payoutStatus } from '@holdfast/payouts';
import type { Trip } from '../demo/read-trips.ts';
import { refundBooking } from '../services/refund-booking.ts';
import type { Tallying } from './drill.ts';
import { operator, told } from './operator.ts';
import { paidTrips } from './paid-trips.ts';
import type { Scene } from './scene.ts';

/**
 * Gives half of some bookings back after their providers were paid, and takes what the providers owe since back from their own accounts at the payment provider, which
 * loses the answer to the first of these calls.
 */
export async function takeBack(scene: Scene, { count, say }: Tallying): Promise<void> {
  const { crown, peer } = scene.stage();
  const owing = await owingTrips(scene);
  const lost = { method: 'POST', path: '^/v1/transfers/[^/]+/reversals$', times: 1 } as const;
  await peer.script({ ...lost, meets: { fault: 'cut', effect: 'now' } });
  let asked = money(0n, usd);
  for (const { payout, debt } of owing) {
    const command = { type: 'ReversePayout', amount: debt, why: 'half of the booking was refunded' } as const;
    const payouts = crown.book.use(crown.payouts.payout);
    told(await payouts.execute(payout, command, { actor: operator, key: `take-back:${payout}` }), `asking ${payout}`);
    asked = money(asked.minor + debt.minor, usd);
    count('askedBack');
  }
  await scene.goOn(6);
  const calls = (await peer.requests()).filter(({ url, answered: how }) => REVERSALS.test(url) && how === 'cut');
  count('answersOfReversalsLost', calls.length);
  for (const { payout } of owing) {
    const { state } = answered(await crown.book.use(crown.payouts.payout).read(payout));
    for (const one of state?.reversals ?? []) if (payoutStatus(one) === 'paid') count('takenBack');
  }
  await peer.clearScript();
  say('askedBackInAll', formatDecimal(asked));
}

interface Owing {
  readonly payout: string;
  /** What the refund has left to be recovered. */
  readonly debt: Money<'USD'>;
}

async function owingTrips(scene: Scene): Promise<readonly Owing[]> {
  const owing: Owing[] = [];
  for (const trip of await paidTrips(scene, scene.trips.length)) {
    if (owing.length === MOST) break;
    const one = await refundHalf(scene, trip);
    if (one) owing.push(one);
  }
  return owing;
}

async function refundHalf(scene: Scene, { booking, provider, amount }: Trip): Promise<Owing | undefined> {
  const { crown } = scene.stage();
  const { state } = answered(await crown.obligations.read(`booking.${booking}`));
  const payout = state && 'payout' in state ? state.payout : undefined;
  if (payout === undefined) return undefined;
  const sent = answered(await crown.book.use(crown.payouts.payout).read(payout)).state;
  const left = sent && leftWithPayee(sent);
  // Nothing is there to be taken back of one that somebody else has reversed.
  if (!left || left.minor < amount.minor / 2n || sent.reversals) return undefined;
  const before = await debtOf(scene, provider);
  const half = { booking, refund: 'taken-back', amount: money(amount.minor / 2n, usd) };
  told(await refundBooking(crown, half, operator), `the refund of ${booking}`);
  const debt = minimum(subtract(await debtOf(scene, provider), before), money(left.minor, usd));
  return debt.minor > 0n ? { payout, debt } : undefined;
}

async function debtOf({ stage }: Scene, provider: string): Promise<Money<'USD'>> {
  const { money: balance } = answered(await stage().crown.book.balance(`payees:${provider}:debts`, usd));
  return money(-balance.minor, usd);
}

const MOST = 3;
const REVERSALS = /\/reversals$/;
