import { rupees } from './amounts.js';
import { element, facts, table } from './dom.js';
import { read, readAll, whoIsIn } from './session.js';

/** The schemes that the portal has. */
export async function showSchemes() {
  const schemes = await readAll('/api/schemes');
  const columns = [
    { head: 'Scheme', cell: ({ id, name }) => element('a', { href: `#/schemes/${id}` }, name) },
    { head: 'Phase', cell: ({ phase }) => phase.replaceAll('_', ' ') },
    { head: 'Chit amount', amount: true, cell: ({ totalAmount }) => rupees(totalAmount) },
    { head: 'Instalment', amount: true, cell: ({ monthlyInstallment }) => rupees(monthlyInstallment) },
    { head: 'Tickets', cell: ({ currentSubscribers, maxSubscribers }) => `${currentSubscribers} of ${maxSubscribers}` },
    { head: 'From', cell: ({ startDate }) => startDate },
    { head: 'To', cell: ({ endDate }) => endDate },
  ];
  const nodes =
    schemes.length > 0 ? [table('Newest first', columns, schemes)] : [element('p', {}, 'There is none yet.')];
  return { title: 'Schemes', nodes };
}

/** A scheme with its calendar; to its foreman also who subscribes, to everybody else his own tickets. */
export async function showScheme(id) {
  const [scheme, subscribers] = await Promise.all([
    read(`/api/schemes/${id}`),
    readAll(`/api/schemes/${id}/subscribers`),
  ]);
  subscribers.sort((one, other) => one.ticket - other.ticket);
  const about = facts(
    ['Chit amount', rupees(scheme.totalAmount)],
    ['Instalment', rupees(scheme.monthlyInstallment)],
    ['Tickets', `${scheme.currentSubscribers} of ${scheme.maxSubscribers}`],
    ['Phase', scheme.phase.replaceAll('_', ' ')],
  );
  const isForeman = scheme.foremanId === whoIsIn().id;
  const columns = [
    { head: 'Ticket', cell: ({ ticket }) => String(ticket) },
    ...(isForeman ? [{ head: 'Subscriber', cell: ({ fullName }) => fullName ?? '–' }] : []),
    { head: 'Status', cell: ({ status }) => status.toLowerCase() },
    { head: 'Passbook', cell: passbookLink },
  ];
  const tickets =
    subscribers.length === 0 ? [] : [table(isForeman ? 'Subscribers' : 'Your tickets', columns, subscribers)];
  const waiting = isForeman ? await waitingOf(id, subscribers) : [];
  return { title: scheme.name, nodes: [about, ...waiting, calendarOf(scheme), ...tickets] };
}

/** What subscribers say that they have paid, and nobody has confirmed yet. */
async function waitingOf(id, subscribers) {
  const payments = await readAll('/api/payments', { schemeId: id, status: 'PENDING' });
  if (payments.length === 0) return [];
  const names = new Map(subscribers.map((one) => [one.id, one.fullName ?? '–']));
  const columns = [
    {
      head: 'Payment',
      cell: ({ subscriptionId, ticket }) =>
        element('a', { href: `#/passbooks/${subscriptionId}` }, `Decide the payment of ticket ${ticket}`),
    },
    { head: 'Subscriber', cell: ({ subscriptionId }) => names.get(subscriptionId) ?? '–' },
    { head: 'Amount', amount: true, cell: ({ amount }) => rupees(amount) },
    { head: 'By', cell: ({ channel }) => channel },
    { head: 'Transaction', cell: ({ transactionId }) => transactionId ?? '–' },
  ];
  return [table('Payments that wait for you', columns, payments)];
}

function passbookLink({ id, ticket }) {
  return element('a', { href: `#/passbooks/${id}` }, `Passbook of ticket ${ticket}`);
}

/** The next draw can be entered before it is opened, so that nobody misses it. */
function calendarOf({ id, calendar, phase }) {
  const next = phase === 'running' ? calendar.find(({ status }) => status !== 'settled')?.instalment : undefined;
  const enter = ({ instalment, status }) => {
    if (status === 'scheduled' && instalment !== next) return 'scheduled';
    const text = instalment === next ? `Auction room (${status})` : status;
    return element('a', { href: `#/schemes/${id}/draws/${instalment}` }, text);
  };
  const columns = [
    { head: 'Instalment', cell: ({ instalment }) => String(instalment) },
    { head: 'Draw on', cell: ({ drawOn }) => drawOn },
    { head: 'Due on', cell: ({ dueOn }) => dueOn },
    { head: 'Draw', cell: enter },
    { head: 'Winner', cell: ({ winners }) => winners.map(({ ticket }) => `Ticket ${ticket}`).join(', ') || '–' },
    { head: 'Discount', amount: true, cell: ({ discount }) => rupees(discount) },
    { head: 'Prize', amount: true, cell: ({ prizes }) => rupees(prizes) },
    { head: 'Dividends', amount: true, cell: ({ dividends }) => rupees(dividends) },
  ];
  return table('Calendar', columns, calendar);
}
