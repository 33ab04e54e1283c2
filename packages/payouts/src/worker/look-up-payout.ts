import { addDuration, type Instant, type TaskEnd } from '@holdfast/kernel';
import { type Attempt, type Lookup, type Provider, type ProviderFault, readAttemptMark } from '@holdfast/providers';
import { err, type Result } from 'neverthrow';
import type { Payout } from '../records/payout/payout.ts';
import { type AttemptRef, attemptsOf, findAttempt, nameOf } from '../records/payout/reversals.ts';
import { alarmsBetween } from './alarms.ts';
import { rechecks } from './companions.ts';
import { type Answer, asOne, type Desk, DONE, failed, later, readPayout, STALE } from './desk.ts';
import { factKey } from './fact-key.ts';
import { inTime } from './in-time.ts';
import { observe } from './observe.ts';
import { sendAttempt } from './send-attempt.ts';

/**
 * Looks up what came of an attempt: a send that nobody reports is presumed silent, the provider is asked by the reference of the payout or the reversal, everything that it has is
 * applied, and after silence and conclusive absence the same key and bytes are sent once more.
 *
 * @source docs/rules/payouts.md, P-17, P-23
 */
export async function lookUpPayout(desk: Desk, id: string, ref: AttemptRef): Promise<TaskEnd> {
  const read = await readPayout(desk, id);
  if (read.isErr()) return failed(read.error);
  const payout = read.value.state;
  const attempt = payout && findAttempt(payout, ref);
  if (!payout || !attempt) return STALE;
  if (attempt.state.status === 'sending') {
    const presumed = await presume(desk, id, attempt);
    if (presumed.isErr()) return failed(presumed.error);
  }
  const looked = await lookUp(desk, payout, attempt);
  // The provider did not answer: nothing is learnt, and nothing counts.
  if (looked.lookup.isErr()) return later(UNANSWERED_MS);
  return applyLookedUp(desk, id, { payout, attempt, lookedAt: looked.lookedAt, lookup: looked.lookup.value });
}

interface LookedUp {
  readonly payout: Payout;
  readonly attempt: Attempt;
  readonly lookedAt: Instant;
  readonly lookup: Lookup;
}

/** Applies what a look-up found, and sends once more where that is right. */
export async function applyLookedUp(
  desk: Desk,
  id: string,
  { payout, attempt: { reversal, number }, lookedAt, lookup }: LookedUp,
): Promise<TaskEnd> {
  for (const observation of lookup.found) {
    const mark = readAttemptMark(observation);
    const isUnknown = mark?.book === desk.payouts.book && mark.payout === id && !findAttempt(payout, mark);
    // An attempt that the book does not know comes first: it may have moved the money that this one would.
    if (isUnknown) await observe(desk, observation);
  }
  const named = reversal === undefined ? {} : { reversal };
  const command = { type: 'ReportLookup', ...named, attempt: number, lookedAt, lookup } as const;
  const again = await rechecks(desk, id, payout);
  const key = factKey('look-up', `${nameOf(id, reversal)}.${number}`, [command, again.map((ask) => ask.id)]);
  const told = await asOne(desk, [desk.payout.ask(id, command), ...again], key);
  if (told.isErr()) return failed(told.error);
  const after = await readPayout(desk, id);
  if (after.isErr()) return failed(after.error);
  if (after.value.state) for (const alarm of alarmsBetween(id, payout, after.value.state)) desk.alarm(alarm);
  return sendOnceMore(desk, id, after.value.version, reversal);
}

/** Looks up the reference of an attempt at the provider that it was sent to. */
export async function lookUp(
  desk: Desk,
  payout: Payout,
  { operation, reversal }: Attempt,
): Promise<{ readonly lookedAt: Instant; readonly lookup: Result<Lookup, ProviderFault> }> {
  const lookedAt = desk.clock();
  const { sender } = payout;
  const provider: Provider | undefined = desk.providers.get(sender);
  const silent = (message: string) =>
    err({ fault: true, code: 'provider_timeout', message, retryable: true, effect: 'none' } as const);
  if (!provider) return { lookedAt, lookup: silent(`there is no provider for ${sender}`) };
  const since = attemptsOf(payout, reversal)[0]?.intentAt ?? lookedAt;
  const { kind, reference, object } = operation;
  const query = { kind, reference, since, ...(object === undefined ? {} : { object }) };
  const lookup = await inTime<Result<Lookup, ProviderFault>>(
    desk.lookupTimeoutMs,
    (signal) => provider.lookup(query, signal),
    silent,
  );
  return { lookedAt, lookup };
}

function presume(desk: Desk, id: string, { reversal, number, sends }: Attempt): Promise<Answer> {
  // Only sends whose worker cannot report any more: the time-out and the report are over.
  const sentBefore = addDuration(desk.clock(), { ms: -2 * (desk.sendTimeoutMs + desk.lookupTimeoutMs) });
  const key = `presume:${nameOf(id, reversal)}:${number}:${sends.at(-1)?.number ?? 0}:${sentBefore}`;
  const named = reversal === undefined ? {} : { reversal };
  const command = { type: 'PresumeSilence', ...named, attempt: number, sentBefore } as const;
  return desk.payout.execute(id, command, { actor: desk.actor, key });
}

async function sendOnceMore(desk: Desk, id: string, version: number, reversal: number | undefined): Promise<TaskEnd> {
  const options = { actor: desk.actor, key: `again:${nameOf(id, reversal)}:${version}` };
  const named = reversal === undefined ? {} : { reversal };
  const again: Answer = await desk.payout.execute(id, { type: 'SendAgain', ...named }, options);
  // It may not be sent: it is looked up again.
  if (again.isErr()) return 'fault' in again.error ? failed(again.error) : DONE;
  return again.value.status === 'committed' ? sendAttempt(desk, id, again.value.sequence, reversal) : DONE;
}

const UNANSWERED_MS = 60_000;
