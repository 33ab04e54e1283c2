import { type Ask, addDuration, hours, type Instant } from '@holdfast/kernel';
import type { Attempt, ProviderFault } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import { allAttempts } from '../records/payout/reversals.ts';
import { type Answer, asOne, type Desk } from '../worker/desk.ts';
import { factKey } from '../worker/fact-key.ts';
import { payoutExceptions } from './decider.ts';
import { exceptionId, type FoundException, type PayoutException } from './exception.ts';
import { matchLists } from './match-lists.ts';
import { readList, readReversals } from './read-list.ts';
import { type NoteRun, newestRunOf, type ReconciliationRun, reconciliationRuns, runId } from './run.ts';

/** What a run is of. */
export interface ReconcileOptions {
  readonly sender: string;
  /** Names the run; each has another. Asked for again by its name, a run gives what it found then. */
  readonly run: string;
  /** By the provider's clock, inclusive. Where it is absent: where the last run of the account ended, and for the first one from the beginning. */
  readonly from?: Instant;
  /** Exclusive; now where it is absent. Taken as no later than now less the provider's in-flight horizon. */
  readonly to?: Instant;
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
  /** The run before, of the same account. */
  readonly previous?: string;
}

/**
 * Compares a provider's list with the ledger over a window, keeps what does not agree as exceptions, and closes those of earlier runs that agree now. The run itself is
 * kept, too: the next one goes on where it ended.
 *
 * @errors
 * - `sender_unknown`: nobody told of this account.
 * - any fault of the store or the provider.
 * @source docs/rules/payouts.md, P-25
 */
export async function reconcilePayouts(
  desk: Desk,
  { sender, run, from: wanted, to: asked = desk.clock() }: ReconcileOptions,
): Promise<Result<Reconciliation, ProviderFault | AnswerError>> {
  const provider = desk.providers.get(sender);
  const read = await desk.sender.read(sender);
  if (read.isErr()) return err(read.error);
  const known = read.value.state;
  if (!provider || !known) return err({ code: 'sender_unknown', sender } as never);
  const runs = desk.book.use(reconciliationRuns);
  const kept = await runs.read(runId(sender, run));
  if (kept.isErr()) return err(kept.error);
  if (kept.value.state) return asKept(desk, kept.value.state);
  const before = await runs.list({ status: newestRunOf(sender), limit: 1 });
  if (before.isErr()) return err(before.error);
  const [last] = before.value.rows;
  const from = wanted ?? last?.state?.to ?? BEGINNING;
  const now = desk.clock();
  const horizon = provider.descriptor.operations.transfer?.inFlightHorizon ?? hours(1);
  const latest = addDuration(now, { ms: -horizon.ms });
  const to = asked < latest ? asked : latest;
  const window = { from: addDuration(from, { ms: -OVERLAP.ms }), to: addDuration(to, OVERLAP) };
  const list = await readList(provider, { kind: 'transfer', ...window }, desk.lookupTimeoutMs);
  if (list.isErr()) return err(list.error);
  const reversals = await readReversals(provider, window, desk.lookupTimeoutMs);
  if (reversals.isErr()) return err(reversals.error);
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
    reversals: reversals.value,
    attempts,
    now,
    horizon: STALE_AFTER,
  });
  const { matched, exceptions } = found;
  const previous = last?.state ? { previous: last.state.run } : {};
  const about = { sender, run, from, to };
  const closed = await keep(desk, { ...about, sequence, matched: matched.length, ...previous }, exceptions);
  if (closed.isErr()) return err(closed.error);
  return ok({ run, from, to, sequence, matched: matched.length, exceptions, closed: closed.value, ...previous });
}

/** Gives what a run found when it was made. */
async function asKept(
  desk: Desk,
  { run, from, to, sequence, matched, closed, previous, exceptions: ids }: ReconciliationRun,
): Promise<Result<Reconciliation, AnswerError>> {
  const exceptions: FoundException[] = [];
  for (const id of ids) {
    const read = await desk.book.use(payoutExceptions).read(id);
    if (read.isErr()) return err(read.error);
    const { reason, about, expected, found, at } = read.value.state as PayoutException;
    exceptions.push({ reason, about, expected, found, at });
  }
  const told = { run, from, to, sequence, matched, exceptions, closed };
  return ok(previous === undefined ? told : { ...told, previous });
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
    for (const { state } of page.value.rows) if (state?.sender === sender) attempts.push(...allAttempts(state));
    after = page.value.next;
    if (after === undefined) return ok({ attempts, sequence: page.value.sequence });
  }
}

type Kept = Omit<NoteRun, 'type' | 'exceptions' | 'closed'>;

/** Notes what was found, closes what was open of the window and is not found any more, and at last notes the run. */
async function keep(desk: Desk, about: Kept, found: readonly FoundException[]): Promise<Result<number, AnswerError>> {
  const { sender, run, from, to, previous } = about;
  const records = desk.book.use(payoutExceptions);
  const runs = desk.book.use(reconciliationRuns);
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
  const asks = [
    ...noted,
    ...gone.map(([id]): Ask => records.ask(id, { type: 'MatchException', run })),
    ...(previous === undefined ? [] : [runs.ask(runId(sender, previous), { type: 'PassRun' })]),
    runs.ask(runId(sender, run), { type: 'NoteRun', ...about, exceptions: [...now], closed: gone.length }),
  ];
  for (let start = 0; start < asks.length; start += CHUNK) {
    const chunk = asks.slice(start, start + CHUNK);
    const said = chunk.map(({ id, command }) => [id, command]);
    // A run that died may be made again by its name, and find something else.
    const told = await asOne(desk, chunk, factKey('reconcile', `${sender}.${run}`, said));
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

const BEGINNING: Instant = '2000-01-01T00:00:00.000Z';
const OVERLAP = hours(1);
const STALE_AFTER = hours(25);
const CHUNK = 200;
