import { invalid, known, missing } from '../answer.ts';
import type { Params } from '../form.ts';
import type { PeerTables } from '../objects.ts';
import { fundsNow, type PeerState } from '../state.ts';

const filters = ['transfer_group', 'destination', 'payment_intent', 'charge', 'status', 'type', 'source', 'transfer'];

/** Gives one object by its id. */
export function retrieve(state: PeerState, table: keyof PeerTables, id: string): unknown {
  const object = state.tables[table].get(id);
  if (object === undefined) throw missing(table, id);
  return object;
}

/** Gives a page of a list, newest first, with Stripe's cursors. */
export function list(
  state: PeerState,
  table: keyof PeerTables,
  {
    params,
    url,
    fixed = {},
  }: { readonly params: Params; readonly url: string; readonly fixed?: Record<string, string> },
): unknown {
  known(params, [...filters, 'created', 'limit', 'starting_after', 'ending_before', 'expand']);
  const limit = Number(params.get('limit') ?? '10');
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw invalid('limit', 'parameter_invalid_integer', 'limit is from 1 to 100.');
  }
  const wanted = [...Object.entries(fixed), ...filters.flatMap((name) => pick(params, name))];
  const all = [...state.tables[table].values()].filter((one) => matches(one, params, wanted)).reverse();
  const after = place(all, params.get('starting_after'), 'starting_after');
  const before = place(all, params.get('ending_before'), 'ending_before');
  const start = after === undefined ? Math.max(0, (before ?? 0) - limit) : after + 1;
  const end = before ?? all.length;
  const page = all.slice(start, Math.min(start + limit, end));
  const more = before === undefined ? start + limit < all.length : start > 0;
  const expand = params.get('expand[0]');
  const data = expand === undefined ? page : page.map((one) => expanded(state, one, expand.replace('data.', '')));
  return { object: 'list', data, has_more: more, url };
}

function place(all: readonly { readonly id: string }[], id: string | undefined, param: string): number | undefined {
  if (id === undefined) return undefined;
  const at = all.findIndex((one) => one.id === id);
  if (at < 0) throw missing('object', id, param, 400);
  return at;
}

function matches(
  one: PeerTables[keyof PeerTables],
  params: Params,
  wanted: readonly (readonly [name: string, value: string])[],
): boolean {
  const within = (name: string, test: (limit: number) => boolean) => {
    const limit = params.get(`created[${name}]`);
    return limit === undefined || test(Number(limit));
  };
  return (
    wanted.every(([name, value]) => Reflect.get(one, name) === value) &&
    within('gte', (limit) => one.created >= limit) &&
    within('gt', (limit) => one.created > limit) &&
    within('lte', (limit) => one.created <= limit) &&
    within('lt', (limit) => one.created < limit)
  );
}

function pick(params: Params, name: string): readonly (readonly [string, string])[] {
  const value = params.get(name);
  return value === undefined ? [] : [[name, value]];
}

/** Puts the object in place of its id, in one field. */
function expanded(state: PeerState, one: PeerTables[keyof PeerTables], field: string): unknown {
  const id: unknown = Reflect.get(one, field);
  const found = Object.values(state.tables)
    .map((table) => table.get(String(id)))
    .find((object) => object !== undefined);
  return { ...one, [field]: found ?? id };
}

/** Gives the balance. */
export function balance(state: PeerState): unknown {
  const rows = [...state.funds.keys()].map((currency) => ({ currency, ...fundsNow(state, currency) }));
  const of = (pick: 'available' | 'pending') =>
    rows.map((row) => ({ currency: row.currency, amount: Number(row[pick]), source_types: {} }));
  return { object: 'balance', livemode: state.livemode, available: of('available'), pending: of('pending') };
}
