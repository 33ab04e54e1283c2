import { rupees } from './amounts.js';
import { element, say } from './dom.js';
import { amountField, choice, field, form } from './forms.js';
import { command } from './session.js';

/**
 * The form in which a subscriber bids with a ticket of his.
 *
 * @param {{ readonly url: string, readonly instalment: number, readonly state: any }} room
 * @param {readonly { readonly ticket: number }[]} own
 */
export function bidForm({ url, instalment, state }, own) {
  const { least, most, step } = state.open;
  const hint = `From ${rupees(least)} to ${rupees(most)} in steps of ${rupees(step)}.`;
  const parts = [
    choice(
      'Bid with',
      'ticket',
      own.map(({ ticket }) => [ticket, `Ticket ${ticket}`]),
    ),
    amountField('Discount in rupees', { name: 'amount', value: least, hint }),
  ];
  return form('Bid', parts, async (given) => {
    const body = { ticket: Number(given.get('ticket')), by: 'discount', amount: given.get('amount') };
    await command(`${url}/${instalment}/bids`, body);
  });
}

/**
 * The forms with which a foreman leads a draw: what can be done next, and nothing else.
 *
 * @param {any} room
 */
export function foremanForms({ id, url, instalment, state, subscribers }) {
  const { status } = state.instalment;
  const here = `${url}/${instalment}`;
  if (status === 'open') {
    const { method, taking, closesAt } = state.open;
    if (method !== 'sealed_auction' || !taking) return [form('Close the draw', [], () => command(`${here}/close`, {}))];
    if (closesAt !== null) return [element('p', {}, `Bids are taken until ${timeOf(closesAt)}.`)];
    return [form('End the bidding', [], () => command(`/api/schemes/${id}/commands`, { type: 'EndBidding' }))];
  }
  if (status === 'declared') {
    const settle = async () => {
      await command(`${here}/settle`, {});
      say('The instalment is settled.');
    };
    return [form('Settle the instalment', [], settle)];
  }
  return status === 'settled' ? [] : [openForm(url, instalment, subscribers)];
}

function openForm(url, instalment, subscribers) {
  const persons = new Map(subscribers.map(({ subscriberId, fullName }) => [subscriberId, fullName ?? subscriberId]));
  const choices = [...persons].map(([id, name]) =>
    element('label', { class: 'choice' }, element('input', { type: 'checkbox', name: 'present', value: id }), name),
  );
  const parts = [
    element('fieldset', {}, element('legend', {}, 'Who is present'), ...choices),
    field('Minutes of bidding', {
      name: 'minutes',
      type: 'number',
      min: 1,
      max: 10_080,
      required: false,
      hint: 'Empty: bids are taken until you end it.',
      'data-wrong': 'Please write a whole number of minutes, or none.',
    }),
  ];
  return form('Open the draw', parts, (given) => {
    const minutes = given.get('minutes');
    const most = minutes === '' ? {} : { minutes: Number(minutes) };
    return command(url, { instalment, present: given.getAll('present'), ...most });
  });
}

/** By the clock of the office, wherever the page is looked at. */
function timeOf(instant) {
  return new Date(instant).toLocaleTimeString('en-IN', { timeZone: 'Asia/Kolkata', timeStyle: 'short' });
}
