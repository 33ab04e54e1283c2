import type { Appended, Store, StoreFault } from '@holdfast/kernel';
import type { Result } from 'neverthrow';
import { blankJournal, draftBatch } from '../journal/draft-batch.ts';
import { moveDraft, richDraft } from './drafts.ts';
import { answerOf, collect, expectSame, expectThat, inTime } from './expect.ts';
import { type Law, storeLaw, type Trial } from './law.ts';
import { appended, loaded } from './steps.ts';

/** What the head's condition and the book's lock promise when many come at once. */
export const lockLaws: readonly Law[] = [
  storeLaw('lets exactly one of twenty appends at one head through', async (trial) => {
    const stores = await severalStores(trial, 4);
    let journal = await appended(trial.store, 'main', blankJournal, [richDraft('start')]);
    for (let round = 0; round < 5; round++) {
      const rivals = Array.from({ length: 20 }, (_, index) => draftBatch(journal, [richDraft(`r${round}-${index}`)]));
      const answers = await Promise.all(
        rivals.map(({ changes }, index) => storeAt(stores, index).append('main', journal.head, changes)),
      );
      const through = answers.flatMap((answer, index) => (answerOf(answer) === 'appended' ? [index] : []));
      expectSame(through.length, 1, 'one append holds, and nineteen hear that the head has moved');
      const winner = rivals[through[0] ?? 0];
      expectThat(winner !== undefined, 'one append holds');
      journal = winner.journal;
      expectSame(answerOf(await trial.store.readHead('main')), journal.head, 'the head is what the one append made');
      const units = await collect(trial.store.projectUnits('main'));
      expectSame(units.length, round + 2, 'one unit was written');
    }
  }),

  storeLaw('loads one moment while others write: balances and units of the head it gives', async (trial) => {
    const [writer, reader] = [trial.store, trial.another ? await trial.another() : trial.store];
    const names = ['world:bank', ...[0, 1, 2, 3].map((index) => `users:${index}:available`)];
    const keys = Array.from({ length: 60 }, (_, index) => `host m${index}`);
    const sums = new Map<string, ReadonlyMap<string, bigint>>();
    let writing = true;
    const write = async (): Promise<void> => {
      let journal = blankJournal;
      for (let round = 0; round < 60; round++) {
        const [from, to] = [names[round % 5] ?? '', names[(round * 2 + 1) % 5] ?? ''];
        const batch = draftBatch(
          journal,
          from === to ? [{ key: `host m${round}` }] : [moveDraft(`m${round}`, from, to, 7n)],
        );
        sums.set(batch.journal.head.digest, batch.journal.balances);
        expectSame(
          answerOf(await writer.append('main', journal.head, batch.changes)),
          'appended',
          'the only writer appends',
        );
        journal = batch.journal;
      }
    };
    const read = async (): Promise<void> => {
      while (writing) {
        const seen = await loaded(reader, 'main', { accounts: names.map((name) => `${name} USD`), keys });
        const balances = sums.get(seen.head.digest);
        const sum = [...seen.accounts.values()].reduce((total, { balance }) => total + balance, 0n);
        expectSame(sum, 0n, 'all balances of one moment sum to zero');
        for (const [account, { balance }] of seen.accounts) {
          expectSame(balance, balances?.get(account), 'a balance is of the head that came with it');
        }
        expectSame(seen.units.size, seen.head.sequence, 'units are of the head that came with them');
      }
    };
    const written = write().finally(() => {
      writing = false;
    });
    await inTime(Promise.all([written, read(), read()]), 'reading and writing come to an end');
  }),

  storeLaw('keeps others out while it is locked: what was loaded then can be appended', async (trial) => {
    const [store, rival] = [trial.store, trial.another ? await trial.another() : trial.store];
    let journal = blankJournal;
    for (let round = 0; round < 5; round++) {
      const late = draftBatch(journal, [richDraft(`late-${round}`)]);
      const ours = draftBatch(journal, [richDraft(`ours-${round}`)]);
      let rivals: Promise<Result<Appended, StoreFault> | undefined> = Promise.resolve(undefined);
      const answer = await store.locked('main', async (rounds) => {
        const before = answerOf(await rounds.load('main', { keys: [], accounts: [], records: [], claims: [] }));
        rivals = rival.append('main', journal.head, late.changes);
        await new Promise((resolve) => setTimeout(resolve, 15));
        expectSame(before.head, journal.head, 'the head under the lock is the newest');
        return answerOf(await rounds.append('main', before.head, ours.changes));
      });
      expectSame(answerOf(answer), 'appended', 'nobody moved the head while the book was locked');
      const told = await inTime(rivals, 'a rival of a locked book gets its answer');
      // A store may also answer that the book is busy; what it may not do is to write.
      const wrote = told?.isOk() && told.value === 'appended';
      expectThat(!wrote, 'a rival does not append while the book is locked');
      journal = ours.journal;
    }
  }),

  storeLaw('lets one at a time have the lock of a book, and others have theirs', async (trial) => {
    const stores = await severalStores(trial, 3);
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 4));
      inside -= 1;
    };
    const all = Array.from({ length: 9 }, (_, index) => storeAt(stores, index).locked('main', work));
    for (const answer of await inTime(Promise.all(all), 'everyone gets the lock')) answerOf(answer);
    expectSame(most, 1, 'nobody is inside with another');
    const nested = trial.store.locked('main', () =>
      inTime(
        storeAt(stores, 1).locked('side', async () => 'side'),
        'the lock of another book is free',
        trial.harness.patienceMs,
      ),
    );
    expectSame(answerOf(answerOf(await nested)), 'side', 'the lock of one book does not lock another');
  }),

  storeLaw('lets go of the lock when the work throws, and says so', async (trial) => {
    const { store } = trial;
    const oops = new Error('oops');
    const thrown = await store
      .locked('main', async () => {
        throw oops;
      })
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    expectSame(thrown, oops, 'what the work throws reaches the caller');
    const again = inTime(
      store.locked('main', async () => 'in'),
      'the lock is free after work that threw',
      trial.harness.patienceMs,
    );
    expectSame(answerOf(await again), 'in', 'the lock is free after work that threw');
    await appended(store, 'main', blankJournal, [richDraft('a')]);
  }),

  storeLaw('hears under the lock that a head has moved, and can load and append again', async ({ store }) => {
    const first = await appended(store, 'main', blankJournal, [richDraft('a')]);
    const second = await appended(store, 'main', first, [richDraft('b')]);
    const stale = draftBatch(first, [richDraft('stale')]);
    const fresh = draftBatch(second, [richDraft('fresh')]);
    const answers = await store.locked('main', async (rounds) => [
      answerOf(await rounds.append('main', first.head, stale.changes)),
      answerOf(await rounds.append('main', second.head, fresh.changes)),
    ]);
    expectSame(answerOf(answers), ['head_moved', 'appended'], 'the condition holds under the lock too');
    expectSame(answerOf(await store.readHead('main')), fresh.journal.head, 'what was appended under the lock stays');
  }),
];

async function severalStores(trial: Trial, count: number): Promise<readonly Store<unknown>[]> {
  const stores = [trial.store];
  while (trial.another && stores.length < count) stores.push(await trial.another());
  return stores;
}

function storeAt(stores: readonly Store<unknown>[], index: number): Store<unknown> {
  const store = stores[index % stores.length];
  if (!store) throw new RangeError('There is no store.');
  return store;
}
