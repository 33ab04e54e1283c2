import { type Money, money, usd } from '@holdfast/money';
import type { Random } from '@holdfast/testkit';
import type { Crown } from '../../src/book/open-crown.ts';
import { completeBooking } from '../../src/services/complete-booking.ts';
import { giveTip } from '../../src/services/give-tip.ts';
import { payForBooking } from '../../src/services/pay-for-booking.ts';
import type { KillWorld } from './kill-world.ts';

/** A booking that was fed, as whoever fed it remembers it. */
interface Fed {
  readonly booking: string;
  readonly provider: string;
  readonly amount: Money;
  tip: Money | undefined;
  completed: boolean;
  tipped: boolean;
}

/** Gives workers something to do, and keeps count of it apart from every book. */
export interface Feed {
  /** Takes so many new bookings, and completes and tips those that are paid. */
  turn(bookings: number): Promise<void>;
  /** Bookings that are not completed, or not tipped where they are to be. */
  open(): readonly string[];
  /** Every obligation that comes of it, with what it is. */
  obligations(): ReadonlyMap<string, { readonly payee: string; readonly amount: Money }>;
  /** Gives up a payment of which nobody can tell any more whether the customer was charged, once it was looked up by a person: none was. */
  giveUp(charge: string): void;
  /** Payments that were given up. */
  readonly givenUp: ReadonlySet<string>;
  readonly bookings: () => number;
}

/** Makes a feed. */
export function createFeed({ crown, payees }: KillWorld, random: Random): Feed {
  let all: Fed[] = [];
  let count = 0;
  const givenUp = new Set<string>();
  return {
    givenUp,
    giveUp: (charge) => {
      givenUp.add(charge);
      all = all.filter(({ booking }) => charge !== `booking.${booking}`);
      for (const one of all) {
        if (charge !== `tip.${one.booking}.t1`) continue;
        one.tip = undefined;
        one.tipped = true;
      }
    },
    bookings: () => all.length,
    turn: async (bookings) => {
      const fresh = Array.from({ length: bookings }, (_, index): Fed => {
        const tip = random.chance(35) ? money(BigInt(100 + random.integer(1_500)), usd) : undefined;
        return {
          booking: `b${count + 1 + index}`,
          provider: random.pick(payees),
          amount: money(BigInt(1_001 + random.integer(20_000)), usd),
          tip,
          completed: false,
          tipped: tip === undefined,
        };
      });
      all.push(...fresh);
      count += bookings;
      await Promise.all(fresh.map((one) => pay(crown, one)));
      await Promise.all(all.filter(({ completed, tipped }) => !completed || !tipped).map((one) => goOn(crown, one)));
    },
    open: () => all.flatMap(({ booking, completed, tipped }) => (completed && tipped ? [] : [`booking ${booking}`])),
    obligations: () =>
      new Map(
        all.flatMap(({ booking, provider: payee, amount, tip }) => [
          [`booking.${booking}`, { payee, amount: shareOf(amount) }] as const,
          ...(tip ? [[`tip.${booking}.t1`, { payee, amount: tip }] as const] : []),
        ]),
      ),
  };
}

/** Sums what each payee is to have, in minor units. */
export function owedByPayee(obligations: ReturnType<Feed['obligations']>): ReadonlyMap<string, bigint> {
  const owed = new Map<string, bigint>();
  for (const { payee, amount } of obligations.values()) owed.set(payee, (owed.get(payee) ?? 0n) + amount.minor);
  return owed;
}

/** What the provider has of a booking: all but a quarter, of which half a cent goes up. */
function shareOf({ minor }: Money): Money {
  return money(minor - (minor * 25n * 2n + 100n) / 200n, usd);
}

async function pay(crown: Crown, { booking, provider, amount }: Fed): Promise<void> {
  await payForBooking(crown, { booking, customer: 'cleo', provider, amount, otpHash: `otp-${booking}` });
}

/** Completes a booking once its payment is proven, which a worker may have to find out first, and tips it. */
async function goOn(crown: Crown, one: Fed): Promise<void> {
  const { booking, provider, tip } = one;
  if (!one.completed) {
    one.completed = (await completeBooking(crown, { booking, provider, otpHash: `otp-${booking}` })).isOk();
  }
  if (!one.completed || one.tipped || !tip) return;
  await giveTip(crown, { booking, tip: 't1', amount: tip });
  one.tipped = (await crown.charges.read(`tip.${booking}.t1`)).isOk();
}
