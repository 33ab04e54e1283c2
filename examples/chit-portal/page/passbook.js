import { rupees } from './amounts.js';
import { attempt, element, facts, part, renew, say, table } from './dom.js';
import { follow } from './live.js';
import { decideForms, payForm } from './payments.js';
import { prizeForms, prizeOf } from './prize.js';
import { read, readAll, whoIsIn } from './session.js';

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
  const nodes =
    subscriptions.length > 0
      ? [table('Your tickets', columns, subscriptions)]
      : [element('p', {}, 'You hold no ticket.')];
  return { title: 'Passbooks', nodes };
}

/**
 * The passbook of a ticket: what was due and paid, what is overdue, what came in and went out, and its prize. Its holder pays here; the foreman enters and
 * confirms payments, and pays the prize. It follows what happens.
 */
export async function showPassbook(id) {
  const { schemeId, ticket } = await read(`/api/subscriptions/${id}`);
  const scheme = await read(`/api/schemes/${schemeId}`);
  const book = {
    id,
    scheme,
    ticket,
    isForeman: scheme.foremanId === whoIsIn().id,
    about: element('div', {}),
    doing: element('div', { class: 'doing' }),
    tables: element('div', {}),
    statement: undefined,
  };
  book.look = () => look(book);
  await book.look();
  const leave = follow(schemeId, {
    connected: () => attempt(book.look),
    happened: (type, data) => {
      if (!concerns(ticket, data)) return;
      const text = SAID[type]?.(data);
      if (text !== undefined) say(text);
      attempt(book.look);
    },
  });
  const above = element('p', {}, element('a', { href: `#/schemes/${schemeId}` }, scheme.name));
  return { title: `Passbook of ticket ${ticket}`, nodes: [above, book.about, book.doing, book.tables], leave };
}

async function look(book) {
  book.statement = await read(`/api/subscriptions/${book.id}/statement`);
  const { membership, credit, open, arrears, instalments, payments, prize } = book.statement;
  const state = facts(
    ['Membership', membership.replaceAll('_', ' ')],
    ['To pay', element('strong', { id: 'open' }, rupees(open))],
    ['Paid and not used yet', element('strong', { id: 'credit' }, rupees(credit))],
  );
  renew(book.about, state, ...(prize ? [prizeOf(prize)] : []));
  drawForms(book);
  const unpaid = arrears.length > 0 ? table('Open', ARREARS, arrears) : element('p', {}, 'Nothing is open.');
  renew(book.tables, table('Instalments', DUES, instalments), unpaid, table('Payments', PAYMENTS, payments));
}

/** A form that somebody is writing in stays as it is until something else can be done. */
function drawForms(book) {
  const { membership, payments, prize } = book.statement;
  const waiting = payments.filter(({ status }) => status === 'PENDING');
  const key = JSON.stringify([membership, book.isForeman && [waiting.map(({ id }) => id), prize]]);
  if (book.doing.dataset.for === key) return;
  book.doing.dataset.for = key;
  const nodes = membership === 'ended' ? [] : [part(book.isForeman ? 'Record a payment' : 'Pay', payForm(book))];
  if (book.isForeman) {
    nodes.push(...waiting.map((payment) => decideForms(book, payment)));
    if (prize?.needed) nodes.push(...prizeForms(book, prize));
  }
  renew(book.doing, ...nodes);
}

/** Whether something that happened can have changed what stands in the passbook of a ticket. */
function concerns(ticket, data) {
  const meant = data.ticket ?? data.credited?.ticket;
  return meant === undefined || meant === ticket;
}

/** What is said of what happens to a ticket while its passbook is open. */
const SAID = {
  PaymentReceived: ({ amount }) => `${rupees(amount.amount)} has arrived.`,
  PaymentReversed: ({ amount }) => `A payment of ${rupees(amount.amount)} was taken back.`,
  InstalmentSettled: ({ instalment }) => `Instalment ${instalment} is settled.`,
  SecurityGiven: () => 'The security is noted.',
  PrizePaid: ({ amount }) => `The prize of ${rupees(amount.amount)} is paid.`,
  PrizePrepaid: ({ paid }) => `The prize is paid: ${rupees(paid.amount)}; the rest stays for the instalments to come.`,
  PrizeDeposited: () => 'The prize was put apart.',
};

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
  { head: 'What', cell: ({ paymentType }) => WHAT[paymentType] ?? paymentType.toLowerCase() },
  { head: 'Amount', amount: true, cell: ({ amount }) => rupees(amount) },
  { head: 'Status', cell: ({ status }) => status.toLowerCase() },
  { head: 'By', cell: ({ channel }) => channel },
];

const WHAT = { INSTALLMENT: 'instalment', PRIZE: 'prize', REFUND: 'refund' };
