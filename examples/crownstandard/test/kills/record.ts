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

## With mistakes planted

Seen on 2026-11-22 with \`npm run kills -- 12 20260301\` and the words below: 12 kills each, on Node 20.20.2. \`forgetting\` has the provider forget every key at each kill, and lets nothing arrive
late. \`sent_before_stored\` makes each call first and stores its attempt after that; \`fresh_keys\` draws a key for each call. What a kill meets is chance, so another run finds other numbers.

| words | obligations | transfers | calls, of which answered from the key | found |
| --- | --- | --- | --- | --- |
| \`forgetting\` | 63 | 48 | 55, 2 | nothing |
| \`sent_before_stored forgetting\` | 63 | 49 | 54, 1 | 2 obligations paid twice by one transfer too many; 57.59 more with a payee than is owed, and as much in suspense |
| \`sent_before_stored\` | 63 | 48 | 61, 2 | nothing: the key is derived, so the provider answers the second call from it as long as it remembers it |
| \`fresh_keys\` | 63 | 50 | 60, 3 | 2 obligations paid twice by two transfers too many; 303.81 more with two payees than is owed, and as much in suspense |

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
