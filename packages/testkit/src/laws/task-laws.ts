import type { LeasedTask, Store } from '@holdfast/kernel';
import { blankJournal } from '../journal/draft-batch.ts';
import { draftTask, lawInstant } from './drafts.ts';
import { answerOf, expectSame, expectThat } from './expect.ts';
import { type Law, storeLaw } from './law.ts';
import { appended } from './steps.ts';

/** What the tasks promise: leases, attempts, parking, fairness. */
export const taskLaws: readonly Law[] = [
  storeLaw('leases what is due, oldest first, and nothing that is not', async ({ store }) => {
    await putTasks(store, 'main', [3, 1, 2, 9]);
    expectSame(await leasedIds(store, 0), [], 'nothing is due before its instant');
    expectSame(
      await leasedIds(store, 2, { limit: 1 }),
      ['seat/main-1/expiry'],
      'the oldest comes first, at most as many as asked for',
    );
    expectSame(
      await leasedIds(store, 3),
      ['seat/main-2/expiry', 'seat/main-3/expiry'],
      'a task is due at its very instant',
    );
    const [last] = await lease(store, 9);
    expectSame(last?.task, draftTask('seat/main-9', 9), 'a task comes with its record and its command');
    expectSame([last?.book, last?.attempts], ['main', 1], 'a task comes with its book and counts its leases');
  }),

  storeLaw('leases a task to one worker at a time, however many ask', async ({ store, another }) => {
    await putTasks(store, 'main', [1, 2, 3, 4, 5, 6]);
    const stores = [store, another ? await another() : store];
    const asks = Array.from({ length: 12 }, (_, index) => lease(stores[index % 2] ?? store, 9, { limit: 3 }));
    const ids = (await Promise.all(asks)).flat().map(({ task }) => task.id);
    expectSame(new Set(ids).size, ids.length, 'no task is leased twice while its lease lasts');
    const rest = await leasedIds(store, 9, { limit: 100 });
    expectSame([...ids, ...rest].sort().length, 6, 'all that was due was leased once');
  }),

  storeLaw('leases a task again after its lease, and counts the attempts', async ({ store, passTime }) => {
    await putTasks(store, 'main', [1, 2]);
    const [kept] = await lease(store, 1);
    expectSame(kept?.attempts, 1, 'the first lease is the first attempt');
    expectSame(await leasedIds(store, 1), [], 'a lease keeps others out');
    const [first] = await lease(store, 9, { leaseMs: 100 });
    await passTime(200);
    const [second] = await lease(store, 9);
    expectSame([second?.task.id, second?.attempts], ['seat/main-2/expiry', 2], 'a lost lease is another attempt');
    expectThat(
      first !== undefined && second !== undefined && first.lease !== second.lease,
      'each lease has its own proof',
    );
    expectSame(answerOf(await store.giveBackTask(first, 0)), false, 'a lease that was lost gives nothing back');
    expectSame(answerOf(await store.parkTask(first, 'late')), false, 'a lease that was lost parks nothing');
    expectSame(await leasedIds(store, 9), [], 'the newer lease is untouched, and so is the other');
  }),

  storeLaw('leases a task that was given back when its time has come, not before', async ({ store, passTime }) => {
    await putTasks(store, 'main', [1, 2]);
    const [long, short] = await lease(store, 9);
    expectThat(long !== undefined && short !== undefined, 'both tasks are leased');
    expectSame(answerOf(await store.giveBackTask(long, 600_000)), true, 'a lease that is ours is given back');
    expectSame(answerOf(await store.giveBackTask(long, 0)), false, 'it is given back once');
    expectSame(await leasedIds(store, 9), [], 'it rests as long as was asked for');
    expectSame(answerOf(await store.giveBackTask(short, 100)), true, 'so is the other');
    await passTime(200);
    const again = (await lease(store, 9)).map(({ task, attempts }) => [task.id, attempts]);
    expectSame(again, [['seat/main-2/expiry', 2]], 'then it is leased again, and counted');
  }),

  storeLaw('parks a task with its reason until it is let go again', async ({ store, passTime }) => {
    await putTasks(store, 'main', [1, 2]);
    const [first] = await lease(store, 1, { leaseMs: 100 });
    expectThat(first !== undefined, 'the task is leased');
    expectSame(answerOf(await store.parkTask(first, 'no such seat')), true, 'a lease that is ours is parked');
    await passTime(200);
    expectSame(await leasedIds(store, 9), ['seat/main-2/expiry'], 'a parked task is left alone');
    const parked = answerOf(await store.readParkedTasks('main', { limit: 10 }));
    const rows = parked.rows.map(({ task, attempts, reason }) => ({ task, attempts, reason }));
    expectSame(
      rows,
      [{ task: draftTask('seat/main-1', 1), attempts: 1, reason: 'no such seat' }],
      'it is listed with its reason',
    );
    expectSame(answerOf(await store.unparkTask('main', 'seat/main-2/expiry')), false, 'only a parked task is unparked');
    expectSame(answerOf(await store.unparkTask('main', 'seat/main-1/expiry')), true, 'a parked task is unparked');
    expectSame(answerOf(await store.readParkedTasks('main', { limit: 10 })).rows, [], 'it is no longer listed');
    const [again] = await lease(store, 9);
    expectSame([again?.task.id, again?.attempts], ['seat/main-1/expiry', 1], 'its attempts begin again');
  }),

  storeLaw('drops a task that a unit finished, and moves one that a unit put again', async ({ store }) => {
    const journal = await putTasks(store, 'main', [1, 2, 3]);
    const moved = { ...draftTask('seat/main-2', 50), id: 'seat/main-2/expiry' };
    await appended(store, 'main', journal, [
      { key: 'host finish', tasks: [{ finish: 'seat/main-1/expiry' }, { finish: 'seat/none/expiry' }] },
      { key: 'host move', tasks: [{ put: moved }] },
    ]);
    expectSame(await leasedIds(store, 49), ['seat/main-3/expiry'], 'what was finished or moved is not due');
    const [late] = await lease(store, 50);
    expectSame(late?.task, moved, 'what was moved is due at its new instant');
  }),

  storeLaw('drops a task that a unit finished while a worker had it', async ({ store, passTime }) => {
    const journal = await putTasks(store, 'main', [1]);
    const [held] = await lease(store, 9, { leaseMs: 100 });
    expectThat(held !== undefined, 'the task is leased');
    await appended(store, 'main', journal, [{ key: 'host finish', tasks: [{ finish: held.task.id }] }]);
    expectSame(answerOf(await store.giveBackTask(held, 0)), false, 'a finished task cannot be given back');
    await passTime(200);
    expectSame(await leasedIds(store, 9), [], 'a finished task does not come again');
  }),

  storeLaw('is fair between books: one with many due tasks does not keep another waiting', async ({ store }) => {
    await putTasks(
      store,
      'busy',
      Array.from({ length: 30 }, (_, index) => index + 1),
    );
    await putTasks(store, 'quiet', [40]);
    await putTasks(store, 'calm', [41, 42]);
    const leased = await lease(store, 99, { limit: 6, books: undefined });
    const books = new Set(leased.map(({ book }) => book));
    expectSame([...books].sort(), ['busy', 'calm', 'quiet'], 'each book gets a turn');
    expectSame(leased.length, 6, 'as many as asked for, where so many are due');
    const calm = await lease(store, 99, { limit: 10, books: ['calm'] });
    expectThat(
      calm.every(({ book }) => book === 'calm'),
      'only the books that were asked for',
    );
  }),
];

interface LeaseOptions {
  readonly limit?: number;
  readonly leaseMs?: number;
  readonly books?: readonly string[] | undefined;
}

async function lease(
  store: Store<unknown>,
  seconds: number,
  options: LeaseOptions = {},
): Promise<readonly LeasedTask[]> {
  const { limit = 10, leaseMs = 60_000 } = options;
  const books = 'books' in options ? options.books : ['main'];
  const request = { dueAt: lawInstant(seconds), limit, leaseMs };
  return answerOf(await store.leaseTasks(books === undefined ? request : { ...request, books }), 'leaseTasks');
}

async function leasedIds(store: Store<unknown>, seconds: number, options?: LeaseOptions): Promise<readonly string[]> {
  return (await lease(store, seconds, options)).map(({ task }) => task.id);
}

function putTasks(store: Store<unknown>, book: string, seconds: readonly number[]) {
  const drafts = seconds.map((due) => ({
    key: `host ${due}`,
    tasks: [{ put: draftTask(`seat/${book}-${due}`, due) }],
  }));
  return appended(store, book, blankJournal, drafts);
}
