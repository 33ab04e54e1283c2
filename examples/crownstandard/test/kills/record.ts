import type { Kill, KillReport } from './kill-workers.ts';
import { allMoments } from './moments.ts';

/** Writes the record of a run as a page. */
export function recordOf(report: KillReport, node: string): string {
  const { seed, kills, bookings, obligations, transfers, sends, replayed, operator, seconds, problems } = report;
  return `# ${kills.length} kills

Written by \`npm run kills -- ${kills.length} ${seed}\`, never by hand. A worker of the marketplace, as a process of its own, was killed with \`kill -9\` and started again until ${kills.length} were dead;
then the last one finished. The store was the Postgres that comes from npm, waiting for the disk; the payment provider the local Stripe peer, a process of its own
that loses answers, cuts sockets, answers 429, and 500 with, without and with late effect, and sends webhooks late, twice, in any order or never. How often and when
follows from the seed; what a kill then meets is chance, so no two runs are the same to the millisecond.

| | |
| --- | --- |
| seed | ${seed} |
| kills | ${kills.length} |
| bookings, and obligations of them with tips | ${bookings}, ${obligations} |
| transfers in the peer's own book | ${transfers} |
| calls that asked for a transfer | ${sends}, of which ${replayed} were answered from the key |
| by an operator | ${operator.redriven} driven again, ${operator.asserted} asserted, ${operator.unparked} unparked, ${operator.givenUp} payments found not to have been made |
| took | ${Math.round(seconds)} s on ${node} |
| found | ${problems.length === 0 ? 'nothing: see below what was compared' : problems.join('; ')} |

Compared at the end: each obligation was paid by exactly one transfer of the peer's, of exactly its amount; each payee has at the peer what the bookings say; the
peer's book equals the ledger; both books verify; the identities of payouts hold; nothing is left on its way or in suspense.

## Where the kills met the worker

A worker does several things at once, so a kill may meet it at more than one. Of the kills, some came from outside at a time after the worker's start or after its
first payout; the others the worker did to itself at a step that was drawn, in the middle of it or beside it.

| | ${HOWS.join(' | ')} | all |
| --- |${' --- |'.repeat(HOWS.length + 1)}
${allMoments.map((moment) => rowOf(moment, kills)).join('\n')}
| kills | ${HOWS.map((how) => kills.filter((kill) => kill.how === how).length).join(' | ')} | ${kills.length} |

## One by one

| kill | how | where |
| --- | --- | --- |
${kills.map(({ number, how, moments }) => `| ${number} | ${how} | ${moments.join('; ')} |`).join('\n')}
`;
}

function rowOf(moment: Kill['moments'][number], kills: readonly Kill[]): string {
  const met = kills.filter(({ moments }) => moments.includes(moment));
  return `| ${moment} | ${HOWS.map((how) => met.filter((kill) => kill.how === how).length).join(' | ')} | ${met.length} |`;
}

const HOWS: readonly Kill['how'][] = ['from its start', 'from its first payout', 'aimed'];
