import { element, table } from './dom.js';
import { read, whoIsIn } from './session.js';

/** The score of whoever is signed in, why it is no higher, and how it was. */
export async function showScore() {
  const score = await read(`/api/users/${whoIsIn().id}/chit-score`);
  const { reasons, overlays, sentences, history } = score;
  const standing = score.provisional ? 'Provisional: too few instalments were due so far.' : `As of ${score.asOf}.`;
  const nodes = [
    element('p', { class: 'big', id: 'points' }, String(score.score)),
    element('p', {}, `${standing} ${score.lost} points are lost to the reasons below.`),
    element('h2', {}, 'In words'),
    element('ul', {}, ...sentences.map((sentence) => element('li', {}, sentence))),
    table('Reasons', REASONS, reasons),
  ];
  if (overlays.length > 0) nodes.push(table('Caps', CAPS, overlays));
  if (history.length > 0) nodes.push(table('At midnight', HISTORY, history));
  return { title: 'Score', nodes };
}

const REASONS = [
  { head: 'Reason', cell: ({ code }) => code },
  { head: 'Part of the score', cell: ({ factor }) => factor.replace(/([A-Z])/g, ' $1').toLowerCase() },
  { head: 'Points lost', amount: true, cell: ({ points }) => String(points) },
  { head: 'Rests on', cell: ({ evidence }) => evidence.join(', ') || '–' },
];

const CAPS = [
  { head: 'Reason', cell: ({ code }) => code },
  { head: 'No more than', amount: true, cell: ({ cap }) => String(cap) },
  { head: 'Points lost', amount: true, cell: ({ points }) => String(points) },
];

const HISTORY = [
  { head: 'Day', cell: ({ asOf }) => asOf },
  { head: 'Score', amount: true, cell: ({ score }) => String(score) },
  { head: 'Provisional', cell: ({ provisional }) => (provisional ? 'yes' : 'no') },
];
