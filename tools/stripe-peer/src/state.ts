import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { PeerEvent, PeerTables } from './objects.ts';

/** What was answered under a key. */
export interface KeptKey {
  readonly at: number;
  readonly path: string;
  readonly body: string;
  /** Absent while the first request under it still runs. */
  readonly answer?: { readonly status: number; readonly body: unknown };
}

/** How a connected account stands. */
export interface AccountStanding {
  readonly transfers: 'active' | 'inactive';
  readonly closed: boolean;
  readonly exists: boolean;
}

/** All that the peer knows. */
export interface PeerState {
  readonly livemode: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly settleAfterMs: number;
  readonly fee: { readonly basisPoints: number; readonly fixed: number };
  readonly tables: { readonly [Table in keyof PeerTables]: Map<string, PeerTables[Table]> };
  readonly keys: Map<string, KeptKey>;
  readonly accounts: Map<string, AccountStanding>;
  /** Per currency: what is available, and what becomes so. */
  readonly funds: Map<string, Funds>;
  /** The key of the request that runs, for the events that it makes. */
  request: { id: string | null; key: string | null };
  /** Called with each event that is made. */
  readonly onEvent: (event: PeerEvent) => void;
  /** Writes a change to the folder, where there is one. */
  readonly write: (entry: readonly [table: string, id: string, value: unknown]) => void;
}

/** The balance in one currency. */
export interface Funds {
  available: bigint;
  pending: { readonly amount: bigint; readonly on: number }[];
}

/** Puts an object into its table. */
export function put<Table extends keyof PeerTables>(
  state: PeerState,
  table: Table,
  object: PeerTables[Table],
): PeerTables[Table] {
  (state.tables[table] as Map<string, PeerTables[Table]>).set(object.id, object);
  state.write([table, object.id, object]);
  return object;
}

/** Gives the next id of a table: in order, and the same in every run. */
export function nextId(state: PeerState, table: keyof PeerTables, prefix: string): string {
  return `${prefix}_${String(state.tables[table].size + 1).padStart(8, '0')}`;
}

/** The seconds that Stripe counts in. */
export function seconds(state: PeerState): number {
  return Math.floor(state.now() / 1000);
}

/** Makes an empty state, or the one that a folder keeps. */
export function openState(options: {
  readonly livemode: boolean;
  readonly now: () => number;
  readonly settleAfterMs: number;
  readonly fee: { readonly basisPoints: number; readonly fixed: number };
  readonly folder: string | undefined;
  readonly onEvent: (event: PeerEvent) => void;
}): PeerState {
  const { folder, ...given } = options;
  const file = folder === undefined ? undefined : path.join(folder, 'peer.jsonl');
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const state: PeerState = {
    ...given,
    tables: {
      payment_intent: new Map(),
      charge: new Map(),
      transfer: new Map(),
      transfer_reversal: new Map(),
      refund: new Map(),
      payout: new Map(),
      balance_transaction: new Map(),
      dispute: new Map(),
      event: new Map(),
    },
    keys: new Map(),
    accounts: new Map(),
    funds: new Map(),
    request: { id: null, key: null },
    write: (entry) => {
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(entry)}\n`);
    },
  };
  if (file !== undefined && existsSync(file)) replay(state, readFileSync(file, 'utf8'));
  return state;
}

/** Reads the folder's lines back; one that a kill cut short is the last, and was answered to nobody. */
function replay(state: PeerState, text: string): void {
  for (const line of text.split('\n')) {
    const entry = parseLine(line);
    if (entry === undefined) continue;
    const [table, id, value] = entry;
    if (table === 'key') state.keys.set(id, value as KeptKey);
    else if (table === 'account') state.accounts.set(id, value as AccountStanding);
    else (state.tables[table as keyof PeerTables] as Map<string, unknown>).set(id, value);
  }
  for (const one of state.tables.balance_transaction.values()) addFunds(state, one);
  // A request that ran when the peer was killed runs no more.
  for (const [key, { answer }] of state.keys) if (answer === undefined) state.keys.delete(key);
}

function parseLine(line: string): readonly [string, string, unknown] | undefined {
  try {
    return JSON.parse(line) as readonly [string, string, unknown];
  } catch {
    return undefined;
  }
}

/** Adds a movement to the balance. */
export function addFunds(
  state: PeerState,
  { currency, net, available_on }: { readonly currency: string; readonly net: number; readonly available_on: number },
): void {
  const funds = state.funds.get(currency) ?? { available: 0n, pending: [] };
  state.funds.set(currency, funds);
  funds.pending.push({ amount: BigInt(net), on: available_on });
}

/** Gives the balance in a currency as it stands now. */
export function fundsNow(state: PeerState, currency: string): { readonly available: bigint; readonly pending: bigint } {
  const funds = state.funds.get(currency) ?? { available: 0n, pending: [] };
  const now = seconds(state);
  const open: { readonly amount: bigint; readonly on: number }[] = [];
  for (const one of funds.pending) {
    if (one.on <= now) funds.available += one.amount;
    else open.push(one);
  }
  funds.pending = open;
  return { available: funds.available, pending: open.reduce((total, { amount }) => total + amount, 0n) };
}
