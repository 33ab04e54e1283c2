import { hash } from 'node:crypto';
import { type Changes, genesis, type Store } from '@holdfast/kernel';
import { blankJournal, type Draft, draftBatch, type Journal } from '../journal/draft-batch.ts';
import { createRandom } from '../simulation/create-random.ts';
import { draftTask, lawInstant, moveDraft, richDraft } from './drafts.ts';
import { answerOf, collect, expectSame, expectThat } from './expect.ts';
import { type Law, storeLaw } from './law.ts';
import { appended, loaded } from './steps.ts';

/** What the journal promises, whatever is written into it and however it is cut into batches. */
export const journalLaws: readonly Law[] = [
  storeLaw('shows no trace of batching: units and rows are the same however they were batched', async (trial) => {
    const random = createRandom(trial.harness.seed ?? 1);
    for (let run = 0; run < Math.min(trial.harness.runs ?? 20, 50); run++) {
      const drafts = someDrafts(`r${run}`, 2 + random.integer(12), (limit) => random.integer(limit));
      const [left, right] = [`left-${run}`, `right-${run}`];
      await appendInBatches(trial.store, left, drafts, () => 1 + random.integer(5));
      await appendInBatches(trial.store, right, drafts, () => 1 + random.integer(5));
      for (const project of projections) {
        expectSame(await project(trial.store, left), await project(trial.store, right), 'batching shows in no row');
      }
      const [leftHead, rightHead] = [
        answerOf(await trial.store.readHead(left)),
        answerOf(await trial.store.readHead(right)),
      ];
      expectSame({ ...leftHead, number: 0 }, { ...rightHead, number: 0 }, 'batching shows in the number alone');
    }
  }),

  storeLaw('numbers units densely from 1, and every digest is of the one before', async ({ store }) => {
    let journal = blankJournal;
    for (const size of [1, 3, 0, 2, 5]) {
      const drafts = Array.from({ length: size }, (_, index) => richDraft(`s${journal.head.sequence + index}`));
      journal = await appended(store, 'main', journal, drafts);
    }
    const units = await collect(store.projectUnits('main'));
    expectSame(
      units.map(({ sequence }) => sequence),
      sequenceTo(11),
      'the sequence has no gap',
    );
    let previous = genesis.digest;
    for (const { sequence, bytes, digest } of units) {
      const expected = hash('sha256', `1\n${previous}\n${sequence}\n${bytes}`, 'hex');
      expectSame(digest, expected, `unit ${sequence} chains to the one before`);
      previous = digest;
    }
    expectSame(answerOf(await store.readHead('main')), journal.head, 'the head is of the newest unit');
  }),

  storeLaw('gives units after a sequence, oldest first, with the head', async ({ store }) => {
    const journal = await appended(
      store,
      'main',
      blankJournal,
      sequenceTo(7).map((n) => richDraft(`u${n}`)),
    );
    const seen: number[] = [];
    for (let after = 0; after < 7; ) {
      const { units, head } = answerOf(await store.readUnits('main', { after, limit: 3 }));
      expectThat(units.length > 0 && units.length <= 3, 'a page has at most as many units as were asked for');
      expectSame(head, journal.head, 'the head comes with the units');
      seen.push(...units.map(({ sequence }) => sequence));
      after = seen.at(-1) ?? 7;
    }
    expectSame(seen, sequenceTo(7), 'each unit comes once, in order');
    const beyond = answerOf(await store.readUnits('main', { after: 7, limit: 3 }));
    expectSame(beyond.units, [], 'nothing comes after the newest');
  }),

  storeLaw('keeps amounts and balances to 38 digits exact, above and below zero', async ({ store }) => {
    const amounts = [
      10n ** 38n - 1n,
      2n ** 53n + 1n,
      2n ** 63n,
      10n ** 18n + 1n,
      123_456_789_012_345_678_901_234_567n,
      1n,
    ];
    for (const [index, amount] of amounts.entries()) {
      const book = `exact-${index}`;
      await appended(store, book, blankJournal, [moveDraft('m', 'world:mint', 'users:rich:available', amount)]);
      const { accounts } = await loaded(store, book, { accounts: ['world:mint USD', 'users:rich:available USD'] });
      expectSame(accounts.get('users:rich:available USD')?.balance, amount, 'a balance above zero is exact');
      expectSame(accounts.get('world:mint USD')?.balance, -amount, 'a balance below zero is exact');
      const lines = await collect(store.projectLines(book));
      const figures = lines.map(({ amount: moved, balance }) => [moved, balance]);
      expectSame(
        figures,
        [
          [amount, amount],
          [-amount, -amount],
        ],
        'lines are exact',
      );
      const { rows } = answerOf(await store.readAccounts(book, { limit: 10 }));
      expectSame(
        rows.map(({ balance }) => balance),
        [amount, -amount],
        'listed balances are exact',
      );
    }
  }),

  storeLaw('keeps books apart: what happens in one shows in no other', async ({ store }) => {
    let one = blankJournal;
    let two = blankJournal;
    for (let round = 0; round < 4; round++) {
      one = await appended(store, 'one', one, [moveDraft(`a${round}`, 'world:bank', 'users:u:available', 10n)]);
      two = await appended(store, 'two', two, [moveDraft(`b${round}`, 'world:bank', 'users:u:available', 7n)]);
    }
    await appended(store, 'two', two, [{ ...richDraft('only'), tasks: [{ put: draftTask('seat/only', 5) }] }]);
    const first = await loaded(store, 'one', {
      accounts: ['users:u:available USD'],
      records: ['seat/only'],
      claims: ['seat:only'],
    });
    expectSame(first.head, one.head, 'each book has its own head');
    expectSame(first.accounts.get('users:u:available USD')?.balance, 40n, 'each book has its own balances');
    expectSame([first.records.size, first.claims.size], [0, 0], 'records and claims are of their book');
    expectSame(await collect(store.projectTasks('one')), [], 'tasks are of their book');
    const second = await loaded(store, 'two', { accounts: ['users:u:available USD'] });
    expectSame(second.accounts.get('users:u:available USD')?.balance, 28n, 'each book has its own balances');
  }),

  storeLaw('is not changed by a caller who changes what it gave', async ({ store }) => {
    const { changes } = draftBatch(blankJournal, [richDraft('a')]);
    const kept = structuredClone(changes);
    answerOf(await store.append('main', genesis, changes));
    vandalise(changes);
    await expectUnharmed(store, kept);
    expectSame(answerOf(await store.readHead('main')), kept.head, 'the head is as it was appended');
  }),

  storeLaw('is not changed by a caller who changes what it got', async ({ store }) => {
    const { changes } = draftBatch(blankJournal, [richDraft('a')]);
    const kept = structuredClone(changes);
    answerOf(await store.append('main', genesis, changes));
    vandalise(
      await loaded(store, 'main', { keys: ['host a'], records: ['seat/a'], accounts: ['users:a:available USD'] }),
    );
    vandalise(answerOf(await store.readRecord('main', 'seat/a')));
    vandalise(answerOf(await store.readAccounts('main', { limit: 5 })));
    vandalise(answerOf(await store.readLines('main', { account: 'users:a:available USD', order: 'oldest', limit: 5 })));
    vandalise(answerOf(await store.readUnits('main', { after: 0, limit: 5 })));
    vandalise(
      answerOf(
        await store.readTexts(
          'main',
          kept.texts.map(({ hash: name }) => name),
        ),
      ),
    );
    vandalise(await collect(store.projectLines('main')));
    vandalise(await collect(store.projectTasks('main')));
    await expectUnharmed(store, kept);
  }),
];

const projections: readonly ((store: Store<unknown>, book: string) => Promise<unknown>)[] = [
  (store, book) => collect(store.projectUnits(book)),
  (store, book) => collect(store.projectLines(book)),
  (store, book) => collect(store.projectAccounts(book)),
  (store, book) => collect(store.projectRecords(book)),
  (store, book) => collect(store.projectClaims(book)),
  async (store, book) => new Map((await collect(store.projectTasks(book))).map((task) => [task.id, task])),
];

/** Units that come back to the same accounts, records, claims and tasks, so that several of them meet in one batch. */
function someDrafts(tag: string, count: number, below: (limit: number) => number): readonly Draft[] {
  return Array.from({ length: count }, (_, index) => {
    const seat = `seat/${below(3)}`;
    const change = below(3) === 0 ? { finish: `${seat}/expiry` } : { put: draftTask(seat, below(100)) };
    return {
      key: `host ${tag}-${index}`,
      at: lawInstant(index),
      transfers: Array.from({ length: below(3) }, () => ({
        from: below(2) === 0 ? 'world:bank' : `users:${below(3)}:available`,
        to: `seats:${below(3)}:held`,
        amount: BigInt(1 + below(1_000)),
      })),
      records: [{ record: seat, status: ['held', 'confirmed', 'left'][below(3)] ?? 'held', state: { index } }],
      claims: [{ claim: `claim:${below(3)}`, holder: below(2) === 0 ? null : seat }],
      tasks: [change],
    };
  });
}

async function appendInBatches(
  store: Store<unknown>,
  book: string,
  drafts: readonly Draft[],
  size: () => number,
): Promise<Journal> {
  let journal = blankJournal;
  for (let next = 0; next < drafts.length; ) {
    const count = size();
    journal = await appended(store, book, journal, drafts.slice(next, next + count));
    next += count;
  }
  return journal;
}

async function expectUnharmed(store: Store<unknown>, kept: Changes): Promise<void> {
  expectSame(await collect(store.projectUnits('main')), [...kept.units], 'units are as they were appended');
  const records = await loaded(store, 'main', { records: ['seat/a'] });
  expectSame(records.records.get('seat/a'), kept.records[0], 'records are as they were appended');
  expectSame(await collect(store.projectRecords('main')), [...kept.records], 'records are as they were appended');
  const balances = (await collect(store.projectLines('main'))).map(({ balance }) => balance);
  expectSame(balances, [2_500n, 10_000n, 7_500n, -10_000n], 'lines are as they were appended');
  const accounts = new Map((await collect(store.projectAccounts('main'))).map((row) => [row.account, row]));
  for (const row of kept.accounts) expectSame(accounts.get(row.account), row, 'accounts are as they were appended');
  const tasks = await collect(store.projectTasks('main'));
  expectSame(tasks, [draftTask('seat/a', 1)], 'tasks are as they were appended');
  const texts = answerOf(
    await store.readTexts(
      'main',
      kept.texts.map(({ hash: name }) => name),
    ),
  );
  expectSame([...texts.values()], [...kept.texts], 'texts are as they were appended');
}

/** Overwrites whatever can be overwritten in a value, deeply. What is frozen stays. */
function vandalise(value: unknown, met = new Set<unknown>()): void {
  if (value === null || typeof value !== 'object' || met.has(value)) return;
  met.add(value);
  if (value instanceof Map) {
    for (const item of value.values()) vandalise(item, met);
    value.clear();
    return;
  }
  for (const [name, item] of Object.entries(value)) {
    vandalise(item, met);
    if (item === null || typeof item !== 'object') Reflect.set(value, name, overwritten(item));
  }
  if (Array.isArray(value) && !Object.isFrozen(value)) value.length = 0;
}

function overwritten(item: unknown): unknown {
  if (typeof item === 'bigint') return item + 1n;
  if (typeof item === 'number') return item + 1;
  return typeof item === 'string' ? `${item}!` : item;
}

function sequenceTo(last: number): readonly number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
