import { aligned, count, dollars, PGLITE_NOTE, passLines, sideBySide } from '@holdfast/demo-kit';
import type { Money } from '@holdfast/money';
import type { DemoReport } from './run-demo.ts';

/** How a page is drawn. */
export interface PageOptions {
  readonly colour: boolean;
  /** What the run took in all. */
  readonly seconds: number;
}

/** Draws a report as a page for a person: what happened, where the money is, and the proof. */
export function drawPage(report: DemoReport, { colour, seconds }: PageOptions): string {
  const paint = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const title = (text: string): string => `  ${paint(1, text)}`;
  const faint = (text: string): string => paint(2, text);
  const { verification, trips, place, exported } = report;
  const { verified, difference } = verification;
  const proof = verified
    ? paint(32, '✔ No cent was created or lost: every balance and every record follows from the journal.')
    : paint(31, `✘ ${difference?.sentence ?? 'The verification could not be finished.'}`);
  return [
    '',
    title(`Holdfast · JobSphere · ${count(trips)} trips of March 2019 as escrowed jobs`),
    `  ${faint(place)}`,
    '',
    ...sideBySide(jobLines(report), moneyLines(report)),
    '',
    title('Trial balance, USD'),
    ...trialBalanceLines(report).map((line) => `  ${line}`),
    '',
    title('Verifier'),
    ...passLines(verification.passes).map((line) => `  ${line}`),
    '',
    `  ${proof}`,
    '',
    `  head      unit ${count(verification.sequence)}`,
    `  digest    ${verification.digest}`,
    `  export    ${exported}`,
    `            ${faint(`hledger -f ${exported} balance`)}`,
    `  speed     ${speed(report)}, ${seconds.toFixed(1)} s in all`,
    ...(place.startsWith('PGlite') ? ['', ...PGLITE_NOTE.map((line) => `  ${faint(line)}`)] : []),
    '',
  ].join('\n');
}

function jobLines({ jobs, refusals }: DemoReport): string[] {
  const rows: (readonly [string, string])[] = [
    ['completed', count(jobs.completed)],
    ['rejected', count(jobs.rejected)],
    ['cancelled', count(jobs.cancelled)],
    ['expired', count(jobs.expired)],
    ['pending', count(jobs.pending)],
    ...[...refusals].map(([code, times]) => [`refused: ${REASONS[code] ?? code}`, count(times)] as const),
  ];
  return ['Jobs', ...aligned(rows)];
}

function moneyLines({ totals }: DemoReport): string[] {
  const { deposited, available, refunded, held, paid, fees } = totals;
  return [
    'Money, USD',
    ...aligned([
      ['money in', dollars(deposited)],
      ['available to customers', dollars(available)],
      ['  of it refunded', dollars(refunded)],
      ['held in escrow', dollars(held)],
      ['paid to contractors', dollars(paid)],
      ['fees earned', dollars(fees)],
    ]),
  ];
}

function trialBalanceLines({ trialBalance }: DemoReport): string[] {
  const { rows, debit, credit } = trialBalance;
  const lines = rows.map((row) => [`${row.type}, ${count(row.accounts)} accounts`, row.debit, row.credit] as const);
  const width = Math.max(...lines.map(([name]) => name.length), 12);
  const line = (name: string, left: string, right: string): string =>
    `${name.padEnd(width)}  ${left.padStart(14)}  ${right.padStart(14)}`;
  const rule = '─'.repeat(width + 32);
  return [
    line('', 'debit', 'credit'),
    ...lines.map(([name, left, right]) => line(name, unlessZero(left), unlessZero(right))),
    rule,
    line('', dollars(debit), dollars(credit)),
  ];
}

function speed({ added, replayMs, verification }: DemoReport): string {
  const took = `${(replayMs / 1_000).toFixed(1)} s`;
  if (added === 0)
    return `nothing new in the book: all ${count(verification.sequence)} units answered again in ${took}`;
  return `${count(Math.round((added * 1_000) / replayMs))} units per second (${count(added)} in ${took})`;
}

function unlessZero(amount: Money): string {
  return amount.minor === 0n ? '' : dollars(amount);
}

const REASONS: Readonly<Record<string, string>> = { budget_out_of_range: 'budget under the seed’s minimum' };
