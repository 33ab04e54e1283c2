import type { Bid } from '../../draw/draw.ts';
import { withTicket } from '../scheme-of.ts';
import type { Chit, Instalment, OpenedDraw } from '../state.ts';
import type { DrawEvent } from './events.ts';

/** Folds what happens at draws. */
export function evolveDraws(chit: Chit, event: DrawEvent): Chit {
  switch (event.type) {
    case 'DrawOpened': {
      const { draw } = event;
      const change = (known: Instalment): Instalment => ({ ...known, status: 'open', sequence: draw.sequence });
      return { ...withInstalment(chit, draw.instalment, change), draw };
    }
    case 'BidPlaced':
      return withDraw(chit, (draw) => ({ ...draw, next: draw.next + 1, bids: withBid(draw.bids, event.bid) }));
    case 'BidCommitted': {
      const { ticket, commitment } = event;
      return withDraw(chit, (draw) => ({
        ...draw,
        next: draw.next + 1,
        sealed: [...draw.sealed, { ticket, commitment }],
      }));
    }
    case 'BidRevealed': {
      const { bid } = event;
      return withDraw(chit, (draw) => ({
        ...draw,
        sealed: draw.sealed.map((one) => (one.ticket === bid.ticket ? { ...one, bid } : one)),
      }));
    }
    case 'BiddingEnded':
      return withDraw(chit, (draw) => ({ ...draw, ended: true }));
    case 'DrawDeclared':
      return declared(chit, event);
    case 'DrawAdjourned':
      return withInstalment(withoutDraw(chit), event.instalment, (known) => ({ ...known, status: 'adjourned' }));
    case 'MinutesRecorded':
      return withInstalment(chit, event.instalment, (known) => ({ ...known, minutes: 'recorded' }));
    case 'MinutesFiled':
      return withInstalment(chit, event.instalment, (known) => ({ ...known, minutes: 'filed' }));
    case 'DrawVoided':
      return voided(chit, event);
  }
}

/** Changes an instalment, or begins the next one. */
export function withInstalment(chit: Chit, number: number, change: (known: Instalment) => Instalment): Chit {
  const instalments = [...chit.instalments];
  instalments[number - 1] = change(instalments[number - 1] ?? BEGUN);
  return { ...chit, instalments };
}

function declared(chit: Chit, { instalment, wins, at }: Extract<DrawEvent, { type: 'DrawDeclared' }>): Chit {
  const begun = withInstalment(withoutDraw(chit), instalment, ({ minutes: _minutes, ...known }) => ({
    ...known,
    status: 'declared',
    wins: [...known.wins, ...wins],
    declaredAt: at,
  }));
  return wins.reduce(
    (next, { ticket }) =>
      withTicket(next, ticket, (known) => ({
        ...known,
        prize: { instalment, status: 'declared', amount: 0n, wonAt: at },
      })),
    begun,
  );
}

function voided(chit: Chit, { instalment, ticket, amount }: Extract<DrawEvent, { type: 'DrawVoided' }>): Chit {
  const without = withTicket(chit, ticket, ({ prize: _prize, ...known }) => known);
  const changed = withInstalment(without, instalment, (known) => {
    const discount = known.wins.find((win) => win.ticket === ticket)?.discount ?? 0n;
    const wins = known.wins.filter((win) => win.ticket !== ticket);
    const lies = known.money ? { voided: [...(known.voided ?? []), { ticket, discount, amount }] } : {};
    return { ...known, status: 'adjourned', wins, ...lies };
  });
  return chit.phase === 'matured' ? { ...changed, phase: 'running' } : changed;
}

function withDraw(chit: Chit, change: (draw: OpenedDraw) => OpenedDraw): Chit {
  return chit.draw ? { ...chit, draw: change(chit.draw) } : chit;
}

function withoutDraw({ draw: _draw, ...chit }: Chit): Chit {
  return chit;
}

/** Of each ticket only its highest bid can win; of equal ones its first. */
function withBid(bids: readonly Bid[], bid: Bid): readonly Bid[] {
  const own = bids.find(({ ticket }) => ticket === bid.ticket);
  if (own && own.discount >= bid.discount) return bids;
  return [...bids.filter(({ ticket }) => ticket !== bid.ticket), bid];
}

const BEGUN: Instalment = { status: 'scheduled', sequence: 0, wins: [] };
