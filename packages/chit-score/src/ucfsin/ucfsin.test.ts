import * as fc from 'fast-check';
import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { formatUcfsin, nextUcfsin, parseUcfsin } from '../index.ts';
import { checkCharacter } from './check-character.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };
const anyParts = fc.record({
  year: fc.integer({ min: 1900, max: 2199 }).map(String),
  sequence: fc.bigInt({ min: 0n, max: 999_999n }),
});

describe('nextUcfsin', () => {
  const counting = () => {
    const next = new Map<string, bigint>();
    return {
      next: async (year: string) => {
        const number = (next.get(year) ?? 0n) + 1n;
        next.set(year, number);
        return ok(number);
      },
    };
  };

  it('counts within the year of the day', async () => {
    const sequence = counting();
    const made: string[] = [];
    for (const today of ['2026-12-31', '2026-12-31', '2027-01-01']) {
      made.push((await nextUcfsin(sequence, { today }))._unsafeUnwrap());
    }
    expect(made).toEqual(['UCFSIN-2026-000001', 'UCFSIN-2026-000002', 'UCFSIN-2027-000001']);
  });

  it('fits the column of the portal with its check character', async () => {
    const made = (await nextUcfsin(counting(), { today: '2026-11-21', check: true }))._unsafeUnwrap();
    expect(made).toBe(`UCFSIN-2026-000001-${checkCharacter('UCFSIN2026000001')}`);
    expect(made).toHaveLength(20);
  });

  it.each([1_000_000n, -1n, 7, '000001', Number.NaN, undefined])(
    'refuses the number %o of a sequence',
    async (given) => {
      const sequence = { next: async () => ok(given as bigint) };
      const refused = (await nextUcfsin(sequence, { today: '2026-11-21' }))._unsafeUnwrapErr();
      expect(refused).toMatchObject({ code: 'sequence_exhausted', year: '2026' });
    },
  );

  it('hands on why a sequence gave none, and asks none for a day that is none', async () => {
    const sequence = { next: async () => err({ code: 'unreachable' as const }) };
    expect((await nextUcfsin(sequence, { today: '2026-11-21' }))._unsafeUnwrapErr()).toEqual({ code: 'unreachable' });
    const refused = (await nextUcfsin(sequence, { today: '2026-11-31' }))._unsafeUnwrapErr();
    expect(refused).toMatchObject({ code: 'day_invalid', field: 'today' });
  });
});

describe('parseUcfsin', () => {
  it('reads the three forms, and gives nothing of an older one but its state', () => {
    expect(parseUcfsin('UCFSIN-2026-000042')._unsafeUnwrap()).toMatchObject({
      form: 'plain',
      year: '2026',
      sequence: 42n,
    });
    expect(parseUcfsin('KA-PQR-7X2-123')._unsafeUnwrap()).toEqual({
      form: 'legacy',
      state: 'KA',
      text: 'KA-PQR-7X2-123',
    });
  });

  it.each([
    '',
    'UCFSIN-2026-00042',
    'UCFSIN-2026-0000042',
    'ucfsin-2026-000042',
    ' UCFSIN-2026-000042',
    'UCFSIN-2026-000042\n',
    'UCFSIN-2026-٠٠٠٠٤٢',
    'UCFSIN-2026-000042-',
    'UCFSIN-2026-000042-ab',
    'KA-PQR-7X2-12A',
    'x'.repeat(1_000_000),
    42,
    null,
    undefined,
    ['UCFSIN-2026-000042'],
  ])('refuses %j', (given) => {
    expect(parseUcfsin(given)._unsafeUnwrapErr()).toMatchObject({ code: 'ucfsin_invalid', field: 'ucfsin' });
  });

  it('computes the check character of the standard', () => {
    expect(checkCharacter('A12425GABC1234002')).toBe('M');
  });

  it('law: what is written is read again, with a check character and without', () => {
    fc.assert(
      fc.property(anyParts, fc.boolean(), (parts, check) => {
        expect(parseUcfsin(formatUcfsin(parts, { check }))._unsafeUnwrap()).toMatchObject(parts);
      }),
      runs,
    );
  });

  it('law: one wrong digit or letter never passes the check', () => {
    fc.assert(
      fc.property(anyParts, fc.nat(9), fc.integer({ min: 1, max: 9 }), (parts, place, by) => {
        const text = formatUcfsin(parts, { check: true });
        const at = [7, 8, 9, 10, 12, 13, 14, 15, 16, 17][place] as number;
        const wrong = text.slice(0, at) + ((Number(text[at]) + by) % 10) + text.slice(at + 1);
        expect(parseUcfsin(wrong).isErr()).toBe(true);
      }),
      runs,
    );
  });
});
