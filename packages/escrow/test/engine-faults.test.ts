import { type FuzzableProcess, type FuzzableState, fuzzProcess } from '@holdfast/testkit';
import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { evolveOtherwise, type Fault, more, transferOtherwise } from './faulty-process.ts';
import { rental } from './rental.ts';

const TIMEOUT_MS = 60_000;

const faults: readonly (readonly [what: string, fault: Fault, law: RegExp])[] = [
  [
    'a share that is a cent too large',
    transferOtherwise((all, { leaves }) => all.map((one, index) => (leaves && index === 0 ? more(one, 1n) : one))),
    /what lies inside is what the things hold/,
  ],
  [
    'a charge that comes in twice',
    transferOtherwise((all, { freezes }) => (freezes ? [...all, ...all] : all)),
    /what lies inside is what the things hold/,
  ],
  [
    'a line that is laid elsewhere and not remembered there',
    evolveOtherwise((after, { shifts }, before) => (shifts && before ? { ...after, lines: before.lines } : after)),
    /what lies inside is what the things hold/,
  ],
  [
    'a line that leaves and stays',
    evolveOtherwise((after, { leaves }, before) => (leaves && before ? { ...after, lines: before.lines } : after)),
    /no line is below zero, and each is what it was less what left/,
  ],
  [
    'a way that does not count what left',
    evolveOtherwise((after, _event, before) => (before ? { ...after, left: before.left } : after)),
    /no line is below zero, and each is what it was less what left/,
  ],
  [
    'an end that comes before the money has left',
    evolveOtherwise((after, { type, leaves }) =>
      type === 'GivenBack' && leaves ? { ...after, status: 'settled' } : after,
    ),
    /done holds nothing/,
  ],
  [
    'a transfer of nothing',
    transferOtherwise((all) => all.map((one) => more(one, -one.amount.minor))),
    /every transfer moves more than nothing/,
  ],
  [
    'a refusal that nobody documented',
    ({ decide }) => ({
      decide: (seen, command, context) =>
        decide(seen, command, context).orElse(({ code }) => err({ code: code === 'exceeds_held' ? 'too_much' : code })),
    }),
    /a refusal is one that the command is documented to give/,
  ],
  [
    'an action that is offered to everybody',
    ({ definition }) => ({ availableActions: () => Object.keys(definition.transitions).map((type) => ({ type })) }),
    /what is offered is not refused/,
  ],
  [
    'a command that does not look at the actor',
    ({ decide }) => ({
      decide: (seen, command, context) => {
        const answer = decide(seen, command, context);
        const isStranger = answer.isErr() && answer.error.code === 'actor_not_allowed';
        return isStranger ? ok([]) : answer;
      },
    }),
    /what is not offered is/,
  ],
  [
    'a deadline that outlives the end',
    ({ standing }) => ({
      standing: (state) => ({
        ...standing(state),
        deadlines: [{ name: 'late', dueAt: '2026-01-01T00:00:00.000Z', command: { type: 'Close' } }],
      }),
    }),
    /what is done waits for nothing/,
  ],
  [
    'a state that remembers more than its events',
    (sound) => {
      let count = 0;
      return evolveOtherwise((after) => ({ ...after, facts: { ...after.facts, count: `${count++}` } }))(sound);
    },
    /the events of a history fold to its state/,
  ],
  [
    'a codec that drops the deadline',
    ({ codec }) => ({
      codec: {
        ...codec,
        decodeState: (json) => {
          const { dueAt: _, ...rest } = codec.decodeState(json) as FuzzableState;
          return rest;
        },
      },
    }),
    /states and events come back from their stored form/,
  ],
  [
    'a decision that depends on the order of the fields',
    ({ decide }) => ({
      decide: (seen, command, context) => {
        const { lines = {} } = (seen.record(context.id) ?? {}) as Partial<FuzzableState>;
        return Object.keys(lines)[0] === 'agent' ? err({ code: 'exceeds_held' }) : decide(seen, command, context);
      },
    }),
    /a state that was read back is answered like one that was kept/,
  ],
];

describe('a fault in the engine', () => {
  it.each(faults)(
    'is caught by a law: %s',
    (_what, fault, law) => {
      const faulty = { ...(rental as FuzzableProcess), ...fault(rental) };
      expect(() => fuzzProcess(faulty, { runs: 500, seed: 7 })).toThrow(law);
    },
    TIMEOUT_MS,
  );
});
