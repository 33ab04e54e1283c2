import type { LeasedTask, StoreFault, Tasks } from '@holdfast/kernel';
import type { Result } from 'neverthrow';
import { decodeTask, TASK_COLUMNS } from '../reads/decode.ts';
import { listSql, pageOf } from '../reads/page.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import { guarded } from '../sessions/map-fault.ts';
import type { SqlSource } from '../sessions/sql-session.ts';
import { integerOf, textOf } from '../sql/decode-row.ts';
import { leaseTasks } from './lease-tasks.ts';

/** Makes the tasks of a store. Leases end by the database's clock; a token proves that a lease is still ours. */
export function tasks(source: SqlSource, context: StoreContext): Tasks {
  const { schema, check } = context;
  const changed = (text: string, values: readonly string[]): Promise<Result<boolean, StoreFault>> =>
    guarded('unknown', async () => {
      await check(source);
      return (await source.run({ text: `${text} returning 1::text as changed`, values })).rows.length > 0;
    });
  const held = 'where book = $1 and id = $2 and lease = $3 and parked is null';
  const place = ({ book, task, lease }: LeasedTask): readonly string[] => [book, task.id, lease];

  return {
    leaseTasks: (request) => leaseTasks(source, context, request),
    giveBackTask: (leased, afterMs) =>
      changed(
        `update ${schema}.task set lease = null, free_at = clock_timestamp() + $4::text::numeric * interval '1 millisecond' ${held}`,
        [...place(leased), `${afterMs}`],
      ),
    parkTask: (leased, reason) =>
      changed(`update ${schema}.task set lease = null, parked = $4 ${held}`, [...place(leased), reason]),
    readParkedTasks: (book, { limit, after = '' }) =>
      guarded('none', async () => {
        await check(source);
        const list = `select id as found, ${TASK_COLUMNS}, attempts::text, parked from ${schema}.task
          where book = $1 and id > $2 and parked is not null order by id limit $3::text::bigint`;
        const { rows } = await source.run({ text: listSql(schema, list), values: [book, after, `${limit + 1}`] });
        return pageOf(rows, {
          limit,
          decode: (row) => ({
            task: decodeTask(row),
            attempts: integerOf(row.attempts, 'the attempts of a task'),
            reason: textOf(row.parked, 'the reason of a parked task'),
          }),
          cursor: ({ task }) => task.id,
        });
      }),
    unparkTask: (book, id) =>
      changed(
        `update ${schema}.task set parked = null, attempts = 0, free_at = null where book = $1 and id = $2 and parked is not null`,
        [book, id],
      ),
  };
}
