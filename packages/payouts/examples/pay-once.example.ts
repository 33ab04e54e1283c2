import { createMemoryStore, openBook } from '@holdfast/kernel';
import { defineChart } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import { createPayoutWorker, definePayouts, payoutsChart } from '@holdfast/payouts';
import { createSimulatedProvider, simulatedDescriptor } from '@holdfast/providers';

let now = '2026-03-07T10:00:00.000Z';
const clock = () => now;
const descriptor = simulatedDescriptor({ id: 'bank', account: 'main' });
const { provider, peer } = createSimulatedProvider({ descriptor, clock }); // or createStripeProvider(…)

//#region define
export const payouts = definePayouts({
  book: 'main',
  senders: [provider],
  policy: { minimum: [usd('5')], grouping: 'per_payee' },
});

const chart = defineChart(payoutsChart);
export const book = openBook({
  store: createMemoryStore({ nowMs: () => Date.parse(now) }),
  name: 'main',
  chart,
  clock,
});
const payees = book.use(payouts.payee);
const obligations = book.use(payouts.obligation);
const senders = book.use(payouts.sender);
//#endregion define

//#region earn
const host = { id: 'bookings', role: 'service' };
const account = { provider: 'bank', account: 'main', mode: 'simulated' } as const;
await senders.execute('bank.main', { type: 'RegisterSender', ...account }, { actor: host, key: 'bank' });
await payees.execute(
  'ann',
  { type: 'RegisterPayee', destination: 'acct_1', onboarded: true },
  { actor: host, key: 'ann' },
);
export const earned = await obligations.execute(
  'booking-7',
  {
    type: 'Earn',
    payee: 'ann',
    amount: usd('75'),
    from: 'world:bank:main',
    completedAt: '2026-03-07T10:00:00.000Z', // payable 48 hours later, to the millisecond
  },
  { actor: host, key: 'completed:booking-7' },
);
//#endregion earn

//#region worker
const worker = createPayoutWorker({ book, payouts, providers: [provider], clock, onAlarm: console.error });
now = '2026-03-09T10:00:00.000Z';
export const swept = await worker.sweep(); // from a timer; or worker.handle({ record }) from a queue
export const moved = peer.objects().map(({ amount }) => `${amount}`); // 75.00 USD, once
//#endregion worker
