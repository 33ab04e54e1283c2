import type { Context } from '@holdfast/kernel';
import { isIn } from '@holdfast/money';
import { err } from 'neverthrow';
import { checkBid } from '../../draw/check-bid.ts';
import { checkConsent } from '../../draw/check-consent.ts';
import type { Bid } from '../../draw/draw.ts';
import { readBid } from '../../draw/read-bid.ts';
import { revealBid } from '../../draw/reveal-bid.ts';
import { type ChitEnvironment, dayOf } from '../environment.ts';
import { schemeOf, ticketOf } from '../scheme-of.ts';
import type { Chit, OpenedDraw } from '../state.ts';
import type { CommitBid, PlaceBid, RevealBid } from './commands.ts';
import type { DrawDecided } from './decide.ts';
import { settingOf } from './eligible.ts';

/**
 * Decides a bid in the open. It is taken as it is or not at all.
 *
 * @source docs/rules/chit-fund.md, CF-20, CF-22
 */
export function decidePlaceBid(
  chit: Chit,
  draw: OpenedDraw,
  { ticket, bid: given, consenting = [] }: PlaceBid,
  { at, actor }: Context,
  environment: ChitEnvironment,
): DrawDecided {
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const { instalment } = draw;
  const over = whyOver(draw, at);
  if (over || isSealed(chit)) return err({ code: 'bidding_over', instalment, why: over ?? 'sealed' });
  const holders = known.holders.map(({ person }) => person);
  const consent = checkConsent(holders, actor.role === 'foreman' ? holders : [actor.id, ...consenting]);
  if (consent.isErr()) return err(consent.error);
  const setting = settingOf(chit, instalment, dayOf(at, environment));
  return readBid(setting.scheme, given)
    .andThen((discount) => checkBid(setting, { ticket, discount }))
    .map((discount) => [
      { type: 'BidPlaced', instalment, bid: { ticket, discount, sequence: draw.next }, given } as const,
    ]);
}

/** Decides the commitment of a sealed bid: one for each ticket. */
export function decideCommitBid(
  chit: Chit,
  draw: OpenedDraw,
  { ticket, commitment }: CommitBid,
  { at }: Context,
  environment: ChitEnvironment,
): DrawDecided {
  const { instalment } = draw;
  if (!ticketOf(chit, ticket)) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const over = whyOver(draw, at);
  if (over || !isSealed(chit)) return err({ code: 'bidding_over', instalment, why: over ?? 'open' });
  if (draw.sealed.some((sealed) => sealed.ticket === ticket))
    return err({ code: 'bidding_over', instalment, why: 'sealed' });
  const setting = settingOf(chit, instalment, dayOf(at, environment));
  // The lowest bid stands for the sealed one: whether the ticket may bid at all.
  return checkBid(setting, { ticket, discount: setting.scheme.discount?.least ?? 0n }).map(() => [
    { type: 'BidCommitted', instalment, ticket, commitment } as const,
  ]);
}

/** Decides the opening of a sealed bid. */
export function decideRevealBid(
  chit: Chit,
  draw: OpenedDraw,
  { ticket, discount, salt }: RevealBid,
  { id, at }: Context,
  environment: ChitEnvironment,
): DrawDecided {
  const { instalment, sequence } = draw;
  if (!ticketOf(chit, ticket)) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const index = draw.sealed.findIndex((sealed) => sealed.ticket === ticket);
  const committed = draw.sealed[index];
  if (!committed || committed.bid) return err({ code: 'bidding_over', instalment, why: 'not_committed' });
  const { currency } = schemeOf(chit);
  const given = discount.currency.code;
  if (!isIn(discount, currency)) return err({ code: 'chit_currency_differs', given, expected: currency.code });
  const setting = settingOf(chit, instalment, dayOf(at, environment));
  return revealBid(
    { commitment: committed.commitment, sequence: index + 1 },
    { draw: `${id}/${instalment}/${sequence}`, ticket, discount: discount.minor, salt },
  )
    .andThen((bid: Bid) => checkBid(setting, bid).map(() => bid))
    .map((bid) => [{ type: 'BidRevealed', instalment, bid } as const]);
}

function whyOver({ ended, closesAt }: OpenedDraw, at: string): 'ended' | undefined {
  return ended || (closesAt !== undefined && at >= closesAt) ? 'ended' : undefined;
}

function isSealed({ terms }: Chit): boolean {
  return terms.method.type === 'sealed_auction';
}
