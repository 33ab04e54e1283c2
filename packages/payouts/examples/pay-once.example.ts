import { createMemoryStore, openBook } from '@holdfast/kernel';
import { defineChart } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import { definePayouts, payoutsChart } from '@holdfast/payouts';
import type { Descriptor } from '@holdfast/providers';

const day = { ms: 86_400_000 };
const power = {
  currencies: 'any',
  idempotency: { mechanism: 'key', retention: day, replaysErrors: true, marksReplays: true },
  lookup: { consistency: 'strong' },
  inFlightHorizon: { ms: 600_000 },
  repairHorizon: day,
} as const;
const descriptor: Descriptor = { id: 'bank', account: 'main', mode: 'simulated', operations: { transfer: power } };

//#region define
export const payouts = definePayouts({
  book: 'main',
  senders: [{ descriptor, encode: (operation) => JSON.stringify(operation) }],
  policy: { minimum: [usd('5')], grouping: 'per_payee' },
});

export const book = openBook({ store: createMemoryStore(), name: 'main', chart: defineChart(payoutsChart) });
const payees = book.use(payouts.payee);
const obligations = book.use(payouts.obligation);
//#endregion define

//#region earn
const host = { id: 'bookings', role: 'service' };
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
