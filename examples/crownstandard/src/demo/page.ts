import { aligned, count, dollars, PGLITE_NOTE, passLines, sideBySide } from '@holdfast/demo-kit';
import { add, equals, type Money, usd, zero } from '@holdfast/money';
import type { DemoReport } from './run-demo.ts';

/** How a page is drawn. */
export interface PageOptions {
  readonly colour: boolean;
  /** What the run took in all. */
  readonly seconds: number;
}

/** Draws a report as a page for a person: what happened, who was paid, and the proof. */
export function drawPage(report: DemoReport, { colour, seconds }: PageOptions): string {
  const paint = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const title = (text: string): string => `  ${paint(1, text)}`;
  const faint = (text: string): string => paint(2, text);
  const { proof, trips, place } = report;
  const mark = (holds: boolean): string => (holds ? paint(32, '✔') : paint(31, '✘'));
  return [
    '',
    title(`Holdfast · CrownStandard · ${count(trips)} trips of March 2019 as bookings`),
    `  ${faint(place)}`,
    '',
    ...sideBySide(moneyLines(report), countLines(report)),
    '',
    title('Providers, USD'),
    ...providerLines(report).map((line) => `  ${line}`),
    '',
    title('The payment provider’s own book'),
    ...proof.equations.map(({ says, left, right, holds }) =>
      `  ${mark(holds)} ${says.padEnd(62)} ${holds ? left.padStart(12) : `${left} and ${right}`}`.trimEnd(),
    ),
    '',
    title('Verifier'),
    ...passLines(proof.verification.passes).map((line) => `  ${line}`),
    ...(proof.verification.difference ? [`  ${mark(false)} ${proof.verification.difference.sentence}`] : []),
    ...proof.payouts.map((difference) => `  ${mark(false)} ${difference}`),
    '',
    ...drillLines(report, mark),
    `  ${mark(proof.verified)} ${proof.verified ? VERIFIED : 'Something does not add up.'}`,
    '',
    `  head      unit ${count(proof.verification.sequence)}`,
    `  speed     ${speed(report)}, ${seconds.toFixed(1)} s in all`,
    ...(place.startsWith('PGlite') ? ['', ...PGLITE_NOTE.map((line) => `  ${faint(line)}`)] : []),
    '',
  ].join('\n');
}

function moneyLines({ captured, tips, refunded, platform, providers }: DemoReport): string[] {
  return [
    'Money, USD',
    ...aligned([
      ['captured', dollars(captured)],
      ['tips', dollars(tips)],
      ['refunded', dollars(refunded)],
      ['kept by the platform', dollars(platform)],
      ['paid to providers', dollars([...providers.values()].map(({ paid }) => paid).reduce(add, zero(usd)))],
    ]),
  ];
}

function countLines({ bookings, unpaid, payouts, audit }: DemoReport): string[] {
  return [
    'Bookings and payouts',
    ...aligned([
      ['bookings', count(bookings)],
      ['  never paid', count(unpaid)],
      ['  payout held', count(payouts.held)],
      ['payouts released', count(payouts.released)],
      ['  left to a person', count(payouts.failed)],
      ...Object.entries(audit).map(([action, times]) => [`audit: ${action}`, count(times)] as const),
    ]),
  ];
}

/** Each provider with what is owed and what was paid; one mark for all that agree would hide the one that does not. */
function providerLines({ providers, zones }: DemoReport): string[] {
  const rows = [...providers]
    .map(([id, sums]) => ({ name: zones.get(id) ?? id, ...sums }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const width = Math.max(10, ...rows.map(({ name }) => name.length));
  const line = (name: string, owed: string, paid: string): string =>
    `${name.padEnd(width)}  ${owed.padStart(12)}  ${paid.padStart(12)}`;
  const total = (of: (row: { owed: Money; paid: Money }) => Money): Money => rows.map(of).reduce(add, zero(usd));
  return [
    line('', 'owed', 'paid'),
    ...rows.map(
      ({ name, owed, paid }) => `${line(name, dollars(owed), dollars(paid))}${equals(owed, paid) ? '' : '  ✘'}`,
    ),
    '─'.repeat(width + 28),
    line(`${count(rows.length)} providers`, dollars(total(({ owed }) => owed)), dollars(total(({ paid }) => paid))),
  ];
}

/** Each drill with what it did, and every identity that does not hold all the same. */
function drillLines({ drills }: DemoReport, mark: (holds: boolean) => string): string[] {
  if (!drills) return [];
  const lines = drills.flatMap(({ says, counts, proof }) => [
    `  ${mark(proof.verified)} ${says}`,
    `    ${Object.entries(counts)
      .map(([name, times]) => `${name} ${times}`)
      .join(', ')}`,
    ...proof.payouts.map((difference) => `    ${difference}`),
    ...proof.equations.flatMap(({ says: what, left, right, holds }) =>
      holds ? [] : [`    ${what}: ${left} and ${right}`],
    ),
    ...(proof.verification.difference ? [`    ${proof.verification.difference.sentence}`] : []),
  ]);
  return ['  Drills, each on a book of its own in memory', ...lines, ''];
}

function speed({ added, replayMs, calls, faults }: DemoReport): string {
  const took = `${(replayMs / 1_000).toFixed(1)} s`;
  if (added === 0) return `nothing new in the book: everything was answered again in ${took}`;
  const calling = `${count(calls)} calls to a payment provider ${faults ? 'that fails' : 'without faults'}`;
  return `${count(added)} units and ${calling} in ${took}`;
}

const VERIFIED = 'Everybody was paid what is owed, once: by our book, and by the payment provider’s.';
