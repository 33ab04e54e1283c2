import type { Actor } from '@holdfast/kernel';
import { type Crown, gateway } from '../book/open-crown.ts';
import type { Surplus } from './charge.ts';
import type { Told } from './report-charge.ts';
import { sendWhereStored } from './send-charge.ts';

/**
 * Gives a payment back that a customer has made twice: the intent of the refund and the note of it are one unit. The money stays in suspense until the refund is
 * proven.
 */
export async function giveBackSurplus(
  crown: Crown,
  charge: string,
  { object, amount }: Surplus,
  said?: { readonly actor: Actor; readonly why: string },
): Promise<Told> {
  const refund = `surplus.${object}`;
  const start = { type: 'StartCharge', for: { what: 'surplus', charge }, amount, object } as const;
  const asks = [
    crown.charges.ask(charge, { type: 'GiveBackSurplus', object, refund, ...(said ? { why: said.why } : {}) }),
    crown.charges.ask(refund, start),
  ];
  const stored = (await crown.book.together(asks, {
    actor: said?.actor ?? gateway,
    key: `give-back:${charge}:${object}`,
  })) as Told;
  return sendWhereStored(crown, refund, stored);
}
