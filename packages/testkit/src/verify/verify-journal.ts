import { hash } from 'node:crypto';
import { type BookStanding, genesis, type Store, type StoredUnit } from '@holdfast/kernel';

/**
 * Re-derives a book's rows from its units, in code of its own: chain, lines, balances, records, claims and tasks.
 *
 * A quick check for tests of stores; the verifier of the ledger package is the one for production.
 *
 * @returns The first difference as a sentence, or `undefined` where there is none.
 */
export async function verifyJournal(store: Store<unknown>, book: string): Promise<string | undefined> {
  const derived = emptyRows();
  let previous = genesis.digest;
  let sequence = 0;
  let at = '';
  let standing: BookStanding = genesis;
  for await (const unit of store.projectUnits(book)) {
    sequence += 1;
    const text = textOf(unit.bytes);
    standing = text?.book ?? standing;
    const wrong = wrongLink(unit, { sequence, previous, format: standing.format });
    if (wrong) return wrong;
    previous = unit.digest;
    if (!text) return `unit ${sequence} is no text of a unit`;
    if (text.at < at) return `unit ${sequence} is dated ${text.at}, before the one before it`;
    at = text.at;
    derive(derived, sequence, text);
    const wrongText = wrongBalances(derived, text);
    if (wrongText) return `unit ${sequence} ${wrongText}`;
  }
  return (await wrongHead(store, book, { sequence, previous, standing })) ?? (await wrongRows(store, book, derived));
}

interface Rows {
  /** In the order of writing, by account. */
  readonly lines: Map<string, string[]>;
  readonly balances: Map<string, bigint>;
  readonly records: Map<string, string[]>;
  readonly claims: Map<string, string[]>;
  readonly tasks: Map<string, string>;
}

interface UnitText {
  readonly at: string;
  readonly book?: BookStanding;
  readonly entries: readonly (readonly (readonly [string, string, string, string, string])[])[];
  readonly records?: readonly { readonly record: string; readonly status: string; readonly version: number }[];
  readonly claims?: readonly { readonly claim: string; readonly holder: string | null }[];
  readonly tasks?: readonly (
    | { readonly put: { readonly id: string; readonly dueAt: string } }
    | { readonly finish: string }
  )[];
  readonly balances: { readonly [account: string]: string };
}

function emptyRows(): Rows {
  return {
    lines: new Map(),
    balances: new Map(),
    records: new Map(),
    claims: new Map(),
    tasks: new Map(),
  };
}

function textOf(bytes: string): UnitText | undefined {
  try {
    return JSON.parse(bytes) as UnitText;
  } catch {
    return undefined; // The chain is looked at first.
  }
}

function wrongLink(
  unit: StoredUnit,
  { sequence, previous, format }: { readonly sequence: number; readonly previous: string; readonly format: number },
): string | undefined {
  if (unit.sequence !== sequence) return `unit ${sequence} is missing: ${unit.sequence} comes next`;
  const digest = hash('sha256', `${format}\n${previous}\n${sequence}\n${unit.bytes}`, 'hex');
  return digest === unit.digest ? undefined : `unit ${sequence} does not chain to the one before`;
}

function derive(rows: Rows, sequence: number, unit: UnitText): void {
  let ordinal = 0;
  for (const [from, to, amount, code] of unit.entries.flat()) {
    const minor = minorOf(amount);
    for (const [account, change] of [[`${from} ${code}`, -minor] as const, [`${to} ${code}`, minor] as const]) {
      const balance = (rows.balances.get(account) ?? 0n) + change;
      rows.balances.set(account, balance);
      push(rows.lines, account, `${sequence}/${ordinal} ${change} ${balance}`);
      ordinal += 1;
    }
  }
  for (const { record, status, version } of unit.records ?? [])
    push(rows.records, record, `${sequence} ${version} ${status}`);
  for (const { claim, holder } of unit.claims ?? []) push(rows.claims, claim, `${sequence} ${holder}`);
  for (const change of unit.tasks ?? []) {
    if ('put' in change) rows.tasks.set(change.put.id, change.put.dueAt);
    else rows.tasks.delete(change.finish);
  }
}

function wrongBalances(rows: Rows, { balances }: UnitText): string | undefined {
  for (const [account, amount] of Object.entries(balances)) {
    const derived = rows.balances.get(account) ?? 0n;
    if (minorOf(amount) !== derived)
      return `says that ${account} has ${amount}; its entries say ${derived} minor units`;
  }
  return undefined;
}

async function wrongHead(
  store: Store<unknown>,
  book: string,
  {
    sequence,
    previous,
    standing,
  }: { readonly sequence: number; readonly previous: string; readonly standing: BookStanding },
): Promise<string | undefined> {
  const head = await store.readHead(book);
  if (head.isErr()) return `the head cannot be read: ${head.error.message}`;
  if (head.value.sequence !== sequence) return `the head is at ${head.value.sequence}, the newest unit at ${sequence}`;
  if (head.value.digest !== previous) return 'the head has another digest than the newest unit';
  for (const part of ['closedBefore', 'epoch', 'format'] as const) {
    if (head.value[part] !== standing[part])
      return `the head has ${part} ${head.value[part]}, the units leave ${standing[part]}`;
  }
  let number = 0;
  for await (const batch of store.projectBatches(book)) {
    number += 1;
    if (batch.number !== number) return `batch ${number} is missing: ${batch.number} comes next`;
  }
  return head.value.number === number ? undefined : `the head is batch ${head.value.number} of ${number}`;
}

async function wrongRows(store: Store<unknown>, book: string, derived: Rows): Promise<string | undefined> {
  const lines = new Map<string, string[]>();
  for await (const { account, sequence, ordinal, amount, balance } of store.projectLines(book)) {
    push(lines, account, `${sequence}/${ordinal} ${amount} ${balance}`);
  }
  const records = new Map<string, string[]>();
  for await (const { record, sequence, version, status } of store.projectRecords(book)) {
    push(records, record, `${sequence} ${version} ${status}`);
  }
  const claims = new Map<string, string[]>();
  for await (const { claim, sequence, holder } of store.projectClaims(book))
    push(claims, claim, `${sequence} ${holder}`);
  const tasks = new Map<string, string[]>();
  for await (const { id, dueAt } of store.projectTasks(book)) push(tasks, id, dueAt);
  const tasksDerived = new Map([...derived.tasks].map(([id, dueAt]) => [id, [dueAt]] as const));
  return (
    difference('lines', lines, derived.lines) ??
    difference('records', records, derived.records) ??
    difference('claims', claims, derived.claims) ??
    difference('tasks', tasks, tasksDerived)
  );
}

function difference(
  what: string,
  found: ReadonlyMap<string, readonly string[]>,
  derived: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  for (const name of new Set([...found.keys(), ...derived.keys()])) {
    const [here, there] = [found.get(name) ?? [], derived.get(name) ?? []];
    const index = Array.from({ length: Math.max(here.length, there.length) }).findIndex(
      (_, at) => here[at] !== there[at],
    );
    if (index >= 0)
      return `${what} of ${name}: ${here[index] ?? 'nothing'} is there, ${there[index] ?? 'nothing'} was written`;
  }
  return undefined;
}

/** All decimals are written, so the point alone has to go. */
function minorOf(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}

function push(rows: Map<string, string[]>, name: string, row: string): void {
  const list = rows.get(name);
  if (list) list.push(row);
  else rows.set(name, [row]);
}
