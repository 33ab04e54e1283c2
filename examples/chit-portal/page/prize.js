import { rupees } from './amounts.js';
import { element, facts, part } from './dom.js';
import { amountField, choice, field, form } from './forms.js';
import { CHANNELS } from './payments.js';
import { command } from './session.js';

/**
 * What a ticket has won, and what its holder has to give before it is paid.
 *
 * @param {any} prize
 */
export function prizeOf({ instalment, status, amount, security, needed }) {
  const given = security
    ? `${KINDS.get(security.kind)}, ${rupees(security.value)}, ${security.reference}`
    : 'none so far';
  const about = facts(
    ['Won', `${rupees(amount)} of instalment ${instalment}`],
    ['Status', STATUSES[status] ?? status],
    ...(needed || security ? [['Security', given]] : []),
  );
  return part('Prize', about, ...(needed ? neededFor(needed) : []));
}

function neededFor({ ready, toCome, movable, immovable, prepaid }) {
  if (ready) return [element('p', { id: 'needed' }, 'Nothing more is needed: the foreman can pay it.')];
  const worth = `security worth ${rupees(movable)}, or ${rupees(immovable)} in land or houses`;
  const ways = [`It is paid against ${worth}, for the ${rupees(toCome)} of instalments to come.`];
  if (prepaid) {
    ways.push(`Without security ${rupees(prepaid.kept)} stays for them, and ${rupees(prepaid.paid)} is paid out.`);
  }
  return [element('p', { id: 'needed' }, ways.join(' '))];
}

/**
 * The forms with which a foreman notes a security and pays a prize.
 *
 * @param {any} book
 * @param {any} prize
 */
export function prizeForms({ scheme, ticket, look }, { amount, security, needed }) {
  const url = `/api/schemes/${scheme.id}/tickets/${ticket}`;
  const forms = security || needed.ready ? [] : [part('Note the security', securityForm(url, needed, look))];
  const ways = [
    ...(needed.ready ? [['pay', `Pay out ${rupees(amount)}`]] : []),
    ...(needed.prepaid
      ? [['prepay', `Pay out ${rupees(needed.prepaid.paid)}, keep ${rupees(needed.prepaid.kept)}`]]
      : []),
  ];
  if (ways.length === 0) return forms;
  const parts = [choice('How', 'how', ways), choice('By', 'channel', CHANNELS)];
  const pay = async (given) => {
    await command(`${url}/prize`, { how: given.get('how'), channel: given.get('channel') });
    await look();
  };
  return [...forms, part('Pay the prize', form('Pay the prize', parts, pay))];
}

function securityForm(url, { movable, immovable }, look) {
  const parts = [
    choice('Kind', 'kind', [...KINDS]),
    amountField('Worth in rupees', {
      name: 'value',
      hint: `${rupees(movable)} or more; ${rupees(immovable)} in land or houses.`,
    }),
    field('How the papers are found', { name: 'reference', maxlength: 100, autocomplete: 'off' }),
  ];
  return form('Note the security', parts, async (given) => {
    await command(`${url}/security`, Object.fromEntries(given));
    await look();
  });
}

const KINDS = new Map([
  ['movable', 'Movables'],
  ['immovable', 'Land or houses'],
  ['surety', 'A surety'],
  ['deposit', 'A deposit'],
]);

const STATUSES = {
  declared: 'declared; it is ready once the instalment is settled',
  awaiting: 'ready, waits for security',
  secured: 'ready, security is given',
  deposited: 'put apart, not collected yet',
  paid: 'paid',
  prepaid: 'paid, with the instalments to come kept back',
  unclaimed: 'not claimed',
};
