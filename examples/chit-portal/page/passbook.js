import { rupees } from './amounts.js';
import { element, table } from './dom.js';
import { read, readAll } from './session.js';

/** The passbooks of whoever is signed in: one for each ticket. */
export async function showPassbooks() {
  const [subscriptions, schemes] = await Promise.all([readAll('/api/subscriptions'), readAll('/api/schemes')]);
  const names = new Map(schemes.map(({ id, name }) => [id, name]));
  const columns = [
    {
      head: 'Passbook',
      cell: ({ id, schemeId, ticket }) =>
        element('a', { href: `#/passbooks/${id}` }, `${names.get(schemeId) ?? 'Scheme'}, ticket ${ticket}`),
    },
    { head: 'Status', cell: ({ status }) => status.toLowerCase() },
    { head: 'Since', cell: ({ joinDate }) => joinDate },
  ];
  const nodes = subscriptions.length > 0 ? [table('Your tickets', columns, subscriptions)] : [];
  return {
    title: 'Passbooks',
    nodes: [...nodes, ...(nodes.length > 0 ? [] : [element('p', {}, 'You hold no ticket.')])],
  };
}

/** The passbook of a ticket: what was due and paid, what is overdue, and what came in and went out. */
export async function showPassbook(id) {
  const statement = await read(`/api/subscriptions/${id}/statement`);
  const { ticket, membership, credit, prize, arrears } = statement;
  const facts = element(
    'dl',
    {},
    ...fact('Membership', membership.replaceAll('_', ' ')),
    ...fact('Paid and not used yet', rupees(credit)),
    ...fact(
      'Prize',
      prize ? `${rupees(prize.amount)} of instalment ${prize.instalment}, ${prize.status}` : 'not won yet',
    ),
  );
  const overdue = arrears.length > 0 ? table('Overdue', ARREARS, arrears) : element('p', {}, 'Nothing is overdue.');
  const nodes = [facts, table('Instalments', DUES, statement.instalments), overdue];
  return { title: `Passbook of ticket ${ticket}`, nodes: [...nodes, table('Payments', PAYMENTS, statement.payments)] };
}

const DUES = [
  { head: 'Instalment', cell: ({ instalment }) => String(instalment) },
  { head: 'Due on', cell: ({ dueOn }) => dueOn },
  { head: 'Due', amount: true, cell: ({ due }) => rupees(due) },
  { head: 'Dividend set off', amount: true, cell: ({ dividend }) => rupees(dividend) },
  { head: 'Paid', amount: true, cell: ({ paid }) => rupees(paid) },
  { head: 'Open', amount: true, cell: ({ open }) => rupees(open) },
  { head: 'Paid on', cell: ({ paidOn }) => paidOn ?? '–' },
];

const ARREARS = [
  { head: 'Instalment', cell: ({ instalment }) => String(instalment) },
  { head: 'Due on', cell: ({ dueOn }) => dueOn },
  { head: 'Open', amount: true, cell: ({ principal }) => rupees(principal) },
  { head: 'Interest', amount: true, cell: ({ interest }) => rupees(interest) },
  { head: 'Late', cell: ({ late }) => (late ? 'yes' : 'no') },
];

const PAYMENTS = [
  { head: 'On', cell: ({ paymentDate, createdAt }) => (paymentDate ?? createdAt).slice(0, 10) },
  { head: 'What', cell: ({ paymentType }) => paymentType.toLowerCase() },
  { head: 'Amount', amount: true, cell: ({ amount }) => rupees(amount) },
  { head: 'Status', cell: ({ status }) => status.toLowerCase() },
  { head: 'By', cell: ({ channel }) => channel },
];

function fact(name, value) {
  return [element('dt', {}, name), element('dd', {}, value)];
}
