import type { Actor, Refusal } from '@holdfast/kernel';
import { transferMoney } from '@holdfast/ledger';
import { err } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import type { Told } from '../payments/report-charge.ts';
import { sendWhereStored } from '../payments/send-charge.ts';
import { CARDS, owedAgainOf } from '../payments/settle-charge.ts';

/**
 * Sends a refund once more that came back: as a charge of its own, with a key of its own, since the first one was executed and ended with a no. What the customer is owed
 * again is booked to the card in the unit that stores the intent. Asked again, it answers as it did.
 *
 * @errors
 * - `actor_not_allowed`: only an operator has it sent.
 * - `charge_unknown`: there is none.
 * - `charge_not_waiting`: it has not come back, or was sent once more before.
 */
export async function sendRefundOnceMore(
  crown: Crown,
  { charge, why }: { readonly charge: string; readonly why: string },
  actor: Actor,
): Promise<Told> {
  if (actor.role !== 'operator') return err({ code: 'actor_not_allowed' });
  const read = await crown.charges.read(charge);
  if (read.isErr()) return err(read.error as Refusal);
  const { state } = read.value;
  const [first] = state?.attempts ?? [];
  if (!state || !first) return err({ code: 'charge_unknown' });
  const { amount, object } = first.operation;
  const again = `${charge}.again`;
  const about = state.for.what === 'refund' ? { ...state.for, again: charge } : state.for;
  const start = { type: 'StartCharge', for: about, amount, ...(object === undefined ? {} : { object }) } as const;
  const owed = { type: 'Transfer', from: owedAgainOf(first), to: CARDS, amount, kind: 'refund_sent_again' } as const;
  const asks = [
    crown.charges.ask(charge, { type: 'ReplaceRefund', again, why }),
    // What was given back out of suspense is booked once it is proven, as the first time.
    ...(about.what === 'refund' ? [crown.book.use(transferMoney).ask(owed)] : []),
    crown.charges.ask(again, start),
  ];
  const told = (await crown.book.together(asks, { actor, key: `again:${charge}` })) as Told;
  const sent = await sendWhereStored(crown, again, told);
  return sent.isErr() ? sent : told;
}
