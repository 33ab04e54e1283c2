import type { LeasedTask, StoreFault, Tasks } from '@holdfast/kernel';
import type { Document, UpdateFilter } from 'mongodb';
import type { Result } from 'neverthrow';
import { decodeTask } from '../documents/decode.ts';
import type { TaskDocument } from '../documents/documents.ts';
import { integerOf, textOf } from '../documents/fields.ts';
import { bookName, idOf, idsOf, textGiven } from '../documents/ids.ts';
import { atOneMoment, limitGiven, pageOf } from '../reads/reading.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import { inTime } from '../sessions/in-time.ts';
import { guarded } from '../sessions/map-fault.ts';
import { fromNow } from './clock.ts';
import { leaseTasks } from './lease-tasks.ts';

/** Makes the tasks of a store. Leases end by the server's clock; a token proves that a lease is still ours. */
export function tasks(context: StoreContext): Tasks {
  const { collections } = context;
  const changed = (
    filterOf: () => Document,
    update: UpdateFilter<TaskDocument> | Document[],
  ): Promise<Result<boolean, StoreFault>> =>
    guarded('unknown', async () => {
      await context.check();
      const answer = await inTime(collections.task.updateOne(filterOf(), update), context.answerTimeoutMs);
      return answer.matchedCount > 0;
    });
  const held =
    ({ book, task, lease }: LeasedTask) =>
    (): Document => ({
      _id: { $eq: idOf(bookName(book), textGiven(task.id, 'the id of a task')) },
      lease: { $eq: textGiven(lease, 'a lease') },
      parked: { $exists: false },
    });

  return {
    leaseTasks: (request) => leaseTasks(context, request),
    giveBackTask: (leased, afterMs) =>
      changed(held(leased), [{ $set: { lease: null, freeAt: fromNow(Math.max(0, Math.trunc(afterMs))) } }]),
    parkTask: (leased, reason) =>
      changed(held(leased), { $set: { lease: null, parked: textGiven(reason, 'a reason').toWellFormed() } }),
    readParkedTasks: (book, { limit, after }) =>
      atOneMoment(context, book, async ({ head, session, answer }) => {
        const last = after === undefined ? idsOf(book).$gte : idOf(book, textGiven(after, 'after'));
        const filter = { _id: { $gt: last, $lt: idsOf(book).$lt }, parked: { $exists: true } };
        const found = collections.task
          .find(filter, { session })
          .sort({ _id: 1 })
          .limit(limitGiven(limit) + 1);
        const rows = (await answer(found.toArray())).map((document) => ({
          task: decodeTask({ ...document }),
          attempts: integerOf(document.attempts, 'the attempts of a task'),
          reason: textOf(document.parked, 'the reason of a parked task'),
        }));
        return pageOf(rows, { limit, head, cursor: ({ task }) => task.id });
      }),
    unparkTask: (book, id) =>
      changed(
        () => ({ _id: { $eq: idOf(bookName(book), textGiven(id, 'the id of a task')) }, parked: { $exists: true } }),
        { $set: { attempts: 0, lease: null, freeAt: null }, $unset: { parked: '' } },
      ),
  };
}
