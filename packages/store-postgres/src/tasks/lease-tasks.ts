import type { LeasedTask, StoreFault, Tasks } from '@holdfast/kernel';
import { ok, type Result } from 'neverthrow';
import { decodeTask } from '../reads/decode.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import { guarded } from '../sessions/map-fault.ts';
import type { SqlSource } from '../sessions/sql-session.ts';
import { integerOf, textOf } from '../sql/decode-row.ts';
import { columnOf, joinLines } from '../sql/lines-of-text.ts';

type Request = Parameters<Tasks['leaseTasks']>[0];

/**
 * Leases due tasks in two steps: which books have some, then some of each, since rows of several books cannot be locked by one statement
 * where books lie on several machines. Each book gets its share, and what one does not use the others get.
 */
export async function leaseTasks(
  source: SqlSource,
  context: StoreContext,
  request: Request,
): Promise<Result<readonly LeasedTask[], StoreFault>> {
  const due = await guarded('none', () => dueBooks(source, context, request));
  if (due.isErr()) return due.map(() => []);
  const leased: LeasedTask[] = [];
  let books = due.value;
  while (books.length > 0 && leased.length < request.limit) {
    const fuller: string[] = [];
    for (const [index, book] of books.entries()) {
      const share = Math.ceil((request.limit - leased.length) / (books.length - index));
      if (share <= 0) break;
      const got = await guarded('unknown', () => leaseInBook(source, context, { book, share, request }));
      // What is leased already is handed over: what failed here is due again later.
      if (got.isErr()) return leased.length > 0 ? ok(leased) : got;
      leased.push(...got.value);
      if (got.value.length === share) fuller.push(book);
    }
    books = fuller;
  }
  return ok(leased);
}

async function dueBooks(
  source: SqlSource,
  { schema, check }: StoreContext,
  { books, dueAt, limit }: Request,
): Promise<readonly string[]> {
  await check(source);
  if (books?.length === 0 || limit <= 0) return [];
  const values = [dueAt, `${limit}`, ...(books ? [joinLines(books)] : [])];
  const text = `select book from ${schema}.task
    where due_at <= $1 and parked is null and (free_at is null or free_at <= clock_timestamp())${books ? ` and book = any(${columnOf('$3')}::text[])` : ''}
    group by book order by min(due_at), book limit $2::text::bigint`;
  const { rows } = await source.run({ text, values });
  return rows.map((row) => textOf(row.book, 'the book of a task'));
}

async function leaseInBook(
  source: SqlSource,
  { schema }: StoreContext,
  { book, share, request }: { readonly book: string; readonly share: number; readonly request: Request },
): Promise<readonly LeasedTask[]> {
  const text = `with picked as (
      select id from ${schema}.task where book = $1 and due_at <= $2 and parked is null and (free_at is null or free_at <= clock_timestamp())
      order by due_at, id limit $3::text::bigint for update skip locked)
    update ${schema}.task set attempts = attempts + 1, lease = gen_random_uuid()::text,
      free_at = clock_timestamp() + $4::text::numeric * interval '1 millisecond'
    from picked where task.book = $1 and task.id = picked.id
    returning task.id, due_at as due, record, command, attempts::text, lease`;
  const { rows } = await source.run({ text, values: [book, request.dueAt, `${share}`, `${request.leaseMs}`] });
  const leased = rows.map((row) => ({
    book,
    task: decodeTask(row),
    attempts: integerOf(row.attempts, 'the attempts of a task'),
    lease: textOf(row.lease, 'the lease of a task'),
  }));
  return leased.sort((left, right) => (order(left) < order(right) ? -1 : 1));
}

function order({ task }: LeasedTask): string {
  return `${task.dueAt} ${task.id}`;
}
