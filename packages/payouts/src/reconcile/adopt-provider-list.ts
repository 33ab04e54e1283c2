import { addDuration, hours, type Instant } from '@holdfast/kernel';
import { type Observation, type ProviderFault, readAttemptMark } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import type { Answer, Desk } from '../worker/desk.ts';
import { observe } from '../worker/observe.ts';
import { readList, readReversals } from './read-list.ts';

/** What came of adopting a provider's list. */
export interface AdoptedProviderList {
  /** Objects of this book, each of which was applied. */
  readonly adopted: number;
  /** Objects that are not this book's. */
  readonly foreign: number;
  /** Whether sending is open again. It is not while something that the book has forgotten may still be under way: adopt once more later. */
  readonly open: boolean;
}

/**
 * Adopts a provider's own list after a restore: everything that it has of this book is applied, also payouts and attempts that the book has forgotten. Once the list
 * reaches the instant at which all that was under way has arrived, sending opens.
 *
 * @errors
 * - `sender_unknown`: nobody told of this account.
 * - any fault of the store or the provider: asked again, it goes on.
 * @source docs/rules/payouts.md, P-21
 */
export async function adoptProviderList(
  desk: Desk,
  sender: string,
): Promise<Result<AdoptedProviderList, ProviderFault | AnswerError>> {
  const read = await desk.sender.read(sender);
  if (read.isErr()) return err(read.error);
  const provider = desk.providers.get(sender);
  const known = read.value.state;
  if (!known || !provider) return err({ code: 'sender_unknown', sender } as never);
  const { closed } = known.gate;
  if (!closed) return ok({ adopted: 0, foreign: 0, open: true });
  const readAt = desk.clock();
  const from = closed.adoptedUntil;
  const window = { from: addDuration(from, { ms: -OVERLAP.ms }), to: readAt };
  const list = await readList(provider, { kind: 'transfer', ...window }, desk.lookupTimeoutMs);
  if (list.isErr()) return err(list.error);
  // A reversal may be of a transfer that is older than the list.
  const reversals = await readReversals(provider, window, desk.lookupTimeoutMs);
  if (reversals.isErr()) return err(reversals.error);
  const isOurs = (observation: Observation) => readAttemptMark(observation)?.book === desk.payouts.book;
  const ours = [...list.value, ...reversals.value].filter(isOurs);
  for (const observation of ours) {
    const told = await observe(desk, observation);
    if (told.isErr() && told.error.code !== 'observation_not_ours') return err(told.error);
  }
  return finish(
    desk,
    sender,
    { from, to: readAt, readAt },
    { adopted: ours.length, foreign: list.value.length + reversals.value.length - ours.length },
  );
}

type AnswerError = Answer extends Result<unknown, infer E> ? E : never;

async function finish(
  desk: Desk,
  sender: string,
  part: { readonly from: Instant; readonly to: Instant; readonly readAt: Instant },
  counts: Pick<AdoptedProviderList, 'adopted' | 'foreign'>,
): Promise<Result<AdoptedProviderList, AnswerError>> {
  const options = { actor: desk.actor, key: `adopt:${sender}:${part.from}:${part.readAt}` };
  const adopted: Answer = await desk.sender.execute(sender, { type: 'AdoptList', ...part }, options);
  // Read before everything has arrived: what was adopted stays adopted, and the list is read once more later.
  if (adopted.isErr())
    return adopted.error.code === 'list_not_continuous' ? ok({ ...counts, open: false }) : err(adopted.error);
  const after = await desk.sender.read(sender);
  if (after.isErr()) return err(after.error);
  return ok({ ...counts, open: after.value.state?.gate.closed === undefined });
}

const OVERLAP = hours(1);
