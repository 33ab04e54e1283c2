import { aligned, count, dollars, PGLITE_NOTE, passLines, sideBySide } from '@holdfast/demo-kit';
import type { DemoReport } from './run-demo.ts';
import type { Month } from './tally.ts';

/** How a page is drawn. */
export interface PageOptions {
  readonly colour: boolean;
  /** What the run took in all. */
  readonly seconds: number;
}

/** Draws a report as a page for a person: every month of every scheme, every member, the foremen, and the proof. */
export function drawPage(report: DemoReport, { colour, seconds }: PageOptions): string {
  const paint = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const title = (text: string): string => `  ${paint(1, text)}`;
  const faint = (text: string): string => paint(2, text);
  const mark = (holds: boolean): string => (holds ? paint(32, '✔') : paint(31, '✘'));
  const { proof, place, schemes, tickets, members, head } = report;
  return [
    '',
    title(`Holdfast · ${count(schemes)} chit funds of ${count(tickets)} tickets, ${count(members.size)} members`),
    `  ${faint(place)}`,
    '',
    ...[...report.months].flatMap(([scheme, months]) => [title(scheme), ...monthLines(months), '']),
    title('Members: paid, got, score'),
    ...memberLines(report),
    '',
    ...sideBySide(moneyLines(report), countLines(report)),
    '',
    title('Proof'),
    ...proof.equations.map(({ says, left, right, holds }) =>
      `  ${mark(holds)} ${says.padEnd(78)} ${holds ? left.padStart(16) : `${left} and ${right}`}`.trimEnd(),
    ),
    ...proof.differences.map((difference) => `  ${mark(false)} ${difference}`),
    '',
    title('Verifier'),
    ...passLines(proof.verification.passes).map((line) => `  ${line}`),
    ...(proof.verification.difference ? [`  ${mark(false)} ${proof.verification.difference.sentence}`] : []),
    '',
    `  ${mark(proof.verified)} ${proof.verified ? VERIFIED : 'Something does not add up.'}`,
    '',
    `  head      unit ${count(head.sequence)}, digest ${head.digest.slice(0, 16)}…`,
    `  speed     ${speed(report)}, ${seconds.toFixed(1)} s in all`,
    ...(place.startsWith('PGlite') ? ['', ...PGLITE_NOTE.map((line) => `  ${faint(line)}`)] : []),
    '',
  ].join('\n');
}

function monthLines(months: readonly Month[]): string[] {
  const row = (...cells: readonly string[]): string => {
    const [no = '', day = '', pot = '', winner = '', how = '', discount = '', prize = '', dividend = ''] = cells;
    const left = `${no.padStart(4)}  ${day.padEnd(10)}  ${pot.padStart(12)}  ${winner.padEnd(17)}  ${how.padEnd(4)}`;
    return `${left}  ${discount.padStart(11)}  ${prize.padStart(12)}  ${dividend.padStart(9)}`;
  };
  return [
    row('', 'draw', 'pot', 'winner', '', 'discount', 'prize', 'dividend'),
    ...months.map(({ instalment, day, pot, winner, ticket, how, discount, prize, dividend }) =>
      row(
        `${instalment}`,
        day,
        dollars(pot),
        `${winner} (${ticket})`,
        how,
        dollars(discount),
        dollars(prize),
        dollars(dividend),
      ),
    ),
  ];
}

/** Three to a line: a thousand members are many lines as it is. */
function memberLines({ members }: DemoReport): string[] {
  const cells = [...members].map(
    ([member, { paid, received, score }]) =>
      `${member} ${dollars(paid).padStart(13)} ${dollars(received).padStart(13)} ${String(score).padStart(3)}`,
  );
  const lines: string[] = [];
  for (let at = 0; at < cells.length; at += 3) lines.push(`  ${cells.slice(at, at + 3).join('   ')}`);
  return lines;
}

function moneyLines({ collected, prizes, dividends, commission, gst, penalties, carry }: DemoReport): string[] {
  return [
    'Money, INR',
    ...aligned([
      ['collected', dollars(collected)],
      ['prizes', dollars(prizes)],
      ['dividends', dollars(dividends)],
      ['foremen: commission', dollars(commission)],
      ['foremen: penalties', dollars(penalties)],
      ['GST', dollars(gst)],
      ['left of sharing, shared at the end', dollars(carry)],
    ]),
  ];
}

function countLines({ draws, troubles }: DemoReport): string[] {
  return [
    'Draws and troubles',
    ...aligned([
      ['draws', count(draws)],
      ['late instalments', count(troubles.late)],
      ['struck off', count(troubles.removed)],
      ['substituted', count(troubles.substituted)],
      ['all made due at once', count(troubles.accelerated)],
    ]),
  ];
}

function speed({ added, replayMs }: DemoReport): string {
  const took = `${(replayMs / 1_000).toFixed(1)} s`;
  if (added === 0) return `nothing new in the book: everything was answered again in ${took}`;
  return `${count(added)} units in ${took}`;
}

const VERIFIED = 'Every scheme ended with all of its accounts at zero, and nobody lost a paisa.';
