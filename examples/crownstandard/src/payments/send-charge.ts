import type { Money } from '@holdfast/money';
import type { SubmitOutcome } from '@holdfast/providers';
import { type Crown, gateway } from '../book/open-crown.ts';
import type { ChargeFor } from './charge.ts';
import { reportCharge, type Told, whatFollows } from './report-charge.ts';

/** Takes a customer's payment, or gives one back: stores the intent, and sends it only where that was committed here. */
export async function startCharge(
  crown: Crown,
  id: string,
  about: { readonly for: ChargeFor; readonly amount: Money; readonly object?: string },
): Promise<Told> {
  const start = { type: 'StartCharge', ...about } as const;
  const started = (await crown.charges.execute(id, start, { actor: gateway, key: `start:${id}` })) as Told;
  if (started.isErr() && started.error.code === 'charge_exists') return (await claim(crown, id, about)) ?? started;
  return sendWhereStored(crown, id, started);
}

/** What a restored book has met at the provider under this name is what is asked for now: it counts, and nothing is sent. */
async function claim(
  crown: Crown,
  id: string,
  { for: about, amount }: { readonly for: ChargeFor; readonly amount: Money },
): Promise<Told | undefined> {
  const read = await crown.charges.read(id);
  const known = read.isOk() ? read.value.state : undefined;
  if (!known?.isAdopted) return undefined;
  const claimed = crown.charges.ask(id, { type: 'ClaimAdopted', for: about, amount });
  const isTaken = known.surplus.length > 0;
  const { asks, actor } = isTaken ? await whatFollows(crown, { ...known, for: about }) : { asks: [], actor: gateway };
  return (await crown.book.together([claimed, ...asks], { actor, key: `claim:${id}` })) as Told;
}

/** Makes the call whose intent a unit has stored, where that unit was committed here and now, and tells how it ended. */
export async function sendWhereStored(crown: Crown, id: string, stored: Told): Promise<Told> {
  if (stored.isErr() || stored.value.status !== 'committed') return stored;
  const read = await crown.charges.read(id, { asOf: stored.value.sequence });
  const attempt = read.isOk()
    ? read.value.state?.attempts.findLast(({ state }) => state.status === 'sending')
    : undefined;
  const send = attempt?.sends.at(-1);
  // The store could not be read: nothing was sent, and in two minutes somebody looks.
  if (!attempt || !send) return stored;
  const { operation, key, body, number } = attempt;
  const outcome: SubmitOutcome = await crown.provider.submit({ operation, key, body }, AbortSignal.timeout(TIMEOUT_MS));
  return reportCharge(crown, id, { type: 'ReportChargeOutcome', attempt: number, send: send.number, outcome });
}

/** Of a call to the provider. */
export const TIMEOUT_MS = 20_000;
