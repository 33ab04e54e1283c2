import type { Changes, Needs, Snapshot, Store } from '@holdfast/kernel';
import { type Draft, draftBatch, type Journal } from '../journal/draft-batch.ts';
import { answerOf, collect, expectSame } from './expect.ts';

/** Loads, and breaks the law where the store answers with a fault. */
export async function loaded(store: Store<unknown>, book: string, needs: Partial<Needs>): Promise<Snapshot> {
  const { keys = [], accounts = [], records = [], claims = [] } = needs;
  const once = {
    keys: [...new Set(keys)],
    accounts: [...new Set(accounts)],
    records: [...new Set(records)],
    claims: [...new Set(claims)],
  };
  return answerOf(await store.load(book, once), 'load');
}

/** Appends a hand-made batch that must hold, and gives the journal after it. */
export async function appended(
  store: Store<unknown>,
  book: string,
  journal: Journal,
  drafts: readonly Draft[],
): Promise<Journal> {
  const batch = draftBatch(journal, drafts);
  const answer = answerOf(await store.append(book, journal.head, batch.changes), 'append');
  expectSame(answer, 'appended', 'a batch at the newest head is appended');
  return batch.journal;
}

/** Breaks the law where anything of some changes is to be seen in a book. */
export async function expectNothingOf(store: Store<unknown>, book: string, changes: Changes): Promise<void> {
  const known = await loaded(store, book, {
    keys: changes.units.map(({ key }) => key),
    accounts: changes.accounts.map(({ account }) => account),
    records: changes.records.map(({ record }) => record),
    claims: changes.claims.map(({ claim }) => claim),
  });
  for (const part of ['units', 'accounts', 'records', 'claims'] as const) {
    expectSame([...known[part].keys()], [], `nothing of a batch that was not appended is in the ${part}`);
  }
  const sequences = new Set(changes.units.map(({ sequence }) => sequence));
  for (const stream of [store.projectUnits(book), store.projectLines(book), store.projectRecords(book)]) {
    const left = (await collect<{ readonly sequence: number }>(stream)).filter((row) => sequences.has(row.sequence));
    expectSame(left, [], 'no row of a batch that was not appended is in the journal');
  }
  const tasks = (await collect(store.projectTasks(book))).map(({ id }) => id);
  const put = changes.tasks.flatMap((change) => ('put' in change ? [change.put.id] : []));
  expectSame(
    put.filter((id) => tasks.includes(id)),
    [],
    'no task of a batch that was not appended is there',
  );
  const texts = answerOf(
    await store.readTexts(
      book,
      changes.texts.map(({ hash }) => hash),
    ),
  );
  expectSame(texts.size, 0, 'no text of a batch that was not appended is there');
}
