import { type Ask, addDuration, hours, type Instant } from '@holdfast/kernel';
import type { Attempt, ProviderFault } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import { type Answer, asOne, type Desk } from '../worker/desk.ts';
import { payoutExceptions } from './decider.ts';
import { exceptionId, type FoundException, type PayoutException } from './exception.ts';
import { matchLists } from './match-lists.ts';
import { readList } from './read-list.ts';

/** What a run is of. */
export interface ReconcileOptions {
  readonly sender: string;
  /** Names the run; each has another. */
  readonly run: string;
  /** By the provider's clock, inclusive. */
  readonly from: Instant;
  /** Exclusive. Taken as no later than now less the provider's in-flight horizon. */
  readonly to: Instant;
}

/** What a run found. */
export interface Reconciliation {
  readonly run: string;
  readonly from: Instant;
  readonly to: Instant;
  /** Of the ledger, when it was compared. */
  readonly sequence: number;
  readonly matched: number;
  readonly exceptions: readonly FoundException[];
  /** Exceptions of earlier runs that this one closed. */
  readonly closed: number;
}

/**
 * Compares a provider's list with the ledger over a window, keeps what does not agree as exceptions, and closes those of earlier runs that agree now.
 *
 * @errors
 * - `sender_unknown`: nobody told of this account.
 * - any fault of the store or the provider.
 * @source docs/rules/payouts.md, P-25
 */
export async function reconcilePayouts(
  desk: Desk,
  { sender, run, from, to: asked }: ReconcileOptions,
): Promise<Result<Reconciliation, ProviderFault | AnswerError>> {
  const provider = desk.providers.get(sender);
  const read = await desk.sender.read(sender);
  if (read.isErr()) return err(read.error);
  const known = read.value.state;
  if (!provider || !known) return err({ code: 'sender_unknown', sender } as never);
  const now = desk.clock();
  const horizon = provider.descriptor.operations.transfer?.inFlightHorizon ?? hours(1);
  const latest = addDuration(now, { ms: -horizon.ms });
  const to = asked < latest ? asked : latest;
  const window = { from: addDuration(from, { ms: -OVERLAP.ms }), to: addDuration(to, OVERLAP) };
  const list = await readList(provider, { kind: 'transfer', ...window }, desk.lookupTimeoutMs);
  if (list.isErr()) return err(list.error);
  const ledger = await readAttempts(desk, sender);
  if (ledger.isErr()) return err(ledger.error);
  const { attempts, sequence } = ledger.value;
  const { book } = desk.payouts;
  const { mode, epoch } = known.gate;
  const found = matchLists({
    book,
    mode,
    epoch,
    from,
    to,
    observations: list.value,
    attempts,
    now,
    horizon: STALE_AFTER,
  });
  const closed = await keep(desk, { sender, run, from, to }, found.exceptions);
  if (closed.isErr()) return err(closed.error);
  const { matched, exceptions } = found;
  return ok({ run, from, to, sequence, matched: matched.length, exceptions, closed: closed.value });
}

type AnswerError = Answer extends Result<unknown, infer E> ? E : never;

async function readAttempts(
  desk: Desk,
  sender: string,
): Promise<Result<{ readonly attempts: readonly Attempt[]; readonly sequence: number }, AnswerError>> {
  const attempts: Attempt[] = [];
  for (let after: string | undefined; ; ) {
    const page = await desk.payout.list({ limit: 500, ...(after === undefined ? {} : { after }) });
    if (page.isErr()) return err(page.error);
    for (const { state } of page.value.rows)
      if (state?.sender === sender) attempts.push(...state.attempts.map(({ attempt }) => attempt));
    after = page.value.next;
    if (after === undefined) return ok({ attempts, sequence: page.value.sequence });
  }
}

/** Notes what was found, and closes what was open of the window and is not found any more. */
async function keep(
  desk: Desk,
  { sender, run, from, to }: ReconcileOptions,
  found: readonly FoundException[],
): Promise<Result<number, AnswerError>> {
  const records = desk.book.use(payoutExceptions);
  const open = await readOpen(desk, sender);
  if (open.isErr()) return err(open.error);
  const now = new Set(found.map((one) => exceptionId(sender, one)));
  const noted = found.map(
    (one): Ask => records.ask(exceptionId(sender, one), { type: 'NoteException', sender, run, ...one }),
  );
  const gone = [...open.value].filter(([id, { at, reason }]) => {
    // What is in transit is of no window: it is looked at in every run.
    return !now.has(id) && (reason === 'stale_transit' || (at >= from && at < to));
  });
  const asks = [...noted, ...gone.map(([id]): Ask => records.ask(id, { type: 'MatchException', run }))];
  for (let start = 0; start < asks.length; start += CHUNK) {
    const told = await asOne(desk, asks.slice(start, start + CHUNK), `reconcile:${sender}:${run}:${start}`);
    if (told.isErr()) return err(told.error);
  }
  return ok(gone.length);
}

async function readOpen(
  desk: Desk,
  sender: string,
): Promise<Result<ReadonlyMap<string, PayoutException>, AnswerError>> {
  const open = new Map<string, PayoutException>();
  for (let after: string | undefined; ; ) {
    const query = { status: 'open', limit: 500, ...(after === undefined ? {} : { after }) };
    const page = await desk.book.use(payoutExceptions).list(query);
    if (page.isErr()) return err(page.error);
    for (const { id, state } of page.value.rows) if (state?.sender === sender) open.set(id, state);
    after = page.value.next;
    if (after === undefined) return ok(open);
  }
}

const OVERLAP = hours(1);
const STALE_AFTER = hours(25);
const CHUNK = 200;
