import { decimalOf, rupees } from './amounts.js';
import { bidForm, foremanForms } from './auction-forms.js';
import { element, renew, say, table, trouble } from './dom.js';
import { follow } from './live.js';
import { sealedForms } from './sealed-bids.js';
import { read, readAll, whoIsIn } from './session.js';

/** The auction room of an instalment: what is bid, as it is bid; to the foreman also what opens, closes and settles it. */
export async function showAuction(id, number) {
  const instalment = Number(number);
  const [scheme, subscribers] = await Promise.all([
    read(`/api/schemes/${id}`),
    readAll(`/api/schemes/${id}/subscribers`),
  ]);
  subscribers.sort((one, other) => one.ticket - other.ticket);
  const isForeman = scheme.foremanId === whoIsIn().id;
  const room = {
    id,
    url: `/api/schemes/${id}/draws`,
    instalment,
    subscribers,
    isForeman,
    board: element('div', { id: 'board' }),
    doing: element('div', { id: 'doing', class: 'doing' }),
    log: element('ol', {}),
    state: undefined,
  };
  const look = looker(room);
  const stop = follow(id, {
    // What happened before the stream began is in what is read now; what happens from then on comes through it.
    connected: look,
    happened: (type, data) => happen(room, { type, data, look }),
  });
  const nodes = [
    element('p', {}, element('a', { href: `#/schemes/${id}` }, scheme.name)),
    room.board,
    room.doing,
    element('h2', {}, 'What happens'),
    element('div', { class: 'log', role: 'log', 'aria-label': 'What happens', tabindex: '0' }, room.log),
  ];
  return { title: `Auction of instalment ${instalment}`, nodes, leave: stop };
}

/** Reads the room anew; asked while it reads, it reads once more and no oftener. */
function looker(room) {
  let reading = false;
  let again = false;
  return async function look() {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      do {
        again = false;
        room.state = await read(`${room.url}/${room.instalment}`);
      } while (again);
      drawBoard(room);
      drawForms(room);
    } catch (error) {
      trouble(error.message);
    } finally {
      reading = false;
    }
  };
}

function happen(room, { type, data, look }) {
  const instalment = data.instalment ?? data.draw?.instalment;
  if (instalment !== room.instalment) return;
  const text = SAID[type]?.(data);
  if (text !== undefined) {
    room.log.append(element('li', {}, text));
    room.log.parentElement.scrollTop = room.log.parentElement.scrollHeight;
    say(text);
  }
  const { open } = room.state ?? {};
  // A bid says all there is to it: the room is not asked by everybody who looks on.
  if (type !== 'BidPlaced' || !open) return look();
  const { ticket, discount, sequence } = data.bid;
  const placed = { ticket, discount: decimalOf(discount), sequence };
  const known = open.bids.find((one) => one.ticket === ticket);
  // Of each ticket the highest bid counts, and of two that are alike the earlier.
  if (known && highestFirst(known, placed) <= 0) return;
  const bids = [...open.bids.filter((one) => one !== known), placed].sort(highestFirst);
  room.state = { ...room.state, open: { ...open, bids } };
  drawBoard(room);
}

/** What of an auction is said to everybody in the room. */
const SAID = {
  DrawOpened: () => 'The draw is open.',
  BidPlaced: ({ bid }) => `Ticket ${bid.ticket} bids a discount of ${rupees(decimalOf(bid.discount))}.`,
  BidCommitted: ({ ticket }) => `Ticket ${ticket} has handed in a sealed bid.`,
  BidRevealed: ({ bid }) => `Ticket ${bid.ticket} had bid ${rupees(decimalOf(bid.discount))}.`,
  BiddingEnded: () => 'Bidding is over.',
  DrawDeclared: ({ wins }) => wins.map(wonBy).join(' '),
  DrawAdjourned: ({ why }) => `The draw is put off: ${why.replaceAll('_', ' ')}.`,
};

function wonBy({ ticket, how, discount }) {
  return `Ticket ${ticket} has won by ${how} at a discount of ${rupees(decimalOf(discount))}.`;
}

/** Amounts of one form compare as texts once they are as long as each other. */
function highestFirst(one, other) {
  const width = Math.max(one.discount.length, other.discount.length);
  const [left, right] = [one.discount.padStart(width, '0'), other.discount.padStart(width, '0')];
  return left === right ? one.sequence - other.sequence : left < right ? 1 : -1;
}

function drawBoard({ board, state: { instalment, open, result } }) {
  const nodes = [element('p', {}, 'Draw: ', element('strong', { id: 'draw-status' }, instalment.status))];
  if (open) {
    const { least, most, step, present } = open;
    const rules = `From ${rupees(least)} to ${rupees(most)} in steps of ${rupees(step)}; ${present} present.`;
    nodes.push(element('p', { class: 'big', id: 'highest' }, highestOf(open)), element('p', {}, rules));
    if (open.sealed.length > 0) nodes.push(element('p', { id: 'sealed' }, sealedOf(open)));
    if (open.bids.length > 0) nodes.push(table('Highest bid of each ticket', BIDS, open.bids));
  }
  for (const { ticket, how, discount } of instalment.winners) {
    const text = `Ticket ${ticket} has won by ${how} at a discount of ${rupees(discount)}`;
    nodes.push(element('p', { class: 'big winner' }, text));
  }
  if (instalment.prizes !== null) nodes.push(table('What the instalment came to', MONEY, [instalment]));
  if (result?.lot)
    nodes.push(element('p', {}, `Drawn by lot among ${result.tied.length || result.eligible.length} tickets.`));
  renew(board, ...nodes);
}

function highestOf({ bids: [first], method, taking }) {
  if (first) return `Ticket ${first.ticket}: ${rupees(first.discount)}`;
  if (method !== 'sealed_auction') return 'No bid yet';
  return taking ? 'Bids are sealed' : 'No bid is open yet';
}

function sealedOf({ sealed, bids, taking }) {
  const names = sealed.map((ticket) => `ticket ${ticket}`).join(', ');
  return `Sealed bids of ${names}${taking ? '' : `; ${bids.length} of ${sealed.length} are open`}.`;
}

function drawForms(room) {
  const { status } = room.state.instalment;
  const { open } = room.state;
  const own = room.isForeman ? [] : room.subscribers;
  const mine = own.filter(({ ticket }) => open?.sealed.includes(ticket)).map(({ ticket }) => ticket);
  const opened = mine.filter((ticket) => open.bids.some((bid) => bid.ticket === ticket));
  const key = JSON.stringify([status, open?.sequence, open?.taking, mine, opened]);
  // A form that somebody is writing in stays as it is while others bid.
  if (room.doing.dataset.for === key) return;
  room.doing.dataset.for = key;
  renew(room.doing, ...formsFor(room, own));
}

function formsFor(room, own) {
  if (room.isForeman) return foremanForms(room);
  if (!room.state.open || own.length === 0) return [];
  return room.state.open.method === 'sealed_auction' ? sealedForms(room, own) : [bidForm(room, own)];
}

const BIDS = [
  { head: 'Ticket', cell: ({ ticket }) => String(ticket) },
  { head: 'Discount', amount: true, cell: ({ discount }) => rupees(discount) },
];

const MONEY = [
  { head: 'Discount', amount: true, cell: ({ discount }) => rupees(discount) },
  { head: 'Commission', amount: true, cell: ({ commission }) => rupees(commission) },
  { head: 'Tax', amount: true, cell: ({ tax }) => rupees(tax) },
  { head: 'Dividends', amount: true, cell: ({ dividends }) => rupees(dividends) },
  { head: 'Prize', amount: true, cell: ({ prizes }) => rupees(prizes) },
  { head: 'Dues', amount: true, cell: ({ dues }) => rupees(dues) },
];
