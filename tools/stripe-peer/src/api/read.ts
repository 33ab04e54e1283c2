import { invalid, known, missing } from '../answer.ts';
import type { Params } from '../form.ts';
import type { PeerTables } from '../objects.ts';
import { fundsNow, type PeerState } from '../state.ts';

const filters = ['transfer_group', 'destination', 'payment_intent', 'charge', 'status', 'type', 'source', 'transfer'];

/** Gives one object by its id, with one field expanded where that is asked. */
export function retrieve(state: PeerState, table: keyof PeerTables, id: string, params: Params): unknown {
  known(params, ['expand']);
  const object = state.tables[table].get(id);
  if (object === undefined) throw missing(table, id);
  const field = params.get('expand[0]');
  return field === undefined ? object : expanded(state, object, field);
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
  const isWanted = filterOf(params, wanted);
  const all = [...state.tables[table].values()].filter(isWanted).reverse();
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

/** Reads the filter once: a list is long where many payments are. */
function filterOf(params: Params, wanted: readonly (readonly [name: string, value: string])[]) {
  const limit = (name: string, absent: number) => Number(params.get(`created[${name}]`) ?? absent);
  const from = Math.max(limit('gte', Number.NEGATIVE_INFINITY), limit('gt', Number.NEGATIVE_INFINITY) + 1);
  const to = Math.min(limit('lte', Number.POSITIVE_INFINITY), limit('lt', Number.POSITIVE_INFINITY) - 1);
  return (one: PeerTables[keyof PeerTables]): boolean =>
    one.created >= from && one.created <= to && wanted.every(([name, value]) => Reflect.get(one, name) === value);
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
