import { formatDecimal } from '@holdfast/money';
import { canonical } from '../canonical.ts';
import { Defect } from '../faults.ts';
import type { Refusal } from '../refusals.ts';
import type { Request } from '../request.ts';
import type { TaskChange } from '../store.ts';
import type { Transfer } from '../transfer.ts';
import { type ClaimChanges, standingOf } from './check-claims.ts';
import type { Draft, Touched } from './draft.ts';

/**
 * Writes a unit as its canonical text: the keys of every object sorted, what is empty left out. Names of accounts, records and keys are
 * of a charset that needs no escaping, so they are joined as they are.
 */
export function writeUnit(
  draft: Draft,
  {
    request,
    claims,
    tasks,
    refusal,
  }: {
    readonly request: Request;
    readonly claims: ClaimChanges;
    readonly tasks: readonly TaskChange[];
    readonly refusal: Refusal | undefined;
  },
): string {
  const { actor } = request;
  let text = `{${writeAccounts(draft)}"actor":{"id":"${actor.id}","role":"${actor.role}"},"at":"${draft.at}","balances":${writeBalances(draft)}`;
  if (draft.book) text += `,"book":${plain(draft.book)}`;
  if (claims.size > 0)
    text += `,"claims":[${[...claims]
      .sort(byName)
      .map(([claim, holder]) => plain({ claim, holder }))
      .join(',')}]`;
  text += `,"digest":"${request.digest}"${draft.effective ? `,"effective":${plain(draft.effective)}` : ''},"entries":[${list(draft.entries, writeEntry)}],"events":[${list(draft.events, writeEvent)}]${draft.fact ? ',"fact":true' : ''},"key":"${request.key}"`;
  if (draft.records.size > 0) text += `,"records":[${writeRecords(draft)}]`;
  if (refusal) text += `,"refusal":${plain(refusal)}`;
  if (tasks.length > 0) text += `,"tasks":[${tasks.map((task) => plain(task)).join(',')}]`;
  return `${text}}`;
}

/** Joins what is written of each item. Most lists of a unit have one. */
function list<Item>(items: readonly Item[], write: (item: Item) => string): string {
  let text = '';
  for (const item of items) text += text === '' ? write(item) : `,${write(item)}`;
  return text;
}

function writeAccounts(draft: Draft): string {
  let text = '';
  for (const account of draft.accounts)
    if (account.changed) text += text === '' ? writeAccount(account) : `,${writeAccount(account)}`;
  return text === '' ? '' : `"accounts":[${text}],`;
}

function writeAccount({ key, state }: Touched): string {
  const owner = state.owner === undefined ? '' : `"owner":${JSON.stringify(state.owner)},`;
  const floor = state.floor === null ? 'null' : `"${state.floor}"`;
  return `{"account":"${key}","breach":"${state.breach}","closed":${state.closed},"floor":${floor},"frozen":"${state.frozen}",${owner}"scale":${state.currency.scale},"type":"${state.type}"}`;
}

function writeBalances({ accounts }: Draft): string {
  return `{${list(inOrder(accounts), writeBalance)}}`;
}

function writeBalance({ key, balance, currency }: Touched): string {
  return `"${key}":"${formatDecimal({ minor: balance, currency })}"`;
}

/** Most units touch two accounts, and every other time they stand in order. */
function inOrder(accounts: readonly Touched[]): readonly Touched[] {
  const [first, second] = accounts;
  if (!first || !second) return accounts;
  if (accounts.length > 2) return accounts.toSorted(byKey);
  return first.key < second.key ? accounts : [second, first];
}

function byKey(left: Touched, right: Touched): number {
  return left.key < right.key ? -1 : 1;
}

function writeEntry(entry: Draft['entries'][number]): string {
  return `[${list(entry, writeTransfer)}]`;
}

function writeTransfer({ from, to, amount, kind }: Transfer): string {
  return `["${from}","${to}","${formatDecimal(amount)}","${amount.currency.code}","${kind}"]`;
}

function writeEvent({ record, type, version, data }: Draft['events'][number]): string {
  return `{"data":${data},${record === undefined ? '' : `"record":"${record}",`}"type":"${type}","version":${version}}`;
}

function writeRecords(draft: Draft): string {
  return [...draft.records.values()]
    .map((record) => plain({ record: record.key, status: standingOf(record).status, version: record.version }))
    .join(',');
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

/** Writes what deciders gave. What is no plain data is their defect, and must never reach the bytes as anything else. */
function plain(value: unknown): string {
  const text = canonical(value);
  if (typeof text !== 'string')
    throw new Defect(`a unit holds ${text.given} at ${text.field}; allowed is ${text.allowed}`);
  return text;
}
