import { type Changes, genesis, type Store } from '@holdfast/kernel';
import { blankJournal, draftBatch } from '../journal/draft-batch.ts';
import { richDraft, richNeeds } from './drafts.ts';
import { answerOf, collect, errorOf, expectSame, expectThat } from './expect.ts';
import { type Law, storeLaw } from './law.ts';
import { appended, expectNothingOf, loaded } from './steps.ts';

/** What one round's load and append promise. */
export const roundLaws: readonly Law[] = [
  storeLaw('finds an unknown book at genesis, with nothing in it', async ({ store }) => {
    const snapshot = await loaded(store, 'nowhere', richNeeds('x'));
    expectSame(snapshot.head, genesis, 'an unknown book is at genesis');
    expectSame(answerOf(await store.readHead('nowhere')), genesis, 'its head is genesis');
    for (const part of ['units', 'accounts', 'records', 'claims'] as const) {
      expectSame(snapshot[part].size, 0, `an unknown book has no ${part}`);
    }
    expectSame(await collect(store.projectBatches('nowhere')), [], 'it has no batches');
  }),

  storeLaw('appends every part of a batch and loads it back', async ({ store }) => {
    const { changes } = draftBatch(blankJournal, [richDraft('a'), richDraft('b')]);
    answerOf(await store.append('main', genesis, changes));
    const snapshot = await loaded(store, 'main', {
      keys: [...richNeeds('a').keys, ...richNeeds('b').keys, 'host never'],
      accounts: [...richNeeds('a').accounts, ...richNeeds('b').accounts, 'users:never USD'],
      records: [...richNeeds('a').records, ...richNeeds('b').records, 'seat/never'],
      claims: [...richNeeds('a').claims, ...richNeeds('b').claims, 'seat:never'],
    });
    expectSame(snapshot.head, changes.head, 'the newest batch is the head');
    expectSame([...snapshot.units.values()], [...changes.units], 'the units are loaded by their keys');
    for (const row of changes.records)
      expectSame(snapshot.records.get(row.record), row, 'a record is loaded as written');
    expectSame(snapshot.records.size, changes.records.length, 'a record that does not exist is not in its map');
    for (const { claim, holder } of changes.claims) {
      expectSame(snapshot.claims.get(claim) ?? null, holder, 'a claim is loaded with its holder');
    }
    for (const { account, state } of changes.accounts) {
      const last = changes.lines.findLast((line) => line.account === account);
      const seen = { state, balance: last?.balance ?? 0n };
      expectSame(snapshot.accounts.get(account), seen, 'an account is loaded with its newest balance');
    }
    expectThat(!snapshot.accounts.has('users:never USD'), 'an account that does not exist is not in its map');
  }),

  storeLaw('streams every row of a batch, in order of its name and then of its sequence', async ({ store }) => {
    const { changes } = draftBatch(blankJournal, [richDraft('b'), richDraft('a'), richDraft('b2')]);
    answerOf(await store.append('main', genesis, changes));
    const byName = <Row>(rows: readonly Row[], name: (row: Row) => string): readonly Row[] =>
      [...rows].sort((left, right) => (name(left) < name(right) ? -1 : name(left) > name(right) ? 1 : 0));
    expectSame(await collect(store.projectUnits('main')), [...changes.units], 'units');
    expectSame(await collect(store.projectBatches('main')), [changes.head], 'batches');
    expectSame(
      await collect(store.projectLines('main')),
      byName(changes.lines, (row) => row.account),
      'lines',
    );
    expectSame(
      await collect(store.projectAccounts('main')),
      byName(changes.accounts, (row) => row.account),
      'accounts',
    );
    expectSame(
      await collect(store.projectRecords('main')),
      byName(changes.records, (row) => row.record),
      'records',
    );
    expectSame(
      await collect(store.projectClaims('main')),
      byName(changes.claims, (row) => row.claim),
      'claims',
    );
    const tasks = changes.tasks.flatMap((change) => ('put' in change ? [change.put] : []));
    const found = [...(await collect(store.projectTasks('main')))];
    expectSame(
      byName(found, ({ id }) => id),
      byName(tasks, ({ id }) => id),
      'tasks',
    );
  }),

  storeLaw('appends nothing at a head that is not the newest', async ({ store }) => {
    const first = await appended(store, 'main', blankJournal, [richDraft('a')]);
    await appended(store, 'main', first, [richDraft('b')]);
    const late = draftBatch(first, [richDraft('late')]);
    expectSame(answerOf(await store.append('main', first.head, late.changes)), 'head_moved', 'an old head has moved');
    await expectNothingUnlessReplaced(store, late.changes);
    const early = draftBatch(blankJournal, [richDraft('early')]);
    expectSame(answerOf(await store.append('main', genesis, early.changes)), 'head_moved', 'genesis has moved');
    expectSame((await collect(store.projectUnits('main'))).length, 2, 'only the two units that held are there');
  }),

  storeLaw('appends nothing at the right number with another digest', async ({ store }) => {
    const ours = await appended(store, 'main', blankJournal, [richDraft('a')]);
    const theirs = draftBatch(blankJournal, [richDraft('other')]).journal;
    const { changes } = draftBatch(theirs, [richDraft('b')]);
    expectSame(answerOf(await store.append('main', theirs.head, changes)), 'head_moved', 'the digest is another');
    await expectNothingOf(store, 'main', changes);
    expectSame(answerOf(await store.readHead('main')), ours.head, 'the head stays');
  }),

  storeLaw('moves the number alone with a fence, which stops an append that was on its way', async ({ store }) => {
    const before = await appended(store, 'main', blankJournal, [richDraft('a')]);
    const orphan = draftBatch(before, [richDraft('orphan')]);
    const fenced = await appended(store, 'main', before, []);
    const head = answerOf(await store.readHead('main'));
    expectSame(head, { ...before.head, number: before.head.number + 1 }, 'a fence changes nothing but the number');
    expectSame(
      answerOf(await store.append('main', before.head, orphan.changes)),
      'head_moved',
      'the orphan is too late',
    );
    await expectNothingOf(store, 'main', orphan.changes);
    const after = await appended(store, 'main', fenced, [richDraft('b')]);
    expectSame(after.head.sequence, 2, 'the sequence goes on without a gap');
    const numbers = (await collect(store.projectBatches('main'))).map(({ number }) => number);
    expectSame(numbers, [1, 2, 3], 'the fence is a batch');
  }),

  storeLaw('writes a batch whole or not at all where a key is there already', async ({ store }) => {
    const journal = await appended(store, 'main', blankJournal, [richDraft('a')]);
    const { changes } = draftBatch(journal, [richDraft('b'), { ...richDraft('c'), key: richDraft('a').key }]);
    const fault = errorOf(await store.append('main', journal.head, changes), 'an append of a key that is there');
    expectSame([fault.code, fault.effect], ['store_refused', 'none'], 'the store refuses a key that is there');
    await expectNothingOf(store, 'main', { ...changes, units: changes.units.slice(0, 1) });
    expectSame(answerOf(await store.readHead('main')), journal.head, 'the head stays');
    await appended(store, 'main', journal, [richDraft('d')]);
  }),

  storeLaw('refuses a batch that has one key twice', async ({ store }) => {
    const { changes } = draftBatch(blankJournal, [richDraft('a'), { ...richDraft('b'), key: richDraft('a').key }]);
    const fault = errorOf(await store.append('main', genesis, changes), 'an append of one key twice');
    expectSame([fault.code, fault.effect], ['store_refused', 'none'], 'the store refuses the batch');
    expectSame(answerOf(await store.readHead('main')), genesis, 'the head stays');
    expectSame(await collect(store.projectUnits('main')), [], 'no unit is there');
  }),

  storeLaw('keeps keys apart by scope and by book', async ({ store }) => {
    const drafts = [{ key: 'alice k1' }, { key: 'bob k1' }];
    const journal = await appended(store, 'main', blankJournal, drafts);
    await appended(store, 'side', blankJournal, [{ key: 'alice k2' }, { key: 'alice k1' }]);
    const main = await loaded(store, 'main', { keys: ['alice k1', 'bob k1', 'carol k1', 'alice k2'] });
    expectSame([...main.units.keys()].sort(), ['alice k1', 'bob k1'], 'only keys of this book and scope are known');
    expectSame(main.units.get('bob k1')?.sequence, 2, 'each scope has its own unit');
    const side = await loaded(store, 'side', { keys: ['alice k1', 'bob k1'] });
    expectSame(side.units.get('alice k1')?.sequence, 2, 'each book has its own unit');
    expectThat(!side.units.has('bob k1'), 'a key of one book is not known in another');
    expectSame(journal.head.sequence, 2, 'both scopes may use one key');
  }),
];

async function expectNothingUnlessReplaced(store: Store<unknown>, changes: Changes): Promise<void> {
  // Its sequence belongs to another unit by now, so only names are looked for.
  const known = await loaded(store, 'main', {
    keys: changes.units.map(({ key }) => key),
    records: changes.records.map(({ record }) => record),
  });
  expectSame([known.units.size, known.records.size], [0, 0], 'nothing of a batch at an old head is there');
}
