import { accountKey } from '../account.ts';
import { canonical } from '../canonical.ts';
import { Defect } from '../faults.ts';
import { FORMAT, type Head } from '../head.ts';
import type { Instant } from '../instant.ts';
import type { Known } from '../known.ts';
import type { Refusal } from '../refusals.ts';
import type { Request } from '../request.ts';
import type { AccountRow, AccountSeen, Changes, ClaimRow, Line, RecordRow, StoredUnit, TaskChange, TextRow } from '../store.ts';
import { unitDigest } from '../unit.ts';
import { type ClaimChanges, standingOf } from './check-claims.ts';
import type { Changed, Draft } from './draft.ts';
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

  /** Makes a unit of a draft that passed every check. */
  commit(
    draft: Draft,
    { request, at, claims, refusal }: { readonly request: Request; readonly at: Instant; readonly claims: ClaimChanges; readonly refusal?: Refusal },
  ): Outcome {
    const tasks = taskChanges(draft);
    const bytes = writeUnit(draft, { request, at, claims, tasks, ...(refusal ? { refusal } : {}) });
    if (bytes.length > MOST_CHARACTERS) return { kind: 'refused', refusal: { code: 'limit_exceeded', what: 'a unit in characters', limit: `${MOST_CHARACTERS}` } as Refusal };
    const sequence = this.#sequence + 1;
    const records = [...draft.records.values()].map((record) => recordRow(record, sequence));
    const lines = linesOf(draft, sequence);
    const digest = unitDigest(this.#digest, sequence, bytes);
    // Nothing below throws: a draft that is a defect leaves the batch as it was.
    const stored: StoredUnit = { sequence, key: request.key, digest, bytes };
    this.#sequence = sequence;
    this.#digest = digest;
    this.at = at;
    this.#units.push(stored);
    this.ground.units.set(request.key, stored);
    for (const line of lines) this.#lines.push(line);
    const balances = this.#addAccounts(draft, sequence);
    for (const row of records) {
      this.#records.push(row);
      this.ground.records.set(row.record, { row });
    }
    for (const [claim, holder] of claims) {
      this.#claims.push({ claim, sequence, holder });
      this.ground.claims.set(claim, holder ?? undefined);
    }
    for (const task of tasks) this.#addTask(task);
    for (const text of draft.texts) this.#texts.push({ ...text, sequence });
    return { kind: 'done', stored, at, balances };
  }

  /** Gives all that the units change. */
  changes(): Changes {
    const head: Head = { number: this.#head.number + 1, sequence: this.#sequence, digest: this.#digest, at: this.at, format: FORMAT };
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

  #addAccounts(draft: Draft, sequence: number): ReadonlyMap<string, AccountSeen> {
    const balances = new Map<string, AccountSeen>();
    for (const { key, state, balance, changed } of draft.accounts.values()) {
      const seen: AccountSeen = { state, balance };
      balances.set(key, seen);
      this.ground.accounts.set(key, seen);
      if (changed) this.#accounts.push({ account: key, sequence, state });
    }
    return balances;
  }

  #addTask(task: TaskChange): void {
    this.#tasks.set('put' in task ? task.put.id : task.finish, task);
  }
}

/** Gives both sides of every transfer, with the balance of the account after each. */
function linesOf(draft: Draft, sequence: number): readonly Line[] {
  if (draft.entries.length === 0) return [];
  const lines: Line[] = [];
  const running = new Map<string, bigint>();
  const add = (account: string, amount: bigint): void => {
    const balance = (running.get(account) ?? (draft.accounts.get(account)?.before as bigint)) + amount;
    running.set(account, balance);
    lines.push({ account, sequence, ordinal: lines.length, amount, balance });
  };
  for (const entry of draft.entries) {
    for (const { from, to, amount } of entry) {
      add(accountKey(from, amount.currency.code), -amount.minor);
      add(accountKey(to, amount.currency.code), amount.minor);
    }
  }
  assertBalanced(draft, running);
  return lines;
}

/** Asserts, per unit, that what the lines sum to is what the drafted balances say, so that nothing is created and nothing is lost. */
function assertBalanced(draft: Draft, running: ReadonlyMap<string, bigint>): void {
  const sums = new Map<string, bigint>();
  for (const [key, balance] of running) {
    const touched = draft.accounts.get(key);
    if (!touched || touched.balance !== balance) throw new Defect(`the lines of ${key} end at ${balance}, its balance is ${touched?.balance}`);
    const code = touched.currency.code;
    sums.set(code, (sums.get(code) ?? 0n) + balance - touched.before);
  }
  for (const [code, sum] of sums) if (sum !== 0n) throw new Defect(`a unit would create ${sum} of ${code}`);
}

function recordRow(record: Changed, sequence: number): RecordRow {
  const state = canonical(record.decider.codec.encodeState(record.state));
  if (typeof state !== 'string') throw new Defect(`the state of ${record.key} holds ${state.given} at ${state.field}; allowed is ${state.allowed}`);
  const { status, touches } = standingOf(record);
  return { record: record.key, sequence, version: record.version, status, state, touches };
}

const MOST_CHARACTERS = 1_000_000;
