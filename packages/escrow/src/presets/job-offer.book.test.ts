import { addDuration, createMemoryStore, days, type Instant, openBook } from '@holdfast/kernel';
import { defineChart } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import { expect, it } from 'vitest';
import { jobOffer } from './job-offer.ts';

const chart = defineChart({
  'users:{user}:available': { type: 'liability', floor: 'none' },
  'escrows:{id}:held': { type: 'liability', floor: 'zero', breach: 'defect' },
  'platform:fees:unearned': { type: 'liability', floor: 'zero', breach: 'defect' },
  'platform:fees:earned': { type: 'income', floor: 'none' },
});
const customer = { id: 'ada', role: 'customer' };
const contractor = { id: 'ben', role: 'contractor' };
const offer = {
  type: 'SendOffer',
  parties: { customer: 'ada', contractor: 'ben' },
  reference: 'J1',
  amount: usd('100'),
} as const;

function openTestBook() {
  let now: Instant = '2026-03-01T10:00:00.000Z';
  const book = openBook({ store: createMemoryStore(), name: 'main', chart, clock: () => now });
  const pass = (ms: number) => {
    now = addDuration(now, { ms });
  };
  return { book, offers: book.use(jobOffer), pass };
}

it('runs an offer on a book, and reads it back as it was decided', async () => {
  const { book, offers } = openTestBook();
  expect((await offers.execute('O1', offer, { actor: customer, key: 'send' })).isOk()).toBe(true);
  const accepted = await offers.execute('O1', { type: 'AcceptOffer' }, { actor: contractor, key: 'accept' });
  expect(accepted._unsafeUnwrap().status).toBe('committed');
  const { state } = (await offers.read('O1'))._unsafeUnwrap();
  expect(state?.status).toBe('accepted');
  expect(state?.lines.platform).toEqual({ frozen: usd('5'), rest: usd('5'), place: 'unearned' });
  const unearned = await book.balance('platform:fees:unearned', usd);
  expect(unearned._unsafeUnwrap().money).toEqual(usd('5'));
});

it('keeps one live offer for a job, and takes another once the first was rejected', async () => {
  const { offers } = openTestBook();
  await offers.execute('O1', offer, { actor: customer, key: '1' });
  const second = await offers.execute('O2', offer, { actor: customer, key: '2' });
  expect(second._unsafeUnwrapErr()).toEqual({ code: 'claim_taken', claim: 'offer:job:J1', holder: 'offer/O1' });
  await offers.execute('O1', { type: 'RejectOffer', reason: 'busy' }, { actor: contractor, key: '3' });
  expect((await offers.execute('O3', offer, { actor: customer, key: '4' })).isOk()).toBe(true);
});

it('keeps the reason of a rejection beside the journal', async () => {
  const { book, offers } = openTestBook();
  await offers.execute('O1', offer, { actor: customer, key: '1' });
  await offers.execute('O1', { type: 'RejectOffer', reason: 'my aunt is ill' }, { actor: contractor, key: '2' });
  const { state } = (await offers.read('O1'))._unsafeUnwrap();
  const reason = state?.facts.reason as { readonly textHash: string } | undefined;
  const textHash = reason?.textHash ?? '';
  const texts = (await book.texts([textHash]))._unsafeUnwrap();
  expect(texts.get(textHash)?.text).toBe('my aunt is ill');
});

it('is expired by the clock after seven days, once', async () => {
  const { book, offers, pass } = openTestBook();
  await offers.execute('O1', offer, { actor: customer, key: '1' });
  expect((await book.runDueTasks())._unsafeUnwrap().leased).toBe(0);
  pass(days(7).ms);
  expect((await book.runDueTasks())._unsafeUnwrap()).toMatchObject({ leased: 1, done: 1 });
  expect((await book.runDueTasks())._unsafeUnwrap().leased).toBe(0);
  expect((await offers.read('O1'))._unsafeUnwrap().state?.status).toBe('expired');
  expect((await book.balance('users:ada:available', usd))._unsafeUnwrap().minor).toBe(0n);
});

it('refuses in the types exactly what a command may be refused for', async () => {
  const { offers } = openTestBook();
  const answer = await offers.execute('O1', { type: 'CompleteJob' }, { actor: customer, key: '1' });
  if (answer.isOk()) throw new Error('there is no such offer');
  const refusal = answer.error;
  expect(refusal.code).toBe('not_found');
  if (refusal.code === 'wrong_status') expect(refusal.allowed satisfies readonly 'accepted'[]).toEqual([]);
  // @ts-expect-error a completion has no deadline
  expect(refusal.code === 'overdue').toBe(false);
  const options = { actor: customer, key: '2' };
  // @ts-expect-error a completion asks for no amount
  await offers.execute('O1', { type: 'CompleteJob', amount: usd('1') }, options);
  const { reference: _, ...aboutNothing } = offer;
  // @ts-expect-error an offer is about a job
  await offers.execute('O1', aboutNothing, options);
  // @ts-expect-error there is no such command
  await offers.execute('O1', { type: 'Complete' }, options);
});
