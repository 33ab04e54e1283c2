import type { Head, Projections, Reads, StoredUnit, StoreFault } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { BookCheck } from './check-book.ts';
import { ChainCheck } from './check-chain.ts';
import { confirmKeys, KeyCheck } from './check-keys.ts';
import { compareTable } from './compare-table.ts';
import { addToFingerprint, type Fingerprint, newFingerprint } from './fingerprints.ts';
import type { AnyDecider, RecordFold } from './fold-records.ts';
import { type Folds, foldUnit, newFolds } from './folds.ts';
import { locate } from './locate.ts';
import { readUnit } from './read-unit.ts';
import { Pass, type PassName, type VerifyReport } from './report.ts';
import { type DerivedRow, type DerivedTable, type RowSink, rowKey, taskText } from './rows.ts';
import { storedRows } from './stored-rows.ts';

/** What is verified, and how. */
export interface VerifyOptions {
  /** Only read from. */
  readonly store: Projections & Pick<Reads, 'readHead'>;
  /** The book's name. */
  readonly book: string;
  /** Deciders whose records are folded again from their events. Of other records only versions and statuses are compared, and the report names their kinds (`unfolded`). */
  readonly deciders?: readonly AnyDecider[];
  /** A unit of an earlier report, kept outside of the database: the book has to contain it. */
  readonly checkpoint?: { readonly sequence: number; readonly digest: string };
  /** Hears how far the verification is, every 1,000 rows and at the end of each pass. */
  readonly progress?: (progress: VerifyProgress) => void;
}

/** How far a verification is. */
export interface VerifyProgress {
  /** What is read now: the journal, or a table. */
  readonly reading: 'journal' | 'line' | 'account' | 'record' | 'claim' | 'task';
  readonly checked: number;
  /** How many rows there are, where it is known. */
  readonly total?: number;
}

/**
 * Re-derives every row of a book from its journal and names the first difference.
 *
 * One walk over the units (chain, canonical text, keys, periods and epochs, conservation, balances, floors, fold of events), then one over each table that is a
 * projection of them. Memory grows with accounts, records and open tasks, not with units. The book may go on: rows after the head at which
 * the verification began are left out.
 *
 * @returns A report; a difference is data, not an error.
 *
 * @errors
 * - any store fault: the store could not be read to the end.
 * @source docs/rules/ledger.md, L-20, L-21
 * @example
 * {@includeCode ../../examples/verify.example.ts#verify}
 */
export async function verifyBook(options: VerifyOptions): Promise<Result<VerifyReport, StoreFault>> {
  try {
    const head = await options.store.readHead(options.book);
    if (head.isErr()) return err(head.error);
    return ok(await new Verification(options, head.value).run());
  } catch (error) {
    const fault = faultOf(error);
    if (fault) return err(fault);
    throw error;
  }
}

class Verification {
  readonly #options: VerifyOptions;
  readonly #head: Head;
  readonly #passes = new Map<PassName, Pass>(PASSES.map((name) => [name, new Pass(name)]));
  readonly #prints: Readonly<Record<DerivedTable, Map<string, Fingerprint>>> = {
    line: new Map(),
    account: new Map(),
    record: new Map(),
    claim: new Map(),
  };

  constructor(options: VerifyOptions, head: Head) {
    this.#options = options;
    this.#head = head;
  }

  async run(): Promise<VerifyReport> {
    const chain = new ChainCheck(
      this.#pass('chain'),
      this.#pass('batches'),
      new BookCheck(this.#pass('book')),
      this.#head,
    );
    const keys = new KeyCheck();
    const folds = this.#folds((table, row) => this.#fingerprint(table, row));
    const beyond = await this.#walk(chain, keys, folds);
    folds.accounts.end(this.#head.sequence);
    folds.rest.end(this.#head.sequence, folds.records.standings(), this.#pass('tasks'));
    await confirmKeys(this.#pass('keys'), keys.suspects(), this.#units());
    for (const table of TABLES) await this.#readable(table, () => this.#compare(table, folds.records));
    await this.#readable('task', () => this.#compareTasks(folds.rest.tasks));
    if (beyond && !(await this.#moved())) {
      this.#pass('batches').differs(
        'batch',
        this.#head.number + 1,
        `a batch up to unit ${beyond.sequence} or later`,
        null,
      );
    }
    return this.#report(chain, folds.records.unfolded());
  }

  async #walk(chain: ChainCheck, keys: KeyCheck, folds: Folds): Promise<StoredUnit | undefined> {
    const batches = this.#options.store.projectBatches(this.#options.book)[Symbol.asyncIterator]();
    let batch = await nextOf(batches);
    let beyond: StoredUnit | undefined;
    for await (const stored of this.#options.store.projectUnits(this.#options.book)) {
      if (stored.sequence > this.#head.sequence) {
        beyond ??= stored;
        continue;
      }
      for (; batch && batch.sequence < stored.sequence; batch = await nextOf(batches)) chain.batch(batch);
      const unit = readUnit(stored, this.#pass('canonical'));
      chain.unit(stored, unit);
      this.#checkpoint(stored.sequence, chain.digest);
      keys.add(stored.key);
      this.#pass('keys').checked += 1;
      if (unit) foldUnit(folds, unit, stored.sequence);
      else this.#skipDerived(stored.sequence);
      this.#progress('journal', this.#pass('chain').checked, this.#head.sequence);
    }
    for (; batch && batch.number <= this.#head.number; batch = await nextOf(batches)) chain.batch(batch);
    await batches.return?.();
    chain.end();
    this.#progress('journal', this.#pass('chain').checked, this.#head.sequence, true);
    return beyond;
  }

  /** A row that the store itself cannot read is a difference, and the other tables are looked at all the same. */
  async #readable(table: DerivedTable | 'task', compare: () => Promise<void>): Promise<void> {
    try {
      await compare();
    } catch (error) {
      const fault = faultOf(error);
      if (fault?.code !== 'store_corrupt') throw error;
      this.#pass(PASS_OF[table]).differs(table, 'that cannot be read', 'a row of this table', fault.message);
    }
  }

  async #compare(table: DerivedTable, records: RecordFold): Promise<void> {
    const pass = this.#pass(PASS_OF[table]);
    const { sequence } = this.#head;
    const { names, beyond } = await compareTable(pass, this.#rows(table, records), this.#prints[table], sequence);
    if (names.size > 0) await this.#locate(pass, table, names);
    else if (beyond && !(await this.#moved())) pass.differs(table, rowKey(table, beyond), null, beyond.text);
    this.#progress(table, pass.checked, undefined, true);
  }

  #locate(pass: Pass, table: DerivedTable, names: ReadonlySet<string>): Promise<void> {
    const { sequence } = this.#head;
    const unheard = (name: PassName) => new Pass(name);
    const derive = async (look: (row: DerivedRow) => void): Promise<void> => {
      const folds = this.#folds((from, row) => from === table && look(row), unheard);
      for await (const stored of this.#units()) {
        const unit = readUnit(stored, unheard('canonical'));
        if (unit) foldUnit(folds, unit, stored.sequence);
      }
    };
    const records = this.#folds(() => undefined, unheard).records;
    const read = async (look: (row: DerivedRow) => void): Promise<void> => {
      for await (const row of this.#rows(table, records)) if (row.sequence <= sequence) look(row);
    };
    return locate(pass, { table, names, sequence, derive, read });
  }

  /** Compares the open tasks, which the store keeps only as they are now: so the book has to stand still meanwhile. */
  async #compareTasks(expected: ReadonlyMap<string, string>): Promise<void> {
    const pass = this.#pass('tasks');
    const found = new Map<string, string>();
    for await (const task of this.#options.store.projectTasks(this.#options.book)) {
      found.set(task.id, taskText(task));
      pass.checked += 1;
    }
    if (await this.#moved()) return pass.skip('the book went on meanwhile, and tasks are only kept as they are now');
    for (const id of [...new Set([...expected.keys(), ...found.keys()])].sort()) {
      if (expected.get(id) !== found.get(id)) pass.differs('task', id, expected.get(id) ?? null, found.get(id) ?? null);
    }
    this.#progress('task', pass.checked, undefined, true);
  }

  #folds(sink: RowSink, passOf: (name: PassName) => Pass = (name) => this.#pass(name)): Folds {
    return newFolds(this.#options.deciders ?? [], passOf, sink);
  }

  #fingerprint(table: DerivedTable, row: DerivedRow): void {
    const prints = this.#prints[table];
    let print = prints.get(row.name);
    if (!print) {
      print = newFingerprint();
      prints.set(row.name, print);
    }
    addToFingerprint(print, row);
  }

  async *#rows(table: DerivedTable, records: RecordFold): AsyncIterable<DerivedRow> {
    const { store, book } = this.#options;
    let count = 0;
    for await (const row of storedRows(table, { store, book, records })) {
      yield row;
      this.#progress(table, ++count);
    }
  }

  async *#units(): AsyncIterable<StoredUnit> {
    for await (const stored of this.#options.store.projectUnits(this.#options.book)) {
      if (stored.sequence <= this.#head.sequence) yield stored;
    }
  }

  async #moved(): Promise<boolean> {
    const head = await this.#options.store.readHead(this.#options.book);
    if (head.isErr()) throw head.error;
    return head.value.number !== this.#head.number;
  }

  #skipDerived(sequence: number): void {
    for (const name of DERIVED)
      this.#pass(name).skip(`unit ${sequence} cannot be read, so nothing can be derived from it`);
  }

  #checkpoint(sequence: number, digest: string): void {
    const { checkpoint } = this.#options;
    if (checkpoint?.sequence !== sequence) return;
    const pass = this.#pass('checkpoint');
    pass.checked += 1;
    if (digest !== checkpoint.digest)
      pass.differs('unit', sequence, `the digest ${checkpoint.digest} of the checkpoint`, digest);
  }

  #report({ sequence, digest }: ChainCheck, unfolded: readonly string[]): VerifyReport {
    const { checkpoint, book } = this.#options;
    if (checkpoint && checkpoint.sequence > 0 && this.#pass('checkpoint').checked === 0) {
      this.#pass('checkpoint').differs(
        'unit',
        checkpoint.sequence,
        `the unit ${checkpoint.digest} of the checkpoint`,
        null,
      );
    }
    const passes = [...this.#passes.values()].map((pass) => pass.report());
    const difference = passes.find((pass) => pass.difference)?.difference;
    const verified = passes.every((pass) => !pass.difference && pass.skipped === undefined);
    return { verified, book, sequence, digest, passes, unfolded, ...(difference ? { difference } : {}) };
  }

  #pass(name: PassName): Pass {
    return this.#passes.get(name) as Pass;
  }

  #progress(reading: VerifyProgress['reading'], checked: number, total?: number, last = false): void {
    if (!this.#options.progress || (!last && checked % 1_000 !== 0)) return;
    this.#options.progress(total === undefined ? { reading, checked } : { reading, checked, total });
  }
}

async function nextOf<T>(iterator: AsyncIterator<T>): Promise<T | undefined> {
  const { done, value } = await iterator.next();
  return done ? undefined : value;
}

/** Gives the fault in what a stream threw: streams cannot return one. */
function faultOf(error: unknown): StoreFault | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { fault } = error as { readonly fault?: unknown };
  return fault === true ? (error as StoreFault) : faultOf(fault);
}

const TABLES = ['line', 'account', 'record', 'claim'] as const;
const PASS_OF = { line: 'lines', account: 'accounts', record: 'records', claim: 'claims', task: 'tasks' } as const;
const DERIVED = [
  'book',
  'conservation',
  'balances',
  'floors',
  'records folded',
  'lines',
  'accounts',
  'records',
  'claims',
  'tasks',
] as const;
const PASSES: readonly PassName[] = ['chain', 'batches', 'canonical', 'keys', ...DERIVED, 'checkpoint'];
