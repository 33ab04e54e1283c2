import { element, field, form, say } from './dom.js';
import { command } from './session.js';

/**
 * The form in which a subscriber bids with a ticket of his.
 *
 * @param {{ readonly url: string, readonly instalment: number, readonly state: any }} room
 * @param {readonly { readonly ticket: number }[]} own
 */
export function bidForm({ url, instalment, state }, own) {
  const options = own.map(({ ticket }) => element('option', { value: ticket }, `Ticket ${ticket}`));
  const parts = [
    element('label', {}, 'Bid with', element('select', { name: 'ticket' }, ...options)),
    field('Discount in rupees', {
      name: 'amount',
      inputmode: 'decimal',
      pattern: '[0-9]{1,15}(\\.[0-9]{1,2})?',
      value: state.open.least,
    }),
  ];
  return form('Bid', parts, async (given) => {
    const body = { ticket: Number(given.get('ticket')), by: 'discount', amount: given.get('amount') };
    await command(`${url}/${instalment}/bids`, body);
  });
}

/**
 * The forms with which a foreman leads a draw: what can be done next, and nothing else.
 *
 * @param {{ readonly url: string, readonly instalment: number, readonly state: any, readonly subscribers: readonly any[] }} room
 */
export function foremanForms({ url, instalment, state, subscribers }) {
  const { status } = state.instalment;
  const here = `${url}/${instalment}`;
  if (status === 'open') return [form('Close the draw', [], () => command(`${here}/close`, {}))];
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
  const parts = [element('fieldset', {}, element('legend', {}, 'Who is present'), ...choices)];
  return form('Open the draw', parts, (given) => command(url, { instalment, present: given.getAll('present') }));
}
