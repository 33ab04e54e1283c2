import type { DomainEvent, Seen } from '@holdfast/kernel';
import { type FuzzableProcess, fuzzProcess } from '@holdfast/testkit';
import { expect, it } from 'vitest';
import { booking, type ProcessEvent, type Whole } from '../../src/index.ts';
import { answerByHand } from './answer-by-hand.ts';
import type { Answer, Asked, Booking, Move } from './booking.ts';

const runs = Number(process.env.HOLDFAST_RUNS ?? 200);
const seed = Number(process.env.HOLDFAST_SEED ?? 3);

/** The declared booking, which asks the one by hand each time, and throws where the two do not say the same. */
function besides(byHand: typeof answerByHand): { readonly process: FuzzableProcess; readonly compared: () => number } {
  const asked = new WeakMap<object, Asked>();
  const nextOf = new WeakMap<object, Booking>();
  const bookings = new WeakMap<object, Booking>();
  let count = 0;
  const declared = booking as FuzzableProcess;
  const process: FuzzableProcess = {
    ...declared,
    parse: (command) =>
      declared.parse(command).map((parsed) => {
        asked.set(parsed, command as Asked);
        return parsed;
      }),
    decide: (seen: Seen, command, context) => {
      const before = seen.record(context.id) as Whole | undefined;
      const decided = declared.decide(seen, command, context);
      // A law asks once more with a state that was read back: of that one nobody keeps a booking by hand.
      if (before && !bookings.has(before)) return decided;
      const answer = byHand(before && bookings.get(before), asked.get(command) as Asked, context);
      count++;
      const said = decided.isErr() ? decided.error.code : movesOf(decided.value as readonly ProcessEvent[]);
      expect(said, (command as Asked).type).toEqual(typeof answer === 'string' ? answer : summed(answer.moves));
      if (decided.isOk() && typeof answer !== 'string') nextOf.set(decided.value.at(-1) as object, answer.after);
      return decided;
    },
    evolve: (before: Whole | undefined, event: DomainEvent) => {
      const after = declared.evolve(before, event) as Whole;
      const next = nextOf.get(event) ?? (before && bookings.get(before));
      if (next) bookings.set(after, next);
      if (nextOf.has(event)) expect(statusesOf(after)).toEqual(statusesByHand(next as Booking));
      return after;
    },
  };
  return { process, compared: () => count };
}

function movesOf(events: readonly ProcessEvent[]): Readonly<Record<string, bigint>> {
  return summed(
    events.flatMap(({ moves }) => moves.map(({ from, to, amount }) => ({ from, to, minor: amount.minor }))),
  );
}

/** By route, without what goes nowhere. */
function summed(moves: readonly Move[]): Readonly<Record<string, bigint>> {
  const sums: Record<string, bigint> = {};
  for (const { from, to, minor } of moves) {
    if (minor !== 0n) sums[`${from} -> ${to}`] = (sums[`${from} -> ${to}`] ?? 0n) + minor;
  }
  return sums;
}

function statusesOf({ status, parts = {} }: Whole): unknown {
  const of = (kind: string) => Object.entries(parts[kind] ?? {}).map(([id, part]) => [id, part.status]);
  return { status, tips: of('tip'), disputes: of('dispute'), debts: of('debt') };
}

function statusesByHand({ status, tips, disputes, debts }: Booking): unknown {
  const of = (things: Readonly<Record<string, { readonly status: string }>>) =>
    Object.entries(things).map(([id, thing]) => [id, thing.status]);
  return { status, tips: of(tips), disputes: of(disputes), debts: of(debts) };
}

it(
  `law: the declared booking says what one by hand says, in random histories from seed ${seed}`,
  () => {
    const { process: both, compared } = besides(answerByHand);
    const report = fuzzProcess(both, { runs, seed });
    expect(compared()).toBeGreaterThan(runs * 5);
    expect(report.commands).toBeGreaterThan(runs);
    // What fewer histories try is a matter of luck.
    if (runs >= 200) expect(Object.entries(report.done).filter(([, times]) => times === 0)).toEqual([]);
  },
  600_000 + runs * 500,
);

type Change = (answer: Answer, command: Asked) => Answer;

const slips: readonly (readonly [what: string, change: Change])[] = [
  ['a tip that may come a day late', (answer) => (answer === 'too_late' ? 'amount_not_positive' : answer)],
  [
    'a dispute whose platform share goes to the provider',
    (answer, { type }) =>
      type !== 'RejectDispute' || typeof answer === 'string'
        ? answer
        : { ...answer, moves: answer.moves.map((move) => ({ ...move, to: 'payouts:booking.P1:owed' })) },
  ],
  [
    'a chargeback that is won but leaves the debt open',
    (answer, { type, debt }) => {
      if (type !== 'WinChargeback' || typeof answer === 'string') return answer;
      const { debts } = answer.after;
      const open = { ...debts, [debt]: { ...(debts[debt] as Booking['debts'][string]), status: 'owed' as const } };
      return { ...answer, after: { ...answer.after, debts: open } };
    },
  ],
];

it.each(slips)('sees a slip: %s', (_what, change) => {
  const { process: both } = besides((before, command, asker) => change(answerByHand(before, command, asker), command));
  expect(() => fuzzProcess(both, { runs: 200, seed: 3 })).toThrow();
});
