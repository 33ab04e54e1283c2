import { type Changes, type Head, type Store, type StoreFault, sameHead } from '@holdfast/kernel';
import { blankJournal, draftBatch, type Journal, verifyJournal } from '@holdfast/testkit';
import { expect } from 'vitest';

/** Needs nothing. */
export const nothing = { keys: [], accounts: [], records: [], claims: [] } as const;

/** A batch of a book, with the head that it follows. */
export interface NextBatch {
  readonly before: Head;
  readonly changes: Changes;
  readonly journal: Journal;
}

/** The key of the batch that is in trouble. */
export const TROUBLED = 'host troubled';

/** Makes a batch of one transfer, with a record, a claim and a task, so that half of it could be seen. */
function nextBatch(journal: Journal, key: string): NextBatch {
  const made = draftBatch(journal, [
    {
      key,
      transfers: [{ from: 'world:bank', to: 'users:1:available', amount: 100n }],
      records: [{ record: 'offer/o1', status: key.replace('host ', '') }],
      claims: [{ claim: 'offer:job:1', holder: key }],
      tasks: [{ put: { id: `offer/o1/${key}`, dueAt: '2026-01-01T00:00:00.000Z', record: 'offer/o1', command: {} } }],
    },
  ]);
  return { before: journal.head, ...made };
}

/** Appends the first batch of a book, as long as all is well, and makes its second: the one in trouble. */
export async function openTroubledBook(store: Store<never>, book: string): Promise<NextBatch> {
  const first = nextBatch(blankJournal, 'host first');
  (await store.append(book, first.before, first.changes))._unsafeUnwrap();
  return nextBatch(first.journal, TROUBLED);
}

/** Gives a fault without its words: its code, whether a retry helps, and what may have been done. */
export function faultOf({ code, retryable, effect }: StoreFault): string {
  return `${code}, ${retryable ? 'again' : 'never again'}, ${effect}`;
}

/** What an append under trouble came to: its answer, or its fault without the words. */
export function answerOf(answer: Awaited<ReturnType<Store<never>['append']>>): string {
  if (answer.isOk()) return answer.value;
  return faultOf(answer.error);
}

/**
 * Ends the trouble as the writer does: looks for the key, and appends where it is not there. Afterwards the batch is there exactly once,
 * as a whole.
 *
 * @param store - One that has no trouble.
 * @returns Whether it had been there.
 */
export async function settle(store: Store<never>, book: string, { before, changes }: NextBatch): Promise<boolean> {
  const isThere = async (): Promise<boolean> => {
    const seen = (await store.load(book, { ...nothing, keys: [TROUBLED] }))._unsafeUnwrap();
    expect(sameHead(seen.head, seen.units.size > 0 ? changes.head : before)).toBe(true);
    return seen.units.size > 0;
  };
  const wasThere = await isThere();
  const answer = (await store.append(book, before, changes))._unsafeUnwrap();
  // What was on its way may have arrived since.
  if (wasThere || answer === 'head_moved') expect([answer, await isThere()]).toEqual(['head_moved', true]);
  const keys: string[] = [];
  for await (const unit of store.projectUnits(book)) keys.push(unit.key);
  expect(keys).toEqual(['host first', TROUBLED]);
  expect(await verifyJournal(store, book)).toBeUndefined();
  return wasThere;
}
