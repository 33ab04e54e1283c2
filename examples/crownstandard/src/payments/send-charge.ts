import type { Money } from '@holdfast/money';
import type { SubmitOutcome } from '@holdfast/providers';
import type { Crown } from '../book/open-crown.ts';
import { gateway } from '../book/open-crown.ts';
import { type ChargeFor, chargeStatus } from './charge.ts';
import { reportCharge, type Told } from './report-charge.ts';

/** Takes a customer's payment, or gives one back: stores the intent, and sends it only where that was committed here. */
export async function startCharge(
  crown: Crown,
  id: string,
  about: { readonly for: ChargeFor; readonly amount: Money; readonly object?: string },
): Promise<Told> {
  const started = (await crown.charges.execute(
    id,
    { type: 'StartCharge', ...about },
    { actor: gateway, key: `start:${id}` },
  )) as Told;
  return sendWhereStored(crown, id, started);
}

/** Sends a charge whose intent was stored by a unit, where that unit was committed here and now. */
export async function sendWhereStored(crown: Crown, id: string, stored: Told): Promise<Told> {
  return stored.isOk() && stored.value.status === 'committed' ? sendNewest(crown, id) : stored;
}

/** Goes on with a charge that is not settled: looks it up, and sends it again where that is safe. Harmless whenever it is called. */
export async function goOnWithCharge(crown: Crown, id: string): Promise<Told | undefined> {
  const read = await crown.charges.read(id);
  const charge = read.isOk() ? read.value.state : undefined;
  if (!charge || chargeStatus(charge) === 'succeeded' || chargeStatus(charge) === 'declined') return undefined;
  const { attempt } = charge;
  if (attempt.state.status !== 'due') {
    const lookedAt = crown.clock();
    const { kind, reference, object } = attempt.operation;
    const query = { kind, reference, since: attempt.intentAt, ...(object === undefined ? {} : { object }) };
    const found = await crown.provider.lookup(query, AbortSignal.timeout(TIMEOUT_MS));
    if (found.isErr()) return undefined;
    const told = await reportCharge(crown, id, { type: 'ReportChargeLookup', lookup: found.value, lookedAt });
    if (told.isErr()) return told;
  }
  const version = read.isOk() ? read.value.version : 0;
  const again = (await crown.charges.execute(
    id,
    { type: 'SendChargeAgain' },
    { actor: gateway, key: `again:${id}:${version}` },
  )) as Told;
  return again.isOk() && again.value.status === 'committed' ? sendNewest(crown, id) : undefined;
}

/** Makes the call that was stored last, and tells how it ended. */
async function sendNewest(crown: Crown, id: string): Promise<Told> {
  const read = await crown.charges.read(id);
  const attempt = read.isOk() ? read.value.state?.attempt : undefined;
  const send = attempt?.sends.at(-1);
  if (!attempt || !send) throw new Error(`the charge ${id} has nothing to send`);
  const { operation, key, body } = attempt;
  const outcome: SubmitOutcome = await crown.provider.submit({ operation, key, body }, AbortSignal.timeout(TIMEOUT_MS));
  return reportCharge(crown, id, { type: 'ReportChargeOutcome', send: send.number, outcome });
}

const TIMEOUT_MS = 20_000;
