import { type Instant, instantAt, isInstant } from '@holdfast/kernel';
import type { Observation, OperationKind, ProviderFault } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import type { FormFields } from './form.ts';
import type { Seat } from './observe.ts';
import { observeAll, withCharges } from './observe-all.ts';
import { type Reader, readPage, readPages, refused } from './read-stripe.ts';
import { fieldOf } from './send.ts';

/** A window of a list: from an instant, included, to another, not included; both in whole seconds, as Stripe counts. */
export interface ListQuery {
  readonly kind: OperationKind;
  readonly from: Instant;
  readonly to: Instant;
  /** Where the last page ended. */
  readonly cursor?: string;
}

/**
 * Lists what was made within a window, oldest first.
 *
 * Stripe lists newest first, so the window is halved until it fits a page, and the next one begins where it ends: a page is at
 * most a hundred objects, or those of one second.
 *
 * @source docs/rules/provider-stripe.md, ST-10
 */
export async function listSince(
  reader: Reader,
  seat: Seat,
  { kind, from, to, cursor }: ListQuery,
): Promise<Result<{ readonly observations: readonly Observation[]; readonly next?: string }, ProviderFault>> {
  const list = lists[kind];
  if (list === undefined) return err(refused(`a ${kind} is no object of its own: it shows on what it changed`));
  if (cursor !== undefined && !isInstant(cursor)) return err(refused('the cursor is none of this list'));
  const start = secondOf(cursor ?? from);
  const last = secondOf(to);
  if (start >= last) return ok({ observations: [] });
  const read = await readWindow(reader, list, { start, end: last });
  if (read.isErr()) return err(read.error);
  const observed = await observeAll(reader, seat, kind, read.value.objects.map(list.object).reverse());
  return observed.map((observations) =>
    read.value.end < last ? { observations, next: instantAt(read.value.end * 1000) } : { observations },
  );
}

interface List {
  readonly path: string;
  readonly fields: FormFields;
  readonly object: (row: unknown) => unknown;
}

const itself = (row: unknown) => row;
const lists: { readonly [Kind in OperationKind]?: List } = {
  collect: { path: '/v1/payment_intents', fields: withCharges, object: itself },
  refund: { path: '/v1/refunds', fields: {}, object: itself },
  transfer: { path: '/v1/transfers', fields: {}, object: itself },
  payout: { path: '/v1/payouts', fields: {}, object: itself },
  // Reversals have no list but the one of their transfer; each stands on the balance.
  reverse_transfer: {
    path: '/v1/balance_transactions',
    fields: { type: 'transfer_refund', 'expand[0]': 'data.source' },
    object: (row) => fieldOf(row, 'source'),
  },
};

async function readWindow(
  reader: Reader,
  { path, fields }: List,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<Result<{ readonly objects: readonly unknown[]; readonly end: number }, ProviderFault>> {
  let to = end;
  for (;;) {
    const query = { ...fields, 'created[gte]': `${start}`, 'created[lt]': `${to}` };
    const page = await readPage(reader, path, query);
    if (page.isErr()) return err(page.error);
    if (!page.value.hasMore) return ok({ objects: page.value.data, end: to });
    if (to - start > 1) {
      to = start + Math.floor((to - start) / 2);
      continue;
    }
    const pages = await readPages(reader, path, query, { first: page.value });
    return pages.map((objects) => ({ objects, end: to }));
  }
}

function secondOf(at: Instant): number {
  return Math.floor(Date.parse(at) / 1000);
}
