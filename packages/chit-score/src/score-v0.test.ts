import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Factors, factorNames, parseFactors, type ScaleId, scales, scoreV0, seedWeights } from './index.ts';
import { anyFactors } from './testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };
const anyScale = fc.constantFrom<ScaleId>('seed0to900', 'bureau300to900');

function four(...bps: readonly [bigint, bigint, bigint, bigint]): Factors {
  const [paymentHistory, schemeParticipation, kycCompletion, profileCompleteness] = bps;
  return { paymentHistory, schemeParticipation, kycCompletion, profileCompleteness };
}

const scored = (factors: Factors, scale?: ScaleId) => scoreV0(factors, scale)._unsafeUnwrap();

/** The exact score, in hundred-millionths of a point, written the long way. */
function exactly(factors: Factors, scale: ScaleId): bigint {
  const { minimum, maximum } = scales[scale];
  const { paymentHistory: p, schemeParticipation: s, kycCompletion: k, profileCompleteness: f } = factors;
  return minimum * 10n ** 8n + (4000n * p + 3000n * s + 2000n * k + 1000n * f) * (maximum - minimum);
}

describe('scoreV0', { timeout: 600_000 }, () => {
  it.each<[string, Factors, bigint, bigint]>([
    ['the worked example', four(9500n, 6000n, 7500n, 10_000n), 729n, 786n],
    ['four perfect factors', four(10_000n, 10_000n, 10_000n, 10_000n), 900n, 900n],
    ['nothing', four(0n, 0n, 0n, 0n), 0n, 300n],
    ['full KYC and profile, and no history', four(0n, 0n, 10_000n, 10_000n), 270n, 480n],
    ['half of a point, which goes up', four(0n, 0n, 0n, 500n), 5n, 303n],
    ['less than half of a point', four(0n, 0n, 25n, 5n), 0n, 300n],
  ])('scores %s', (_, factors, seed, bureau) => {
    expect([scored(factors).score, scored(factors, 'bureau300to900').score]).toEqual([seed, bureau]);
  });

  it('names its scale and never changes it silently', () => {
    expect(scored(four(1n, 1n, 1n, 1n)).scaleId).toBe('seed0to900');
    expect(scored(four(1n, 1n, 1n, 1n), 'bureau300to900').scaleId).toBe('bureau300to900');
  });

  it('gives one reason for each factor that is not whole, the largest loss first', () => {
    const { reasons } = scored(four(9500n, 6000n, 7500n, 10_000n));
    expect(reasons.map(({ code, points }) => [code, points])).toEqual([
      ['SP00', 108n],
      ['KY00', 45n],
      ['PH00', 18n],
    ]);
    expect(reasons[0]?.whatWouldHelp).toEqual({ action: 'raise_factor', about: ['schemeParticipation'] });
  });

  it.each<[string, unknown, string, string]>([
    ['a number', { ...four(0n, 0n, 0n, 0n), paymentHistory: 0.95 }, 'factors.paymentHistory', '0.95'],
    ['NaN', { ...four(0n, 0n, 0n, 0n), schemeParticipation: Number.NaN }, 'factors.schemeParticipation', 'NaN'],
    ['a percentage as text', { ...four(0n, 0n, 0n, 0n), kycCompletion: '75%' }, 'factors.kycCompletion', '75%'],
    ['more than a whole', four(0n, 0n, 0n, 10_001n), 'factors.profileCompleteness', '10001n'],
    ['less than nothing', four(-1n, 0n, 0n, 0n), 'factors.paymentHistory', '-1n'],
    ['a missing factor', { paymentHistory: 1n }, 'factors.schemeParticipation', 'undefined'],
    ['null', null, 'factors', 'null'],
    ['text', '729', 'factors', '729'],
  ])('refuses %s', (_, factors, field, given) => {
    expect(scoreV0(factors as Factors)._unsafeUnwrapErr()).toMatchObject({ code: 'factor_invalid', field, given });
  });

  it('runs no getter and survives a proxy that throws', () => {
    const getter = Object.defineProperty({ ...four(1n, 1n, 1n, 1n) }, 'kycCompletion', { get: () => 1n });
    const proxy = new Proxy({} as Factors, {
      getOwnPropertyDescriptor() {
        throw new Error('mine');
      },
    });
    for (const hostile of [getter, proxy]) {
      expect(scoreV0(hostile)._unsafeUnwrapErr()).toMatchObject({ code: 'factor_invalid', field: 'factors' });
    }
  });

  it.each(['', 'toString', '__proto__', 'SEED0TO900', 900])('refuses the scale %j', (scale) => {
    const refused = scoreV0(four(0n, 0n, 0n, 0n), scale as ScaleId)._unsafeUnwrapErr();
    expect(refused).toMatchObject({ code: 'scale_unknown', field: 'scale', given: String(scale) });
  });

  it('law: S1, the score lies on its scale, and unrounded it is the maximum only for four whole factors', () => {
    fc.assert(
      fc.property(anyFactors(), anyScale, (factors, scale) => {
        const { score, unrounded } = scored(factors, scale);
        const { minimum, maximum } = scales[scale];
        expect(score >= minimum && score <= maximum).toBe(true);
        const whole = factorNames.every((name) => factors[name] === 10_000n);
        expect(unrounded === (maximum - minimum) * 10n ** 8n).toBe(whole);
      }),
      { ...runs, examples: [[four(10_000n, 10_000n, 10_000n, 10_000n), 'seed0to900']] },
    );
  });

  it('S1 has an edge: a loss of less than half a point rounds to the maximum', () => {
    expect(scored(four(9_987n, 10_000n, 10_000n, 10_000n)).score).toBe(900n);
    expect(scored(four(9_986n, 10_000n, 10_000n, 10_000n)).score).toBe(899n);
    expect(scored(four(9_987n, 10_000n, 10_000n, 10_000n)).reasons).toEqual([]);
  });

  it('law: S2, raising a factor never lowers the score', () => {
    fc.assert(
      fc.property(
        anyFactors(),
        anyScale,
        fc.constantFrom(...factorNames),
        fc.bigInt(1n, 10_000n),
        (low, scale, name, by) => {
          const raised = low[name] + by > 10_000n ? 10_000n : low[name] + by;
          expect(scored({ ...low, [name]: raised }, scale).score >= scored(low, scale).score).toBe(true);
        },
      ),
      runs,
    );
  });

  it('law: S10, the points of the reasons and the score sum to the maximum, and a whole factor has no reason', () => {
    fc.assert(
      fc.property(anyFactors(), anyScale, (factors, scale) => {
        const { score, reasons } = scored(factors, scale);
        const lost = reasons.reduce((sum, { points }) => sum + points, 0n);
        expect(score + lost).toBe(scales[scale].maximum);
        expect(reasons.filter(({ factor }) => factors[factor] === 10_000n)).toEqual([]);
        const ordered = reasons.every(({ points, code }, index) => {
          const before = reasons[index - 1];
          return !before || before.points > points || (before.points === points && before.code < code);
        });
        expect(ordered).toBe(true);
      }),
      runs,
    );
  });

  it('law: S13, the score is the rational formula rounded once', () => {
    fc.assert(
      fc.property(anyFactors(), anyScale, (factors, scale) => {
        expect(scored(factors, scale).score).toBe((2n * exactly(factors, scale) + 10n ** 8n) / (2n * 10n ** 8n));
      }),
      runs,
    );
  });

  it('S13 is exact on the whole grid of tenths, where the formula in floating point misses 7,224 of 14,641', () => {
    const tenths = Array.from({ length: 11 }, (_, index) => index);
    let missed = 0;
    let wrong = 0;
    for (const p of tenths)
      for (const s of tenths)
        for (const k of tenths)
          for (const f of tenths) {
            const expected = 36 * p + 27 * s + 18 * k + 9 * f;
            if (((p / 10) * 0.4 + (s / 10) * 0.3 + (k / 10) * 0.2 + (f / 10) * 0.1) * 900 !== expected) missed += 1;
            const factors = four(BigInt(p) * 1000n, BigInt(s) * 1000n, BigInt(k) * 1000n, BigInt(f) * 1000n);
            if (scored(factors).score !== BigInt(expected)) wrong += 1;
          }
    expect({ missed, wrong }).toEqual({ missed: 7224, wrong: 0 });
  });

  it('weighs with parts that sum to a whole', () => {
    expect(factorNames.reduce((sum, name) => sum + seedWeights[name], 0n)).toBe(10_000n);
  });
});

describe('parseFactors', () => {
  const texts = {
    paymentHistory: '0.95',
    schemeParticipation: '0.60',
    kycCompletion: '0.75',
    profileCompleteness: '1',
  };

  it('reads fractions as text, exactly', () => {
    expect(parseFactors(texts)._unsafeUnwrap()).toEqual(four(9500n, 6000n, 7500n, 10_000n));
  });

  it.each([95, '95', '1.0001', '0.95001', '-0.1', '95%', 'NaN', '', '1e-1', null, 0.5, Number.NaN])(
    'refuses the fraction %j',
    (given) => {
      const refused = parseFactors({ ...texts, kycCompletion: given })._unsafeUnwrapErr();
      expect(refused).toMatchObject({ code: 'factor_invalid', field: 'factors.kycCompletion', given: String(given) });
    },
  );

  it.each([null, undefined, 7, 'text'])('refuses %j for the whole', (given) => {
    expect(parseFactors(given)._unsafeUnwrapErr()).toMatchObject({ code: 'factor_invalid', field: 'factors' });
  });
});
