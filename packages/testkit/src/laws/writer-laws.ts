import type { Store } from '@holdfast/kernel';
import { counters } from '@holdfast/kernel/testing';
import { interceptStore } from '../faults/intercept-store.ts';
import type { SampleStep } from '../sample/history.ts';
import { openSample, type SampleBook } from '../sample/open-sample.ts';
import { askFor, type PlayedStep } from '../sample/play-history.ts';
import { createRandom } from '../simulation/create-random.ts';
import { verifyJournal } from '../verify/verify-journal.ts';
import { answerOf, collect, expectSame, expectThat, inTime } from './expect.ts';
import { type Law, lawEpoch, storeLaw, type Trial } from './law.ts';

/** What callers of a book may rely on, with one writer or with several on the same data. */
export const writerLaws: readonly Law[] = [
  storeLaw(
    'replays a key with the same command, and refuses it with another, in any book on the data',
    async (trial) => {
      const [one, two] = await severalBooks(trial, 2);
      const first = await askFor(one, move('k1', 'world:bank', 'users:ann:available', 100n));
      expectSame(first.kind, 'committed', 'the first is committed');
      for (const book of [one, two]) {
        const again = await askFor(book, move('k1', 'world:bank', 'users:ann:available', 100n));
        expectSame({ ...again, kind: 'committed' }, first, 'the same key gives the first receipt again');
        expectSame(again.kind, 'replayed', 'and says that it is a replay');
        const other = await askFor(book, move('k1', 'world:bank', 'users:ann:available', 101n));
        expectSame(codeOf(other), 'key_conflict', 'the key is taken for something else');
      }
      const stranger = { ...move('k1', 'world:bank', 'users:ann:available', 1n), actor: 'ben' };
      expectSame((await askFor(two, stranger)).kind, 'committed', 'another scope has its own keys');
      expectSame((await collect(trial.store.projectUnits('main'))).length, 2, 'nothing was written for the others');
    },
  ),

  storeLaw('gives one effect to a key that twenty callers ask for at once, through four books', async (trial) => {
    const books = await severalBooks(trial, 4);
    const step = move('k1', 'world:bank', 'users:ann:available', 100n);
    const answers = await atOnce(Array.from({ length: 20 }, (_, n) => askFor(bookAt(books, n), step)));
    const kinds = answers.map(({ kind }) => kind).sort();
    expectSame(
      kinds,
      ['committed', ...Array.from({ length: 19 }, () => 'replayed' as const)],
      'one did it, the others hear of it',
    );
    expectSame(await balanceOf(trial.store, 'users:ann:available USD'), 100n, 'money moved once');
  }),

  storeLaw(
    'gives two hundred callers on one record their turns, in the order in which they came',
    async ({ store }) => {
      const { book } = openSample(store);
      const handle = book.use(counters);
      const asks = Array.from({ length: 200 }, (_, n) =>
        handle.execute('c1', { type: 'Count', by: 1 }, { actor: { id: `caller-${n}`, role: 'customer' }, key: 'k' }),
      );
      const sequences = (await atOnce(asks)).map((answer) => answerOf(answer, 'a caller').sequence);
      expectSame(
        sequences,
        Array.from({ length: 200 }, (_, n) => n + 1),
        'everybody got a turn, in order',
      );
      const { row } = answerOf(await store.readRecord('main', 'counter/c1'));
      expectSame(row?.version, 200, 'no turn was lost');
    },
  ),

  storeLaw('lets spenders reach a floor and never pass it, through four books', async (trial) => {
    const books = await severalBooks(trial, 4);
    await askFor(bookAt(books, 0), move('fund', 'world:bank', 'users:ann:available', 100n));
    const spends = Array.from({ length: 60 }, (_, n) =>
      askFor(bookAt(books, n), move(`s${n}`, 'users:ann:available', 'users:ben:available', 3n)),
    );
    const codes = (await atOnce(spends)).map(codeOf);
    expectSame(codes.filter((code) => code === 'committed').length, 33, 'as many as the balance carries are done');
    expectSame(codes.filter((code) => code === 'insufficient_funds').length, 27, 'all others are refused');
    expectSame(await balanceOf(trial.store, 'users:ann:available USD'), 1n, 'the rest is there');
    expectSame(await balanceOf(trial.store, 'users:ben:available USD'), 99n, 'what was spent has arrived');
  }),

  storeLaw('conserves money and loses no update when four books write at once', async (trial) => {
    const books = await severalBooks(trial, 4);
    const users = ['ann', 'ben', 'cid', 'dan'].map((user) => `users:${user}:available`);
    for (const [n, user] of users.entries()) await askFor(bookAt(books, n), move(`fund-${n}`, 'world:bank', user, 50n));
    const random = createRandom(trial.harness.seed ?? 11);
    const asked = Array.from({ length: 120 }, (_, n) => {
      const from = random.integer(4);
      const to = (from + 1 + random.integer(3)) % 4;
      const amount = BigInt(1 + random.integer(30));
      return {
        book: bookAt(books, n),
        from,
        to,
        amount,
        step: move(`m${n}`, users[from] ?? '', users[to] ?? '', amount),
      };
    });
    const answers = await atOnce(asked.map(({ book, step }) => askFor(book, step)));
    const expected = [50n, 50n, 50n, 50n];
    let done = 0;
    for (const [n, { from, to, amount }] of asked.entries()) {
      if (codeOf(answers[n] as PlayedStep) !== 'committed') continue;
      expected[from] = (expected[from] ?? 0n) - amount;
      expected[to] = (expected[to] ?? 0n) + amount;
      done += 1;
    }
    const balances = await Promise.all(users.map((user) => balanceOf(trial.store, `${user} USD`)));
    expectSame(balances, expected, 'every receipt is in the balances, and nothing else is');
    expectThat(done > 20, 'enough transfers were done to mean something');
    expectSame(answerOf(await trial.store.readHead('main')).sequence, done + 4, 'the sequence counts what was done');
    expectSame(await verifyJournal(trial.store, 'main'), undefined, 'the journal verifies');
  }),

  storeLaw('finishes every unit when units touch two accounts in opposite orders', async (trial) => {
    const books = await severalBooks(trial, 4);
    const [ann, ben] = ['users:ann:available', 'users:ben:available'];
    for (const [n, user] of [ann, ben].entries())
      await askFor(bookAt(books, 0), move(`f${n}`, 'world:bank', user, 1_000n));
    const asks = Array.from({ length: 80 }, (_, n) =>
      askFor(bookAt(books, n), n % 2 === 0 ? move(`m${n}`, ann, ben, 2n) : move(`m${n}`, ben, ann, 1n)),
    );
    expectSame(
      (await atOnce(asks)).filter(({ kind }) => kind !== 'committed'),
      [],
      'every unit is done',
    );
    expectSame(await balanceOf(trial.store, `${ann} USD`), 960n, 'each moved what it said');
  }),

  storeLaw(
    'writes nothing for what is refused, and does not disturb its neighbours of the round',
    async ({ store }) => {
      await askFor(openSample(store), move('fund', 'world:bank', 'users:ann:available', 10n));
      // A book that has written nothing yet has to load.
      const sample = openSample(store);
      const asks = Array.from({ length: 30 }, (_, n) =>
        askFor(sample, move(`m${n}`, 'users:ann:available', 'users:ben:available', n % 3 === 0 ? 1n : 1_000n)),
      );
      const codes = (await atOnce(asks)).map(codeOf);
      const expected = codes.map((_, n) => (n % 3 === 0 ? 'committed' : 'insufficient_funds'));
      expectSame(codes, expected, 'each gets its own answer');
      const keys = (await collect(store.projectUnits('main'))).map(({ key }) => key);
      expectSame(
        keys,
        ['ann fund', ...Array.from({ length: 10 }, (_, n) => `ann m${n * 3}`)],
        'only what was done is written',
      );
      const retry = await askFor(openSample(store), move('m1', 'world:bank', 'users:ben:available', 5n));
      expectSame(retry.kind, 'committed', 'a refusal frees its key');
    },
  ),

  storeLaw('writes nothing for a preview', async ({ store }) => {
    const { book, transfers } = openSample(store);
    const asked = { actor: { id: 'ann', role: 'customer' }, key: 'k1' };
    const seen = answerOf(await transfers.preview({ type: 'Move', transfers: [] }, asked), 'a preview');
    expectSame([seen.status, seen.sequence], ['previewed', 1], 'a preview says what would be');
    expectSame(answerOf(await book.head()).number, 0, 'nothing was written');
    expectSame(
      answerOf(await transfers.execute({ type: 'Move', transfers: [] }, asked)).status,
      'committed',
      'its key is free',
    );
  }),

  storeLaw('tells who comes when the queue is full, and has no effect for them', async ({ store }) => {
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const slow = interceptStore(store, async (_call, run) => {
      await gate;
      return run();
    });
    const sample = openSample(slow, 'main', { limits: { maxQueue: 5, maxBatch: 4 } });
    const asks = started(
      Array.from({ length: 30 }, (_, n) => askFor(sample, move(`k${n}`, 'world:bank', 'users:ann:available', 1n))),
    );
    await new Promise((resolve) => setTimeout(resolve, 5));
    asks.push(
      ...started(
        Array.from({ length: 20 }, (_, n) => askFor(sample, move(`l${n}`, 'world:bank', 'users:ann:available', 1n))),
      ),
    );
    open();
    const answers = await atOnce(asks);
    const turned = answers.filter((answer) => codeOf(answer) === 'queue_full');
    const done = answers.filter(({ kind }) => kind === 'committed').length;
    expectThat(turned.length > 0 && done >= 5, 'some are done and some are turned away');
    expectSame(done + turned.length, 50, 'nobody hears anything else');
    for (const { error } of turned.filter((answer) => answer.kind === 'error')) {
      const { effect, retryable } = error as { readonly effect: string; readonly retryable: boolean };
      expectSame([effect, retryable], ['none', true], 'a full queue has no effect and may be asked again');
    }
    expectSame(await balanceOf(store, 'users:ann:available USD'), BigInt(done), 'only what was accepted was done');
  }),

  storeLaw('finishes what was accepted when it closes, and accepts nothing after', async ({ store }) => {
    const sample = openSample(store, 'main', { limits: { maxBatch: 3 } });
    const asks = started(
      Array.from({ length: 20 }, (_, n) => askFor(sample, move(`k${n}`, 'world:bank', 'users:ann:available', 1n))),
    );
    await inTime(sample.book.close(), 'a book closes');
    const late = await askFor(sample, move('late', 'world:bank', 'users:ann:available', 1n));
    expectSame(codeOf(late), 'book_closed', 'a closed book says so');
    expectSame(
      (await atOnce(asks)).map(({ kind }) => kind),
      asks.map(() => 'committed' as const),
      'what was accepted is done',
    );
    expectSame(await balanceOf(store, 'users:ann:available USD'), 20n, 'and it is in the journal');
  }),

  storeLaw('carries out each deadline once, however many workers sweep', async (trial) => {
    const books = await severalBooks(trial, 3);
    const first = bookAt(books, 0);
    await askFor(first, move('fund', 'world:bank', 'users:ann:available', 1_000n));
    for (let n = 0; n < 12; n++) {
      const hold = { ask: 'hold', id: `s${n}`, place: `A${n}`, buyer: 'ann', minor: 10n, currency: 'USD' } as const;
      await askFor(first, { actor: 'ann', key: `h${n}`, keepRefusal: false, asks: [{ ...hold, expiresAt: lawEpoch }] });
    }
    const sweeps = await atOnce(Array.from({ length: 9 }, (_, n) => bookAt(books, n).book.runDueTasks({ limit: 5 })));
    const rest = answerOf(await first.book.runDueTasks());
    const done = sweeps.reduce((sum, sweep) => sum + answerOf(sweep).done, rest.done);
    expectSame(done, 12, 'each deadline was carried out once');
    expectSame(await balanceOf(trial.store, 'users:ann:available USD'), 1_000n, 'all money came back');
    expectSame(await collect(trial.store.projectTasks('main')), [], 'no deadline is left');
    expectSame((await collect(trial.store.projectUnits('main'))).length, 25, 'one unit each');
  }),

  storeLaw(
    'answers everybody with one effect when its connections are cut while it works',
    async ({ store, cut }) => {
      const sample = openSample(store, 'main', { limits: { maxBatch: 10 } });
      const asks = started(
        Array.from({ length: 100 }, (_, n) => askFor(sample, move(`k${n}`, 'world:bank', 'users:ann:available', 1n))),
      );
      for (let times = 0; times < 5; times++) {
        await new Promise((resolve) => setTimeout(resolve, 3));
        await cut?.();
      }
      const answers = await atOnce(asks);
      expectSame(
        answers.filter(({ kind }) => kind === 'error'),
        [],
        'nobody hears an error',
      );
      expectSame(await balanceOf(store, 'users:ann:available USD'), 100n, 'each key has one effect');
      expectSame(await verifyJournal(store, 'main'), undefined, 'the journal verifies');
    },
    ['cut'],
  ),
];

function move(key: string, from: string, to: string, minor: bigint): SampleStep {
  return { actor: 'ann', key, keepRefusal: false, asks: [{ ask: 'move', from, to, minor, currency: 'USD' }] };
}

function codeOf(answer: PlayedStep): string {
  return answer.kind === 'error' ? answer.code : answer.kind;
}

/** Keeps answers that nobody waits for yet from counting as unhandled when a law breaks before it comes to them. */
function started<T>(asks: Promise<T>[]): Promise<T>[] {
  for (const ask of asks) ask.catch(() => undefined);
  return asks;
}

function atOnce<T>(asks: readonly Promise<T>[]): Promise<T[]> {
  return inTime(Promise.all(asks), 'everybody gets an answer');
}

async function severalBooks(trial: Trial, count: number): Promise<readonly [SampleBook, SampleBook, ...SampleBook[]]> {
  const books: SampleBook[] = [openSample(trial.store)];
  while (books.length < count) books.push(openSample(trial.another ? await trial.another() : trial.store));
  return books as unknown as readonly [SampleBook, SampleBook, ...SampleBook[]];
}

function bookAt(books: readonly [SampleBook, ...SampleBook[]], index: number): SampleBook {
  return books[index % books.length] ?? books[0];
}

async function balanceOf(store: Store<unknown>, account: string): Promise<bigint> {
  const { accounts } = answerOf(await store.load('main', { keys: [], accounts: [account], records: [], claims: [] }));
  return accounts.get(account)?.balance ?? 0n;
}
