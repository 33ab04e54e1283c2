import { booking } from '@holdfast/escrow';
import { type Actor, type Book, type Instant, openBook, type Records, type Store } from '@holdfast/kernel';
import { transferMoney } from '@holdfast/ledger';
import {
  createPayoutWorker,
  definePayouts,
  type ObligationDecider,
  type PayoutAlarm,
  type PayoutPolicy,
  type Payouts,
  type PayoutWorker,
  type RefundBearing,
} from '@holdfast/payouts';
import type { Provider } from '@holdfast/providers';
import type { ChargeAlarm } from '../payments/charge-alarm.ts';
import { type ChargeDecider, chargeDecider } from '../payments/charge-decider.ts';
import { chart } from './chart.ts';

/** How the marketplace is opened. */
export interface CrownOptions {
  readonly store: Store<never>;
  /** Names the book: a part of every key at the provider, so it never changes. `crownstandard` where it is absent. */
  readonly name?: string;
  /** Gives the present instant; the book's and the workers'. */
  readonly clock: () => Instant;
  /** Where customers pay and providers are paid. */
  readonly provider: Provider;
  /** What differs from the seed: 48 hours, one payout for a booking and its tips, three retries. */
  readonly policy?: Partial<PayoutPolicy>;
  /** Who bears a refund: both in proportion where it is absent. `payee_first` is the seed's formula, which stops at zero here. */
  readonly bearing?: RefundBearing;
  /** The admin: hears what a person has to look at. */
  readonly onAlarm?: (alarm: PayoutAlarm) => void;
  /** The admin, too: hears of charges and refunds that a person has to look at. */
  readonly onChargeAlarm?: (alarm: ChargeAlarm) => void;
  /** Gives the salt of a free text, where a run has to give the same bytes again. */
  readonly salt?: (key: string, index: number) => string;
}

/** The marketplace's money: one book, and what works on it. */
export interface Crown {
  readonly book: Book<never>;
  readonly bookings: Records<typeof booking>;
  readonly charges: Records<ChargeDecider>;
  readonly obligations: Records<ObligationDecider>;
  readonly payouts: Payouts;
  readonly worker: PayoutWorker;
  readonly provider: Provider;
  readonly clock: () => Instant;
  readonly bearing: RefundBearing;
  /** Tells the admin of a charge. */
  tellOfCharge(alarm: ChargeAlarm): void;
}

/** Who asks on the marketplace's own behalf. */
export const gateway: Actor = { id: 'gateway', role: 'gateway' };

/** Opens the book with bookings, charges and payouts on it. */
export function openCrown(options: CrownOptions): Crown {
  const {
    store,
    name = 'crownstandard',
    clock,
    provider,
    policy = {},
    onAlarm,
    onChargeAlarm,
    salt,
    bearing = 'proportional',
  } = options;
  const payouts = definePayouts({ book: name, senders: [provider], policy });
  const book = openBook<never>({ store, name, chart, clock, ...(salt ? { salt } : {}) });
  book.use(transferMoney);
  const worker = createPayoutWorker({
    book: book as Book,
    payouts,
    providers: [provider],
    clock,
    ...(onAlarm ? { onAlarm } : {}),
  });
  return {
    book,
    bookings: book.use(booking),
    charges: book.use(chargeDecider({ book: name, provider })),
    obligations: book.use(payouts.obligation),
    payouts,
    worker,
    provider,
    clock,
    bearing,
    tellOfCharge: (alarm) => onChargeAlarm?.(alarm),
  };
}
