import { type Store, storeFault } from '@holdfast/kernel';
import { money, usd } from '@holdfast/money';
import { err } from 'neverthrow';
import { crashAt } from '../faults/crash-at.ts';
import { interceptStore } from '../faults/intercept-store.ts';
import { type Loss, loseAnswers } from '../faults/lose-answers.ts';
import type { SampleAsk, SampleStep } from '../sample/history.ts';
import { openSample, type SampleBook } from '../sample/open-sample.ts';
import { askFor, type PlayedStep } from '../sample/play-history.ts';
import { createRandom } from '../simulation/create-random.ts';
import { verifyJournal } from '../verify/verify-journal.ts';
import { answerOf, collect, errorOf, expectSame, expectThat, inTime } from './expect.ts';
import { type Law, LawBroken, lawEpoch, storeLaw } from './law.ts';

const lossesInWords = {
  applied: 'after it was done',
  dropped: 'before it arrived',
  orphaned: 'while it is on its way, and it arrives later',
};

/** What holds when answers are lost and processes die: every key has exactly one effect. */
export const doubtLaws: readonly Law[] = [
  ...(['applied', 'dropped', 'orphaned'] as const).map((loss) =>
    storeLaw(
      `gives a unit one effect when the answer of its append is lost: ${lossesInWords[loss]}`,
      async ({ store }) => {
        const lossy = loseAnswers(store, (nth) => (nth % 2 === 1 ? loss : 'keep'));
        const sample = openSample(lossy.store);
        for (let n = 0; n < 6; n++) {
          const answer = await inTime(askFor(sample, deposit(`k${n}`)), 'a caller in doubt gets an answer');
          expectThat(
            answer.kind === 'committed' || answer.kind === 'replayed',
            `a caller in doubt hears of the effect`,
          );
        }
        await lossy.settled();
        expectThat(lossy.counts[loss] >= 3, `answers were lost`);
        await expectDeposits(store, sample, 6);
      },
    ),
  ),

  storeLaw(
    'gives every key one effect when answers are lost at random under many callers',
    async ({ store, harness }) => {
      const random = createRandom(harness.seed ?? 7).fork('losses');
      const met: Record<Loss, number> = { keep: 0, applied: 0, dropped: 0, orphaned: 0 };
      // At least three times, and until every way to lose an answer was met.
      for (let run = 0; run < 3 || Object.values(met).includes(0); run++) {
        expectThat(run < 20, 'every way to lose an answer is met');
        const book = `run-${run}`;
        const losses: readonly Loss[] = ['keep', 'keep', 'applied', 'dropped', 'orphaned'];
        const lossy = loseAnswers(store, () => random.pick(losses), 1 + random.integer(4));
        const sample = openSample(lossy.store, book, { limits: { maxBatch: 5 } });
        const steps = Array.from({ length: 40 }, (_, n) => deposit(`k${n % 25}`));
        const answers = await inTime(
          Promise.all(steps.map((step) => askFor(sample, step))),
          'all callers get an answer',
        );
        await lossy.settled();
        for (const loss of new Set(losses)) met[loss] += lossy.counts[loss];
        expectSame(
          answers.filter(({ kind }) => kind === 'error'),
          [],
          'nobody hears an error',
        );
        expectSame(new Set(answers.map(placed)).size, 25, 'callers of one key hear of one unit');
        await expectDeposits(store, sample, 25);
      }
    },
  ),

  storeLaw(
    'says that the effect is unknown when the deadline is over, and the same key then tells',
    async ({ store }) => {
      let losing = true;
      const lossy = loseAnswers(store, () => (losing ? 'applied' : 'keep'));
      const sample = openSample(lossy.store, 'main', { limits: { deadlineMs: 500 } });
      const lost = await inTime(askFor(sample, deposit('k0')), 'a deadline ends the waiting');
      if (lost.kind === 'error') {
        const { code, effect } = lost.error as { readonly code: string; readonly effect?: string };
        expectSame([code, effect], ['deadline_passed', 'unknown'], 'the caller hears that nobody knows');
      }
      losing = false;
      // Only once the book has settled its doubt is it certain that the first unit is there: a slow store may still be writing it.
      await inTime(sample.book.close(), 'a book in doubt closes');
      const again = await inTime(askFor(openSample(store), deposit('k0')), 'the same key is answered');
      expectSame(again.kind, 'replayed', 'the same key gives the first answer');
      await expectDeposits(store, sample, 1);
    },
  ),

  storeLaw('stands by a refusal given in doubt: what is on its way cannot contradict it', async ({ store }) => {
    let orphan: (() => Promise<unknown>) | undefined;
    let giveUp = (): void => {};
    const givenUp = new Promise<void>((resolve) => {
      giveUp = resolve;
    });
    const doubtful = interceptStore(store, async (call, run) => {
      if (call.name !== 'append' || orphan) return run();
      // The first append stays on its way until the caller of its first command has given up.
      orphan = run;
      await givenUp;
      return err(storeFault('store_unavailable', 'The answer was lost.', { retryable: true, effect: 'unknown' }));
    });
    const sample = openSample(doubtful);
    const asked = { actor: { id: 'ann', role: 'customer' } };
    const funding = sample.transfers.execute(transfer('world:bank', 'users:ann:available'), {
      ...asked,
      key: 'fund',
      deadlineMs: 400,
    });
    const spending = sample.transfers.execute(transfer('users:ann:available', 'users:ben:available'), {
      ...asked,
      key: 'spend',
    });
    spending.catch(() => undefined);
    const fault = errorOf(await inTime(funding, 'a deadline ends the waiting'), 'a caller whose answer is lost');
    expectSame(fault.code, 'deadline_passed', 'the first caller gives up');
    giveUp();
    // Alone, the second command has nothing to spend.
    const refused = errorOf(await inTime(spending, 'the second caller gets an answer'), 'a spender of nothing');
    expectSame(refused.code, 'insufficient_funds', 'the second caller is refused');
    await orphan?.();
    const keys = (await collect(store.projectUnits('main'))).map(({ key }) => key);
    expectSame(keys, [], 'what was refused does not happen after all');
  }),

  storeLaw(
    'has all or nothing of a command when the process dies at any store call, and its retry one effect',
    async ({ store, passTime }) => {
      let points = 0;
      for (let call = 1; ; call++) {
        expectThat(call <= 60, 'a life of two seats ends');
        for (const side of ['before', 'after'] as const) {
          const book = `crash-${call}-${side}`;
          const dying = crashAt(store, { call, side });
          const life = lifeOf(openSample(dying.store, book), passTime);
          const end = await Promise.race([dying.died.then(() => 'died'), life.then(() => 'lived')]);
          if (end === 'lived' && dying.calls() < call) {
            expectThat(points >= 20, 'a life of two seats makes many store calls');
            return;
          }
          points += 1;
          await inTime(
            lifeOf(openSample(store, book), passTime),
            `the process after a crash ${side} call ${call} finishes`,
          );
          await expectOneLife(store, book);
        }
      }
    },
  ),
];

function deposit(key: string): SampleStep {
  return step(key, { ask: 'move', from: 'world:bank', to: 'users:ann:available', minor: 100n, currency: 'USD' });
}

function step(key: string, ask: SampleAsk): SampleStep {
  return { actor: 'ann', key, keepRefusal: false, asks: [ask] };
}

function transfer(from: string, to: string) {
  return { type: 'Move', transfers: [{ from, to, amount: money(100n, usd), kind: 'moved' }] } as const;
}

function placed(answer: PlayedStep): string {
  return answer.kind === 'error' ? answer.code : `${answer.sequence} ${answer.digest}`;
}

async function expectDeposits(store: Store<unknown>, { book }: SampleBook, count: number): Promise<void> {
  const keys = (await collect(store.projectUnits(book.name))).map(({ key }) => key);
  expectSame(keys.length, count, 'each key has one unit');
  expectSame(new Set(keys).size, count, 'no key has two units');
  const { rows } = answerOf(await store.readAccounts(book.name, { prefix: 'users:ann', limit: 5 }));
  expectSame(
    rows.map(({ balance }) => balance),
    [100n * BigInt(count)],
    'money moved once for each key',
  );
  expectSame(await verifyJournal(store, book.name), undefined, 'the journal verifies');
}

/** Two lives of seats, one command after the other: one is held and confirmed, the other is held until its deadline and swept. */
async function lifeOf(sample: SampleBook, passTime: (ms: number) => Promise<void>): Promise<void> {
  const hold = { ask: 'hold', buyer: 'ann', currency: 'USD' } as const;
  const steps: readonly SampleStep[] = [
    deposit('deposit'),
    step('hold', { ...hold, id: 's1', place: 'A1', minor: 60n, expiresAt: '2024-02-01T00:00:00.000Z' }),
    step('confirm', { ask: 'end', id: 's1', type: 'ConfirmSeat' }),
    step('lose', { ...hold, id: 's2', place: 'A2', minor: 7n, expiresAt: lawEpoch }),
  ];
  for (const asked of steps) {
    const answer = await askFor(sample, asked);
    expectThat(answer.kind === 'committed' || answer.kind === 'replayed', `${asked.key} is done, once`);
  }
  // A worker that died may still have the task: its lease is short.
  for (let sweeps = 0; sweeps < 20; sweeps++) {
    const { leased, done } = answerOf(await sample.book.runDueTasks({ leaseMs: 5 }));
    if (leased === done && (await collect(sample.book.store.projectTasks(sample.book.name))).length === 0) return;
    await passTime(10);
  }
  throw new LawBroken('a deadline is carried out in the end');
}

async function expectOneLife(store: Store<unknown>, book: string): Promise<void> {
  const keys = (await collect(store.projectUnits(book))).map(({ key }) => key);
  const expectedKeys = ['ann deposit', 'ann hold', 'ann confirm', 'ann lose', `clock seat/s2/expiry@${lawEpoch}`];
  expectSame(keys, expectedKeys, 'five commands, five units');
  const { rows } = answerOf(await store.readAccounts(book, { limit: 10 }));
  const balances = rows.map(({ account, balance }) => [account, balance]);
  const expected = [
    ['platform:seats:earned USD', 60n],
    ['strict:seat:s1:held USD', 0n],
    ['strict:seat:s2:held USD', 0n],
    ['users:ann:available USD', 40n],
    ['world:bank USD', -100n],
  ];
  expectSame(balances, expected, 'the money is where these lives put it');
  expectSame(await verifyJournal(store, book), undefined, 'the journal verifies');
}
