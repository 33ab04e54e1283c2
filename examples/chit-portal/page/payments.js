import { rupees } from './amounts.js';
import { element, part, say } from './dom.js';
import { amountField, choice, field, form } from './forms.js';
import { command } from './session.js';

/**
 * The form in which money is paid for a ticket: its holder says that he has paid, the foreman enters what he has got.
 *
 * @param {any} book
 */
export function payForm({ id, scheme, isForeman, statement, doing, look }) {
  const { open } = statement;
  const owes = open !== '0.00';
  const parts = [
    amountField('Amount in rupees', {
      name: 'amount',
      value: owes ? open : scheme.monthlyInstallment,
      hint: owes ? `Open today: ${rupees(open)}.` : 'Nothing is open: it is kept for the next instalment.',
    }),
    choice('By', 'channel', CHANNELS),
    field('Transaction number', {
      name: 'transactionId',
      maxlength: 100,
      autocomplete: 'off',
      required: false,
      hint: 'As the bank or the app names the payment; empty for cash.',
    }),
  ];
  const pay = async (given) => {
    const transactionId = given.get('transactionId').trim();
    const named = transactionId === '' ? {} : { transactionId };
    const body = { subscriptionId: id, amount: given.get('amount'), channel: given.get('channel'), ...named };
    const payment = await command('/api/payments', body);
    // An empty form: nobody sends the same payment once more because it still stands there.
    doing.dataset.for = '';
    await look();
    if (payment.status === 'FAILED') throw new Error(`${rupees(payment.amount)} did not arrive.`);
    say(payment.status === 'PENDING' ? waits(payment) : `${rupees(payment.amount)} has arrived.`);
  };
  return form(isForeman ? 'Record the payment' : 'Pay', parts, pay);
}

function waits({ amount }) {
  return `${rupees(amount)} is noted. It counts once the foreman has found it.`;
}

/**
 * What a foreman says of a payment that waits for him.
 *
 * @param {any} book
 * @param {any} payment
 */
export function decideForms({ look }, { id, amount, channel, transactionId }) {
  const decide = (status, text) => async () => {
    await command(`/api/payments/${id}`, { status }, 'PUT');
    await look();
    say(text);
  };
  const shown = rupees(amount);
  const has = form('It has arrived', [], decide('COMPLETED', `${shown} has arrived.`), `${shown} has arrived`);
  const not = form('It has not', [], decide('FAILED', `${shown} did not arrive.`), `${shown} has not arrived`);
  const named = transactionId === null ? '' : `, transaction ${transactionId}`;
  return part(
    `${shown} waits for you`,
    element('p', {}, `The subscriber says that he has paid ${shown} by ${channel}${named}.`),
    element('div', { class: 'choices' }, has, not),
  );
}

/** Where money comes in and goes out. */
export const CHANNELS = [
  ['upi', 'UPI'],
  ['bank', 'Bank transfer'],
  ['cheque', 'Cheque'],
  ['cash', 'Cash'],
];
