import fc from 'fast-check';
import type { SampleAsk, SampleHistory, SampleRound, SampleStep } from './history.ts';
import { sampleInstant } from './open-sample.ts';

/**
 * Generates histories of the sample domain: few users, seats, places and keys, so that steps meet; amounts that run dry; keys that come
 * back with the same content and with another; several commands as one unit; several callers at once; deadlines.
 *
 * @param bounds - The most rounds of a history (6 where it is absent), and the most steps of a round (4).
 */
export function arbitraryHistory(
  bounds: { readonly maxRounds?: number; readonly maxSteps?: number } = {},
): fc.Arbitrary<SampleHistory> {
  const { maxRounds = 6, maxSteps = 4 } = bounds;
  const round = fc.record({
    // Real clocks go back now and then.
    afterMs: fc.constantFrom(0, 1, 40, 400, -150),
    steps: fc.array(draftStep, { minLength: 1, maxLength: maxSteps }),
    sweep: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  });
  const rounds = fc.array(round, { minLength: 1, maxLength: maxRounds });
  return fc.tuple(opening, rounds).map(([first, rest]) => finished([first, ...rest]));
}

const users = ['ann', 'ben', 'cid'] as const;
const currency = fc.constantFrom('USD' as const, 'USD' as const, 'USD' as const, 'JPY' as const);
const minor = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 300 }).map(BigInt) },
  { weight: 1, arbitrary: fc.constantFrom(1n, 2n ** 53n + 1n, 10n ** 30n + 7n) },
);

const deposit: fc.Arbitrary<SampleAsk> = fc.record({
  ask: fc.constant('move' as const),
  from: fc.constant('world:bank'),
  to: fc.constantFrom(...users).map((user) => `users:${user}:available`),
  minor,
  currency,
});

const between: fc.Arbitrary<SampleAsk> = fc
  .record({ from: fc.integer({ min: 0, max: 2 }), step: fc.integer({ min: 1, max: 2 }), minor, currency })
  .map(({ from, step, ...amount }) => ({
    ask: 'move',
    from: `users:${users[from]}:available`,
    to: `users:${users[(from + step) % 3]}:available`,
    ...amount,
  }));

const id = fc.constantFrom('s1', 's2', 's3');

const hold: fc.Arbitrary<SampleAsk> = fc
  .record({
    ask: fc.constant('hold' as const),
    id,
    place: fc.constantFrom('A1', 'A2'),
    buyer: fc.constantFrom(...users),
    minor: fc.integer({ min: 1, max: 120 }).map(BigInt),
    currency,
    expiresMs: fc.integer({ min: 0, max: 5 }),
    noted: fc.boolean(),
  })
  .map(({ expiresMs, noted, ...asked }) => ({
    ...asked,
    expiresAt: sampleInstant(expiresMs * 100),
    ...(noted ? { note: `for ${asked.buyer}, döner & tea` } : {}),
  }));

const end: fc.Arbitrary<SampleAsk> = fc.record({
  ask: fc.constant('end' as const),
  id,
  type: fc.constantFrom('ConfirmSeat' as const, 'LeaveSeat' as const, 'LeaveSeat' as const, 'ExpireSeat' as const),
});

const ask = fc.oneof(
  { weight: 2, arbitrary: deposit },
  { weight: 2, arbitrary: between },
  { weight: 5, arbitrary: hold },
  { weight: 6, arbitrary: end },
);

/** Most users begin with some money, so that histories get somewhere. */
const opening = fc.tuple(...users.map(() => fc.constantFrom(0n, 90n, 500n))).map((amounts) => ({
  afterMs: 0,
  sweep: false,
  steps: amounts.flatMap((amount, index): DraftStep[] => {
    const to = `users:${users[index]}:available`;
    const move = { ask: 'move', from: 'world:bank', to, minor: amount, currency: 'USD' } as const;
    const step = { actor: 'bank', key: `open-${index}`, keepRefusal: false, repeats: null, asks: [move] };
    return amount === 0n ? [] : [step];
  }),
}));

/** A step, or which of the earlier ones comes again. */
interface DraftStep extends SampleStep {
  readonly repeats: number | null;
}

const draftStep: fc.Arbitrary<DraftStep> = fc.record({
  repeats: fc.oneof({ weight: 7, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat({ max: 30 }) }),
  actor: fc.constantFrom('ann', 'ben'),
  key: fc.integer({ min: 0, max: 19 }).map((n) => `k${n}`),
  keepRefusal: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
  asks: fc.oneof(
    { weight: 4, arbitrary: ask.map((one) => [one]) },
    { weight: 1, arbitrary: fc.array(ask, { minLength: 2, maxLength: 3 }) },
  ),
});

/**
 * Puts earlier steps where steps repeat them, and sets the deadlines of one history apart by a millisecond each, so that every store sweeps
 * them in one order.
 */
function finished(
  rounds: readonly (Omit<SampleRound, 'steps'> & { readonly steps: readonly DraftStep[] })[],
): SampleHistory {
  const earlier: SampleStep[] = [];
  let holds = 0;
  const askApart = (asked: SampleAsk): SampleAsk => {
    if (asked.ask !== 'hold') return asked;
    holds += 1;
    return { ...asked, expiresAt: asked.expiresAt.replace(/\d{2}Z$/, `${String(holds % 100).padStart(2, '0')}Z`) };
  };
  const finish = ({ repeats, ...draft }: DraftStep): SampleStep => {
    const again = repeats === null ? undefined : earlier[repeats % Math.max(1, earlier.length)];
    const step = again ?? { ...draft, asks: draft.asks.map(askApart) };
    earlier.push(step);
    return step;
  };
  return rounds.map((round) => ({ ...round, steps: round.steps.map(finish) }));
}
