import type { Rounds, Store, StoreFault } from '@holdfast/kernel';
import type { Result } from 'neverthrow';

/** One call of a store. */
export interface StoreCall {
  readonly name: 'load' | 'append' | 'locked' | keyof Store<unknown>;
  /** Of the book, where the call is for one. */
  readonly book: string | undefined;
  /** Counts the calls of this store, from 1. */
  readonly nth: number;
  /** Whether the call is made under the book's lock. */
  readonly underLock: boolean;
}

/** What happens around a call: let it through with `run`, before, after, or instead of something else. */
export type Around = <T>(call: StoreCall, run: () => Promise<Result<T, StoreFault>>) => Promise<Result<T, StoreFault>>;

/**
 * Puts something around every call of a store that answers once. Streams pass as they are.
 *
 * @param store - Stays as it is.
 * @param around - Called for each call, those under the lock included.
 */
export function interceptStore<Client>(store: Store<Client>, around: Around): Store<Client> {
  let calls = 0;
  const call = <T>(
    name: StoreCall['name'],
    book: string | undefined,
    run: () => Promise<Result<T, StoreFault>>,
    underLock = false,
  ): Promise<Result<T, StoreFault>> => {
    calls += 1;
    return around({ name, book, nth: calls, underLock }, run);
  };
  const rounds = (inner: Rounds, underLock: boolean): Rounds => ({
    load: (book, needs) => call('load', book, () => inner.load(book, needs), underLock),
    append: (book, head, changes) => call('append', book, () => inner.append(book, head, changes), underLock),
  });
  return {
    ...rounds(store, false),
    locked: (book, work) => call('locked', book, () => store.locked(book, (inner) => work(rounds(inner, true)))),
    within: (client, book) => rounds(store.within(client, book), true),
    close: () => store.close(),
    readHead: (book) => call('readHead', book, () => store.readHead(book)),
    readRecord: (book, record, at) => call('readRecord', book, () => store.readRecord(book, record, at)),
    readRecords: (book, query) => call('readRecords', book, () => store.readRecords(book, query)),
    readAccounts: (book, query) => call('readAccounts', book, () => store.readAccounts(book, query)),
    readLines: (book, query) => call('readLines', book, () => store.readLines(book, query)),
    readUnits: (book, query) => call('readUnits', book, () => store.readUnits(book, query)),
    readTexts: (book, hashes) => call('readTexts', book, () => store.readTexts(book, hashes)),
    eraseTexts: (book, hashes) => call('eraseTexts', book, () => store.eraseTexts(book, hashes)),
    leaseTasks: (request) => call('leaseTasks', undefined, () => store.leaseTasks(request)),
    giveBackTask: (leased, afterMs) => call('giveBackTask', leased.book, () => store.giveBackTask(leased, afterMs)),
    parkTask: (leased, reason) => call('parkTask', leased.book, () => store.parkTask(leased, reason)),
    readParkedTasks: (book, query) => call('readParkedTasks', book, () => store.readParkedTasks(book, query)),
    unparkTask: (book, id) => call('unparkTask', book, () => store.unparkTask(book, id)),
    projectLines: (book) => store.projectLines(book),
    projectAccounts: (book) => store.projectAccounts(book),
    projectRecords: (book) => store.projectRecords(book),
    projectClaims: (book) => store.projectClaims(book),
    projectTasks: (book) => store.projectTasks(book),
    projectUnits: (book) => store.projectUnits(book),
    projectBatches: (book) => store.projectBatches(book),
  };
}
