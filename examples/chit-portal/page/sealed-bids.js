import { paiseOf, rupees } from './amounts.js';
import { element, part, say } from './dom.js';
import { amountField, choice, field, form } from './forms.js';
import { command } from './session.js';

// What was sealed lies in this module's memory alone: whoever loads the page anew needs the secret that he was told to keep.
const slips = new Map();

/**
 * The forms of a draw with sealed bids: to hand one in as long as bids are taken, and to open it afterwards.
 *
 * @param {any} room
 * @param {readonly { readonly ticket: number }[]} own
 */
export function sealedForms(room, own) {
  const { taking, sealed, bids } = room.state.open;
  const isIn = ({ ticket }) => sealed.includes(ticket);
  const waiting = own.filter((one) => isIn(one) && !bids.some(({ ticket }) => ticket === one.ticket));
  const free = own.filter((one) => !isIn(one));
  const told = waiting.map(({ ticket }) => slipOf(room, ticket));
  if (taking) return [...(free.length > 0 ? [sealForm(room, free)] : []), ...told];
  if (waiting.length === 0) return [];
  const hint = 'A bid that nobody opens before the draw is closed does not count.';
  return [part('Open your bid', element('p', {}, hint), ...waiting.map(({ ticket }) => openForm(room, ticket)))];
}

function sealForm(room, free) {
  const { least, most } = room.state.open;
  const parts = [
    choice('Bid with', 'ticket', options(free)),
    amountField('Discount in rupees', { name: 'amount', hint: `From ${rupees(least)} to ${rupees(most)}.` }),
  ];
  return form('Seal the bid and hand it in', parts, async (given) => {
    const ticket = Number(given.get('ticket'));
    const key = keyOf(room, ticket);
    // Kept before it is sent: an answer that is lost must not lose the secret of a bid that was taken.
    const slip = slips.get(key) ?? { discount: given.get('amount'), salt: newSecret() };
    slips.set(key, slip);
    try {
      const commitment = await commitmentOf([key.replace(/ .*/, ''), ticket, paiseOf(slip.discount), slip.salt]);
      await command(`${room.url}/${room.instalment}/sealed-bids`, { ticket, commitment });
    } catch (error) {
      if (error.code !== undefined) slips.delete(key);
      throw error;
    }
    say(`The bid of ticket ${ticket} is handed in, sealed. Please keep its secret.`);
  });
}

function slipOf(room, ticket) {
  const slip = slips.get(keyOf(room, ticket));
  if (slip === undefined) return element('p', {}, `Ticket ${ticket} has handed in a sealed bid.`);
  const secret = element('code', { class: 'secret' }, slip.salt);
  return part(
    `Sealed bid of ticket ${ticket}`,
    element(
      'p',
      {},
      `A discount of ${rupees(slip.discount)}. Nobody can read it before you open it, and it opens with this secret alone:`,
    ),
    element('p', {}, secret),
    element('p', {}, 'Please keep it until then: a page that is loaded anew does not know it any more.'),
  );
}

function openForm(room, ticket) {
  const { discount, salt } = slips.get(keyOf(room, ticket)) ?? {};
  const parts = [
    amountField(`Discount of ticket ${ticket} in rupees`, { name: 'discount', value: discount }),
    field('Secret of the bid', {
      name: 'salt',
      value: salt,
      autocomplete: 'off',
      spellcheck: 'false',
      pattern: '[0-9a-f]{32,128}',
      'data-wrong': 'Please write the secret as it was shown: digits and the letters a to f.',
    }),
  ];
  return form(`Open the bid of ticket ${ticket}`, parts, async (given) => {
    const body = { ticket, discount: given.get('discount'), salt: given.get('salt') };
    await command(`${room.url}/${room.instalment}/revealed-bids`, body);
  });
}

/** Names the draw, in which a commitment holds, and behind a space the ticket. */
function keyOf({ id, instalment, state }, ticket) {
  return `${id}/${instalment}/${state.open.sequence} ${ticket}`;
}

function options(own) {
  return own.map(({ ticket }) => [ticket, `Ticket ${ticket}`]);
}

function newSecret() {
  return hexOf(crypto.getRandomValues(new Uint8Array(32)));
}

/** As `@holdfast/chit-fund` makes it: SHA-256 of the lines. */
async function commitmentOf(lines) {
  const text = ['sealed-bid-1', ...lines].join('\n');
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

function hexOf(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
