import { inr, type Money, money } from '@holdfast/money';
import type { Hand } from './hand.ts';

/** Lets some who do not pay default, be removed and replaced, and some who pay leave, transfer their tickets or pledge them. */
export async function playDefaults(hand: Hand, any: number): Promise<void> {
  const { tickets } = await hand.chit();
  for (const [index, { membership, arrears, liability }] of tickets.entries()) {
    const ticket = index + 1;
    const deduction = money(BigInt(hand.pick(300)), inr);
    if (arrears.some(({ late }) => late) && hand.pick(2) === 0) await hand.ask({ type: 'DeclareDefault', ticket });
    if (membership === 'defaulted') {
      await hand.ask(
        hand.pick(2) === 0 ? { type: 'RemoveSubscriber', ticket, notice: 'n-1' } : { type: 'CureDefault', ticket },
      );
      await hand.ask({ type: 'DemandFuture', ticket, notice: 'n-2' });
      if (hand.pick(4) === 0) await hand.ask({ type: 'OpenDispute', ticket, reference: 'd-1' });
    }
    if (membership === 'removed') await replace(hand, ticket, deduction);
    if (liability === 'demanded') await hand.ask({ type: 'AccelerateLiability', ticket });
    if (liability === 'in_dispute') {
      const award = (['recover', 'reinstate', 'write_off'] as const)[hand.pick(3)] ?? 'recover';
      await hand.ask({ type: 'CloseDispute', ticket, award });
    }
    if (hand.pick(2) === 0) await hand.ask({ type: 'RefundDefaulter', ticket, channel: 'bank' });
  }
  const what = hand.pick(8);
  if (what === 0) await hand.ask({ type: 'LeaveScheme', ticket: any, deduction: money(BigInt(hand.pick(300)), inr) });
  if (what === 1)
    await hand.ask({ type: 'TransferTicket', ticket: any, holders: [{ person: 'newcomer' }], deed: 't-1' });
  if (what === 2) await hand.ask({ type: 'LayLien', ticket: any, secures: 'c9/1' });
  if (what < 6) await hand.ask({ type: 'LiftLien', ticket: any, secures: 'c9/1' });
}

/** Lets every ticket that can still win do so: otherwise draws are put off for ever. */
export async function unblock(hand: Hand): Promise<void> {
  const { tickets } = await hand.chit();
  for (const [index, { membership, liens = [] }] of tickets.entries()) {
    const ticket = index + 1;
    for (const secures of liens) await hand.ask({ type: 'LiftLien', ticket, secures });
    if (membership === 'defaulted') await hand.ask({ type: 'CureDefault', ticket });
    if (membership === 'removed') await hand.ask({ type: 'HoldVacantTicket', ticket });
  }
}

async function replace(hand: Hand, ticket: number, deduction: Money): Promise<void> {
  const how = hand.pick(4);
  if (how === 0) await hand.ask({ type: 'ReinstateSubscriber', ticket });
  if (how === 1)
    await hand.ask({
      type: 'SubstituteSubscriber',
      ticket,
      holders: [{ person: 'sub' }],
      deduction,
      channel: 'bank',
    });
  if (how === 2) await hand.ask({ type: 'HoldVacantTicket', ticket });
}
