import { addDuration, type TaskEnd } from '@holdfast/kernel';
import type { Attempt } from '@holdfast/providers';
import { type Crown, gateway } from '../book/open-crown.ts';
import { type Charge, chargeStatus } from './charge.ts';
import { deadlinesOf, givenUp, lookUpAt, toGiveBack } from './charge-deadlines.ts';
import { giveBackSurplus } from './give-back-surplus.ts';
import { lookUpCharge } from './look-up-charge.ts';
import { reportCharge, type Told } from './report-charge.ts';
import { sendWhereStored, TIMEOUT_MS } from './send-charge.ts';
import { voidPayment } from './void-payment.ts';

/**
 * Goes on with a charge that is not over: looks it up, cancels what is open of a payment that was given up, sends it again where that is safe, and gives back what was
 * taken twice. Harmless whenever it is called.
 */
export async function goOnWithCharge(crown: Crown, id: string): Promise<TaskEnd> {
  const before = await readCharge(crown, id);
  if (!before) return DONE;
  if (before.charge.asserted) {
    const applied = await reportCharge(crown, id, { type: 'ApplyAssertion', saidAt: before.charge.asserted.at });
    if (applied.isErr()) return failed(applied.error.code);
  }
  if (before.charge.attempts.some((attempt) => lookUpAt(before.charge, attempt) !== undefined)) {
    const looked = await lookUp(crown, id, before.charge);
    if (looked) return looked;
  }
  const open = await readCharge(crown, id);
  if (!open) return DONE;
  for (const surplus of toGiveBack(open.charge)) {
    const told = await giveBackSurplus(crown, id, surplus);
    if (told.isErr()) return told.error.code === 'sending_closed' ? CLOSED : failed(told.error.code);
  }
  const status = chargeStatus(open.charge);
  if (status === 'sending' || status === 'unknown') {
    const again = await sendAgain(crown, id, open.version);
    if (again?.isErr()) return failed(again.error.code);
  }
  return whenDue(crown, id);
}

async function lookUp(crown: Crown, id: string, charge: Charge): Promise<TaskEnd | undefined> {
  for (const attempt of charge.attempts) if (attempt.state.status === 'sending') await presume(crown, id, attempt);
  for (let turn = 1; ; turn += 1) {
    const looked = await lookUpCharge(crown, id, charge);
    // The provider did not answer: nothing is learnt, and nothing counts.
    if (looked === undefined) return { end: 'later', afterMs: UNANSWERED_MS };
    if (looked.isErr()) return failed(looked.error.code);
    const known = await readCharge(crown, id);
    const open = known ? givenUp(known.charge, crown.clock()) : [];
    if (open.length === 0 || turn === MOST_TURNS) return undefined;
    // What came of it is learnt as everything is: it is looked up.
    for (const { object } of open) await voidPayment(crown, id, { charge, object, turn });
  }
}

/** Only calls whose worker cannot report any more: the time-out is over twice. */
async function presume({ charges, clock }: Crown, id: string, { number, sends }: Attempt): Promise<void> {
  const sentBefore = addDuration(clock(), { ms: -2 * TIMEOUT_MS });
  const key = `presume:${id}:${number}:${sends.length}:${sentBefore}`;
  await charges.execute(id, { type: 'PresumeChargeSilence', attempt: number, sentBefore }, { actor: gateway, key });
}

async function sendAgain(crown: Crown, id: string, version: number): Promise<Told | undefined> {
  const options = { actor: gateway, key: `again:${id}:${version}` };
  const again = (await crown.charges.execute(id, { type: 'SendChargeAgain' }, options)) as Told;
  if (again.isErr()) return again.error.code === 'charge_not_sendable' ? undefined : again;
  return sendWhereStored(crown, id, again);
}

/** What is left to be done is done at its time; a hint that came too early has changed nothing. */
async function whenDue(crown: Crown, id: string): Promise<TaskEnd> {
  const known = await readCharge(crown, id);
  const [next] = known
    ? deadlinesOf(known.charge)
        .map(({ dueAt }) => dueAt)
        .sort()
    : [];
  if (next === undefined || next > crown.clock()) return DONE;
  return { end: 'later', afterMs: UNANSWERED_MS };
}

async function readCharge(
  { charges }: Crown,
  id: string,
): Promise<{ readonly charge: Charge; readonly version: number } | undefined> {
  const read = await charges.read(id);
  const { state, version } = read.isOk() ? read.value : {};
  return state && version !== undefined ? { charge: state, version } : undefined;
}

function failed(code: string): TaskEnd {
  return { end: 'failed', code };
}

/** Until the provider's list was adopted. */
const CLOSED: TaskEnd = { end: 'later', afterMs: 600_000 };
const DONE: TaskEnd = { end: 'done' };
const UNANSWERED_MS = 60_000;
const MOST_TURNS = 3;
