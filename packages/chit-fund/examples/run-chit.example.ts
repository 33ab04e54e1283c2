import { checkChits, chitsChart, commitLot, defineChits, type SchemeTerms, termsToJson } from '@holdfast/chit-fund';
import { createMemoryStore, openBook } from '@holdfast/kernel';
import { defineChart } from '@holdfast/ledger';
import { inr } from '@holdfast/money';

let now = '2026-01-01T05:00:00.000Z';

//#region define
export const chits = defineChits({ offsetMinutes: 330 });
export const book = openBook({
  store: createMemoryStore({ nowMs: () => Date.parse(now) }),
  name: 'main',
  chart: defineChart(chitsChart),
  clock: () => now,
});
const schemes = book.use(chits.chit);
//#endregion define

const terms: SchemeTerms = {
  name: 'Two friends',
  method: { type: 'open_auction' },
  subscription: inr('1000.00'),
  tickets: 2,
  instalments: 2,
  starts: '2026-01-05',
  every: 'month',
  dueAfterDays: 5,
  commission: { basisPoints: 500n, taken: 'from_discount' },
  discount: { maximumBasisPoints: 3_000n, minimum: 'commission', step: inr('50.00'), tie: 'earliest', noBids: 'lot' },
  dividend: { lag: 0, among: 'all', unit: inr('0.01') },
  late: { graceDays: 3, interestBasisPoints: 1_200n, by: 'actual_365', forfeit: 'nothing', first: 'interest' },
};

const foreman = { id: 'fatima', role: 'foreman' };
let keys = 0;
const as = (id: string, role: string) => ({ actor: { id, role }, key: `k${++keys}` });
const asForeman = () => ({ actor: foreman, key: `k${++keys}` });

//#region found
await schemes.execute('c1', { type: 'DraftScheme', terms: termsToJson(terms) }, asForeman());
await schemes.execute('c1', { type: 'SubmitScheme' }, asForeman()); // outside of the Act: nobody has to sanction it
for (const [index, person] of ['ann', 'bob'].entries())
  await schemes.execute('c1', { type: 'EnrolTicket', ticket: index + 1, holders: [{ person }] }, asForeman());
await schemes.execute('c1', { type: 'DeclareSubscribed' }, asForeman());
await schemes.execute('c1', { type: 'CommenceScheme', certificate: 'our own' }, asForeman());
//#endregion found

//#region month
const seed = 'c0ffee00'.repeat(8); // 32 random bytes, kept secret until the draw is closed
const commitment = commitLot(seed)._unsafeUnwrap();
const pay = (ticket: number, person: string, amount: string, payment: string) =>
  schemes.execute(
    'c1',
    { type: 'PayInstalment', ticket, amount: inr(amount as '0'), channel: 'bank', payment },
    as(person, 'subscriber'),
  );

now = '2026-01-05T05:00:00.000Z';
await schemes.execute('c1', { type: 'OpenDraw', instalment: 1, commitment, present: ['ann', 'bob'] }, asForeman());
const bid = { by: 'discount', amount: inr('300.00') } as const;
await schemes.execute('c1', { type: 'PlaceBid', ticket: 1, bid }, as('ann', 'subscriber'));
await schemes.execute('c1', { type: 'CloseDraw', seed }, asForeman());
await pay(1, 'ann', '900.00', 'r1'); // 1,000 less the dividend of (300 − 100) / 2
now = '2026-01-14T05:00:00.000Z';
await book.runDueTasks(); // the days of grace are over: the instalment is settled, and bob is late
await pay(2, 'bob', '901.18', 'r2'); // 900 and interest of four days
await schemes.execute('c1', { type: 'PayPrize', ticket: 1, channel: 'bank' }, asForeman());
//#endregion month

now = '2026-02-05T05:00:00.000Z';
await schemes.execute('c1', { type: 'OpenDraw', instalment: 2, present: ['ann', 'bob'] }, asForeman());
await schemes.execute('c1', { type: 'CloseDraw' }, asForeman());
await pay(1, 'ann', '1000.00', 'r3');
await pay(2, 'bob', '1000.00', 'r4');
await schemes.execute('c1', { type: 'SettleInstalment', instalment: 2 }, asForeman());
await schemes.execute('c1', { type: 'PayPrize', ticket: 2, channel: 'bank' }, asForeman());

//#region end
await schemes.execute('c1', { type: 'CompleteScheme' }, asForeman());
export const left = (await schemes.read('c1'))._unsafeUnwrap().status; // 'completed'
export const wrong = (await checkChits(book, chits))._unsafeUnwrap(); // []
export const income = (await book.balance('foremen:fatima:income', inr))._unsafeUnwrap().minor; // 20118n
//#endregion end
