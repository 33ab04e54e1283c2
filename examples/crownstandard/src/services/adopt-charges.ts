import type { Actor, Instant, Refusal } from '@holdfast/kernel';
import { addDuration, decodeUnit, hours } from '@holdfast/kernel';
import { type Observation, type OperationKind, readAttemptMark } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import { chargeSenderId } from '../payments/charge-gate.ts';
import { reportCharge, type Told } from '../payments/report-charge.ts';
import { TIMEOUT_MS } from '../payments/send-charge.ts';
import { placeForgotten } from './place-forgotten.ts';

/** What came of adopting the provider's list of payments and refunds. */
export interface AdoptedCharges {
  /** That the book knew, some of them from before they had succeeded. */
  readonly known: number;
  /** That the book had forgotten and could place. */
  readonly placed: number;
  /** That nobody can place from here: their money lies in suspense, and each has a line in the operator's queue. */
  readonly inSuspense: number;
  /** Whether payments and refunds are sent again. While something forgotten may still be under way they are not: adopt once more later. */
  readonly open: boolean;
}

/**
 * Adopts the provider's own list of payments and refunds after a restore: what the book knows is told to it, what it has forgotten becomes the charge that it was. Until
 * then nobody is charged or refunded, so no customer pays twice for what the book has forgotten.
 *
 * @errors
 * - any fault of the store or the provider: asked again, it goes on.
 */
export async function adoptCharges(crown: Crown): Promise<Result<AdoptedCharges, Refusal>> {
  const closed = await closeForEpoch(crown);
  if (closed.isErr()) return err(closed.error);
  const from = closed.value;
  if (from === undefined) return ok({ known: 0, placed: 0, inSuspense: 0, open: true });
  const readAt = crown.clock();
  const counts = { known: 0, placed: 0, inSuspense: 0 };
  const payments = await readList(crown, 'collect', { from, to: readAt });
  const refunds = await readList(crown, 'refund', { from, to: readAt });
  if (payments.isErr()) return err(payments.error);
  if (refunds.isErr()) return err(refunds.error);
  const owners = new Map(payments.value.map((one) => [one.object, chargeOf(crown, one)]));
  for (const observation of [...payments.value, ...refunds.value]) {
    const id = chargeOf(crown, observation);
    if (id === undefined) continue;
    const read = await crown.charges.read(id);
    if (read.isErr()) return err(read.error as Refusal);
    if (read.value.state) {
      const told = await reportCharge(crown, id, { type: 'ReportChargeObservation', observation });
      if (told.isErr()) return err(told.error);
      counts.known += 1;
      continue;
    }
    const placed = await placeForgotten(crown, id, { observation, owner: owners.get(id.slice('surplus.'.length)) });
    if (placed.isErr()) return err(placed.error);
    counts[placed.value === 'placed' ? 'placed' : 'inSuspense'] += 1;
  }
  return finish(crown, { from, readAt }, counts);
}

/** Closes the account for a new epoch of the book, and gives from where on the list is wanted; nothing where it is open. */
async function closeForEpoch(crown: Crown): Promise<Result<Instant | undefined, Refusal>> {
  const { book, payouts, provider } = crown;
  const sender = book.use(payouts.sender);
  const id = chargeSenderId(provider.descriptor);
  const head = await book.head();
  const read = await sender.read(id);
  if (head.isErr()) return err(head.error as Refusal);
  if (read.isErr()) return err(read.error as Refusal);
  const { epoch } = head.value;
  const gate = read.value.state?.gate;
  if (gate?.closed) return ok(gate.closed.adoptedUntil);
  if (epoch === (gate?.epoch ?? 0)) return ok(undefined);
  const found = await lastBeforeEpoch(crown);
  if (found.isErr()) return err(found.error);
  const from = found.value;
  const { id: name, account, mode } = provider.descriptor;
  const asks = gate
    ? [sender.ask(id, { type: 'BeginEpoch', epoch, from })]
    : [
        // A book of before there was this record.
        sender.ask(id, { type: 'RegisterSender', provider: name, account, mode }),
        sender.ask(id, { type: 'ReportUnknownAttempt', from }),
      ];
  const told = (await book.together(asks, { actor: adopter, key: `charges:epoch:${epoch}` })) as Told;
  return told.isErr() ? err(told.error) : ok(from);
}

/** Gives when the last unit was before the newest epoch: what the book has forgotten came after it. */
async function lastBeforeEpoch({ book }: Crown): Promise<Result<Instant, Refusal>> {
  let [before, found] = ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'];
  for (let after = 0; ; ) {
    const page = await book.units({ after, limit: PAGE });
    if (page.isErr()) return err(page.error as Refusal);
    const units = page.value.kind === 'units' ? page.value.units : [];
    for (const { bytes } of units) {
      if (bytes.includes('"type":"EpochBegun"')) found = before;
      before = decodeUnit(bytes).at;
    }
    const last = units.at(-1);
    if (last === undefined) return ok(found);
    after = last.sequence;
  }
}

async function readList(
  { provider }: Crown,
  kind: OperationKind,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<Result<readonly Observation[], Refusal>> {
  const all: Observation[] = [];
  const window = { kind, from: addDuration(from, { ms: -OVERLAP.ms }), to };
  for (let cursor: string | undefined; ; ) {
    const query = cursor === undefined ? window : { ...window, cursor };
    const page = await provider.listSince(query, AbortSignal.timeout(TIMEOUT_MS));
    if (page.isErr()) return err(page.error as Refusal);
    all.push(...page.value.observations);
    cursor = page.value.next;
    if (cursor === undefined) return ok(all);
  }
}

async function finish(
  { book, payouts, provider }: Crown,
  { from, readAt }: { readonly from: Instant; readonly readAt: Instant },
  counts: Omit<AdoptedCharges, 'open'>,
): Promise<Result<AdoptedCharges, Refusal>> {
  const sender = book.use(payouts.sender);
  const id = chargeSenderId(provider.descriptor);
  const options = { actor: adopter, key: `charges:adopt:${from}:${readAt}` };
  const told = (await sender.execute(id, { type: 'AdoptList', from, to: readAt, readAt }, options)) as Told;
  // Read before everything has arrived: what was adopted stays adopted, and the list is read once more later.
  if (told.isErr()) return told.error.code === 'list_not_continuous' ? ok({ ...counts, open: false }) : err(told.error);
  const after = await sender.read(id);
  if (after.isErr()) return err(after.error as Refusal);
  return ok({ ...counts, open: after.value.state?.gate.closed === undefined });
}

/** Gives the charge that an object of this book carries the name of. */
function chargeOf({ book }: Crown, observation: Observation): string | undefined {
  const mark = readAttemptMark(observation);
  return mark?.book === book.name && mark.payout.startsWith(CHARGE) ? mark.payout.slice(CHARGE.length) : undefined;
}

const adopter: Actor = { id: 'adopter', role: 'gateway' };
const CHARGE = 'charge.';
const OVERLAP = hours(1);
const PAGE = 500;
