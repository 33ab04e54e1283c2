import { inr, type Money, money } from '@holdfast/money';
import { requiredFor } from '../chit/prizes/required-security.ts';
import { futureLiability, schemeOf } from '../chit/scheme-of.ts';
import type { Chit } from '../chit/state.ts';
import type { Day } from '../terms/terms.ts';
import type { Hand } from './hand.ts';

/** Lets winners leave what is to come, give plenty of security or just enough, ask without any, or not come at all. */
export async function playPrizes(hand: Hand, today: Day): Promise<void> {
  const chit = await hand.chit();
  for (const [index, { prize }] of chit.tickets.entries()) {
    if (!prize || prize.status === 'paid') continue;
    const ticket = index + 1;
    const pay = { type: 'PayPrize', ticket, channel: 'bank' } as const;
    switch (hand.pick(6)) {
      case 0:
        await hand.ask({ type: 'PrepayPrize', ticket, channel: 'bank' });
        break;
      case 1:
        await hand.ask(secured(ticket, money(schemeOf(chit).gross * 10n * BigInt(chit.terms.instalments), inr)));
        await hand.ask(pay);
        break;
      case 2:
        await justEnough(hand, chit, ticket, today);
        await hand.ask(pay);
        break;
      case 3:
        await hand.ask(pay);
        break;
    }
  }
}

/** Declares wins void whose prizes nobody collects: too early at times, which the law refuses. */
export async function redrawUncollected(hand: Hand): Promise<void> {
  const { tickets } = await hand.chit();
  for (const [index, { prize }] of tickets.entries()) {
    if (prize?.status !== 'deposited' || hand.pick(2) > 0) continue;
    await hand.ask({ type: 'VoidDraw', instalment: prize.instalment, ticket: index + 1, why: 'uncollected' });
  }
}

/** A minor unit less than is required is not taken, what is required is. */
async function justEnough(hand: Hand, chit: Chit, ticket: number, today: Day): Promise<void> {
  if (futureLiability(chit, ticket) === 0n) return;
  const kind = hand.pick(2) === 0 ? 'movable' : 'immovable';
  const required = requiredFor(chit, ticket, kind, today);
  for (const minor of [required - 1n, required])
    if (minor > 0n) await hand.ask({ ...secured(ticket, money(minor, inr)), kind });
}

function secured(ticket: number, value: Money) {
  return { type: 'GiveSecurity', ticket, kind: 'immovable', value, reference: 'deed-1' } as const;
}
