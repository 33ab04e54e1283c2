import { canonical } from '../canonical.ts';
import { Defect } from '../faults.ts';
import type { Head } from '../head.ts';
import { type Instant, laterOf } from '../instant.ts';
import type { Known } from '../known.ts';
import type { Refusal } from '../refusals.ts';
import type { Request } from '../request.ts';
import type { AccountRow, Changes, ClaimRow, Line, RecordRow, StoredUnit, TaskChange, TextRow } from '../store.ts';
import { chainUnit } from '../unit.ts';
import { type ClaimChanges, standingOf } from './check-claims.ts';
import { type Changed, Draft, FEW_ACCOUNTS } from './draft.ts';
import type { Outcome } from './evaluate.ts';
import { Ground } from './ground.ts';
import { taskChanges } from './task-changes.ts';
import { writeUnit } from './write-unit.ts';

/** The units of one round, as they are decided: what each changes is the ground of the next. */
export class Batch {
  readonly ground: Ground;
  readonly #head: Head;
  #sequence: number;
  #digest: string;
  /** Of the newest unit: no unit is dated before it. */
  at: Instant;
  readonly #units: StoredUnit[] = [];
  readonly #lines: Line[] = [];
  readonly #accounts: AccountRow[] = [];
  readonly #records: RecordRow[] = [];
  readonly #claims: ClaimRow[] = [];
  readonly #tasks = new Map<string, TaskChange>();
  readonly #texts: TextRow[] = [];

  constructor(known: Known) {
    this.ground = new Ground(known);
    this.#head = known.head;
    this.#sequence = known.head.sequence;
    this.#digest = known.head.digest;
    this.at = known.head.at;
  }

  /** Starts the draft of the next unit, for a request that came at an instant. */
  draft(came: Instant): Draft {
    const at = laterOf(came, this.at);
    return new Draft(this.ground, { sequence: this.#sequence + 1, at, previous: this.#digest });
  }

  /** Makes a unit of a draft that passed every check. */
  commit(
    draft: Draft,
    {
      request,
      claims,
      refusal,
    }: { readonly request: Request; readonly claims: ClaimChanges; readonly refusal?: Refusal },
  ): Outcome {
    const tasks = taskChanges(draft);
    const written = writeUnit(draft, { request, claims, tasks, refusal });
    if (written.length > MOST_CHARACTERS)
      return {
        kind: 'refused',
        refusal: { code: 'limit_exceeded', what: 'a unit in characters', limit: `${MOST_CHARACTERS}` } as Refusal,
      };
    const { sequence, at } = draft;
    const records = recordRows(draft);
    assertBalanced(draft);
    const { format } = draft.standing();
    const { digest, bytes } = chainUnit({ previous: this.#digest, sequence, format }, written);
    // Nothing below throws: a draft that is a defect leaves the batch as it was.
    const stored: StoredUnit = { sequence, key: request.key, digest, bytes };
    this.#sequence = sequence;
    this.#digest = digest;
    this.at = at;
    this.#units.push(stored);
    this.ground.units.set(request.key, stored);
    if (draft.book) this.ground.book = draft.book;
    for (const line of draft.lines) this.#lines.push(line);
    this.#addAccounts(draft, sequence);
    for (const row of records) {
      this.#records.push(row);
      this.ground.records.set(row.record, { row });
    }
    for (const [claim, holder] of claims) {
      this.#claims.push({ claim, sequence, holder });
      this.ground.claims.set(claim, holder ?? undefined);
    }
    for (const task of tasks) this.#addTask(task);
    for (const text of draft.texts) this.#texts.push(text);
    return { kind: 'done', stored, at, balances: draft.accounts };
  }

  /** Gives all that the units change. */
  changes(): Changes {
    const { closedBefore, epoch, format } = this.ground.book;
    const head: Head = {
      number: this.#head.number + 1,
      sequence: this.#sequence,
      digest: this.#digest,
      at: this.at,
      closedBefore,
      epoch,
      format,
    };
    return {
      head,
      units: this.#units,
      lines: this.#lines,
      accounts: this.#accounts,
      records: this.#records,
      claims: this.#claims,
      tasks: [...this.#tasks.values()],
      texts: this.#texts,
    };
  }

  #addAccounts(draft: Draft, sequence: number): void {
    for (const touched of draft.accounts) {
      this.ground.accounts.set(touched.key, touched);
      if (touched.changed) this.#accounts.push({ account: touched.key, sequence, state: touched.state });
    }
  }

  #addTask(task: TaskChange): void {
    this.#tasks.set('put' in task ? task.put.id : task.finish, task);
  }
}

/** Asserts, currency by currency, that the balances after a unit sum to what they did before: nothing is created and nothing is lost. */
function assertBalanced({ accounts }: Draft): void {
  if (accounts.length > FEW_ACCOUNTS) assertManyBalanced(accounts);
  else assertFewBalanced(accounts);
}

function assertFewBalanced(accounts: Draft['accounts']): void {
  for (const { currency } of accounts) {
    let sum = 0n;
    for (const touched of accounts)
      if (touched.currency.code === currency.code) sum += touched.balance - touched.before;
    assertZero(sum, currency.code);
    if (accounts.length <= 2) return;
  }
}

function assertManyBalanced(accounts: Draft['accounts']): void {
  const sums = new Map<string, bigint>();
  for (const { currency, balance, before } of accounts) {
    sums.set(currency.code, (sums.get(currency.code) ?? 0n) + balance - before);
  }
  for (const [code, sum] of sums) assertZero(sum, code);
}

function assertZero(sum: bigint, code: string): void {
  if (sum !== 0n) throw new Defect(`a unit would create ${sum} minor units of ${code}`);
}

function recordRows({ records, sequence }: Draft): readonly RecordRow[] {
  return records.size === 0 ? NO_RECORDS : [...records.values()].map((record) => recordRow(record, sequence));
}

function recordRow(record: Changed, sequence: number): RecordRow {
  const state = canonical(record.decider.codec.encodeState(record.state));
  if (typeof state !== 'string')
    throw new Defect(`the state of ${record.key} holds ${state.given} at ${state.field}; allowed is ${state.allowed}`);
  const { status, touches } = standingOf(record);
  return { record: record.key, sequence, version: record.version, status, state, touches };
}

const NO_RECORDS: readonly RecordRow[] = [];
const MOST_CHARACTERS = 1_000_000;
