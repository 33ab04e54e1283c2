import { err, ok, type Result } from 'neverthrow';
import { isId, recordKey } from '../account.ts';
import { readCanonical } from '../canonical.ts';
import type { CommandMap, Decider, DomainEvent, RecordDecider } from '../decider.ts';
import type { Json } from '../json.ts';
import type { Receipt } from '../receipt.ts';
import type { Refusal } from '../refusals.ts';
import type { Ask } from '../request.ts';
import type { RecordRow, Rounds, Store } from '../store.ts';
import { checkMoment } from './check-moment.ts';
import { checkPage, checkSequences } from './check-query.ts';
import type { ExecuteFault, JoinedHandleOf, Moves, RecordRead, Records } from './handle.ts';
import type { ExecuteOptions } from './options.ts';

// biome-ignore lint/suspicious/noExplicitAny: a book takes deciders of every kind
type AnyDecider = Decider<any, any, any>;

/** How asks are carried out: by the writer, in a preview, or in a transaction of the host. */
export interface Executor {
  execute(asks: readonly Ask[], options: ExecuteOptions): Promise<Result<Receipt, Refusal | ExecuteFault>>;
  preview(asks: readonly Ask[], options: ExecuteOptions): Promise<Result<Receipt, Refusal | ExecuteFault>>;
}

/** Binds a decider that keeps records to a book. */
export function bindRecords(
  decider: AnyDecider,
  executor: Executor,
  store: Pick<Store, 'readHead' | 'readRecord' | 'readRecords'>,
  book: string,
): Records<AnyDecider, CommandMap, unknown> {
  return {
    ...commandsOf(decider, executor),
    async read(id, moment = {}) {
      const wrong = checkSequences(moment, ['asOf', 'atLeast']);
      if (wrong) return err(wrong);
      // What is no id was never given to a record; a database need not be asked for it.
      const read = isId(id)
        ? await store.readRecord(book, recordKey(decider.kind, id), moment)
        : await noRow(store, book);
      if (read.isErr()) return err(read.error);
      const behind = checkMoment(read.value.sequence, moment);
      return behind ? err(behind) : ok(toRead(decider, read.value.row, read.value.sequence));
    },
    async list({ after, ...query }) {
      const wrong = checkPage({ ...query, after });
      if (wrong) return err(wrong);
      const from = after === undefined ? {} : { after: recordKey(decider.kind, after) };
      const page = await store.readRecords(book, { ...query, ...from, kind: decider.kind });
      return page.map(({ rows, sequence, next }) => ({
        rows: rows.map((row) => ({ id: idOf(row.record), ...toRead(decider, row, sequence) })),
        sequence,
        ...(next === undefined ? {} : { next: idOf(next) }),
      }));
    },
  } as Records<AnyDecider, CommandMap, unknown>;
}

/** Binds a decider that keeps records to a transaction of the host: reads see what it has done so far. */
export function bindJoinedRecords(
  decider: AnyDecider,
  executor: Executor,
  load: Rounds['load'],
  book: string,
): JoinedHandleOf<RecordDecider<CommandMap, unknown, DomainEvent>> {
  return {
    ...commandsOf(decider, executor),
    async read(id: string) {
      const key = recordKey(decider.kind, id);
      const needs = { keys: [], accounts: [], claims: [], records: isId(id) ? [key] : [] };
      return (await load(book, needs)).map(({ records, head }) => toRead(decider, records.get(key), head.sequence));
    },
  } as JoinedHandleOf<RecordDecider<CommandMap, unknown, DomainEvent>>;
}

function commandsOf(decider: AnyDecider, executor: Executor) {
  const ask = (id: string, command: unknown): Ask => ({ decider, id, command });
  return {
    execute: (id: string, command: unknown, options: ExecuteOptions) => executor.execute([ask(id, command)], options),
    preview: (id: string, command: unknown, options: ExecuteOptions) => executor.preview([ask(id, command)], options),
    ask,
  };
}

/** Binds a decider that only moves money to a book. */
export function bindMoves(decider: AnyDecider, executor: Executor): Moves<AnyDecider, CommandMap> {
  const ask = (command: unknown): Ask => ({ decider, id: '', command });
  return {
    execute: (command: unknown, options: ExecuteOptions) => executor.execute([ask(command)], options),
    preview: (command: unknown, options: ExecuteOptions) => executor.preview([ask(command)], options),
    ask,
  } as Moves<AnyDecider, CommandMap>;
}

function toRead(decider: AnyDecider, row: RecordRow | undefined, sequence: number): RecordRead<unknown> {
  if (!row) return { state: undefined, status: undefined, version: 0, sequence };
  return {
    state: decider.codec.decodeState(readCanonical(row.state) as Json),
    status: row.status,
    version: row.version,
    sequence,
  };
}

async function noRow(store: Pick<Store, 'readHead'>, book: string): ReturnType<Store['readRecord']> {
  return (await store.readHead(book)).map(({ sequence }) => ({ row: undefined, sequence }));
}

function idOf(record: string): string {
  return record.slice(record.indexOf('/') + 1);
}
