import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineScheme } from '../terms/define-scheme.ts';
import { anySchemeLife, type SchemeLife } from '../testing/any-scheme.ts';
import { type SettledScheme, settleScheme } from './settle-scheme.ts';
import type { Settlement } from './settlement.ts';
import { shareOut } from './share-out.ts';
import { shareTicket } from './share-ticket.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const prizesOf = ({ prizes }: Settlement): bigint => sum(prizes.map(({ prize }) => prize));
const settle = ({ scheme, draws, taxes }: SchemeLife): SettledScheme =>
  settleScheme(scheme, draws, (instalment) => taxes[instalment - 1] ?? 0n);

/** The tax that is asked for beside the commission. */
const taxBeside = ({ scheme }: SchemeLife, { tax }: Settlement): bigint =>
  scheme.terms.tax?.bearer === 'foreman' ? 0n : tax;
const taxOfWinners = ({ scheme }: SchemeLife, { tax }: Settlement): bigint =>
  scheme.terms.tax?.bearer === 'winner' ? tax : 0n;
const netOf = (settled: SettledScheme, ticket: number): bigint =>
  sum(
    settled.settlements.flatMap(({ prizes }) => prizes.filter((one) => one.ticket === ticket).map((one) => one.prize)),
  ) +
  (settled.terminal[ticket - 1] ?? 0n) -
  sum(settled.settlements.map(({ dues }) => dues[ticket - 1] ?? 0n));

/** Calls back with each settlement and the one before it. */
function each(life: SchemeLife, check: (settlement: Settlement, before: Settlement | undefined) => void): void {
  const { settlements } = settle(life);
  for (const [index, settlement] of settlements.entries()) check(settlement, settlements[index - 1]);
}

const discounted = ['open_auction', 'sealed_auction', 'lot', 'fixed_order'] as const;

describe('settlement', { timeout: 600_000 }, () => {
  it('law: A1, prizes, their tax and the discounts are the gross chit amount', () => {
    fc.assert(
      fc.property(anySchemeLife({ methods: discounted }), (life) => {
        each(life, (settlement) => {
          const all = prizesOf(settlement) + taxOfWinners(life, settlement) + settlement.discount;
          expect(all).toBe(life.scheme.gross);
          expect(settlement.pool >= 0n && settlement.pool <= settlement.discount).toBe(true);
        });
      }),
      runs,
    );
  });

  it('law: A2, dividends and carry are the pool, the carry before and what was asked for beyond what is owed', () => {
    fc.assert(
      fc.property(anySchemeLife({ methods: discounted }), (life) => {
        each(life, (settlement, before) => {
          const { commission, tax, discount, pool } = settlement;
          const owedOnTop =
            commission - (discount - pool) + (life.scheme.terms.tax?.bearer === 'subscribers' ? tax : 0n);
          const surplus = sum(settlement.onTop) - owedOnTop;
          expect(surplus >= 0n && surplus < life.scheme.unit * BigInt(life.scheme.terms.tickets)).toBe(true);
          expect(sum(settlement.dividends) + settlement.carryOut).toBe(pool + surplus + (before?.carryOut ?? 0n));
        });
      }),
      runs,
    );
  });

  it('law: A3 and A4, what comes in goes out, in every instalment of every method', () => {
    fc.assert(
      fc.property(anySchemeLife(), (life) => {
        each(life, (settlement, before) => {
          const held = (one: Settlement | undefined) =>
            one === undefined ? 0n : one.carryOut + one.reserveOut + one.floatOut;
          const out = prizesOf(settlement) + settlement.commission + taxBeside(life, settlement) + held(settlement);
          expect(sum(settlement.dues) + held(before)).toBe(out);
        });
      }),
      runs,
    );
  });

  it('law: A5, over the life all dues are prizes, commission, tax and what is paid at the end', () => {
    fc.assert(
      fc.property(anySchemeLife(), (life) => {
        const { settlements, terminal } = settle(life);
        const paid = sum(settlements.flatMap(({ dues }) => dues));
        const out = settlements.map((one) => prizesOf(one) + one.commission + taxBeside(life, one));
        expect(paid).toBe(sum(out) + sum(terminal));
      }),
      runs,
    );
  });

  it('law: A6, each ticket wins once, and a second win is a defect', () => {
    fc.assert(
      fc.property(anySchemeLife(), (life) => {
        const { settlements } = settle(life);
        const winners = settlements.flatMap(({ prizes }) => prizes.map(({ ticket }) => ticket));
        expect(winners.sort((a, b) => a - b)).toEqual(winners.map((_, at) => at + 1));
        expect(winners).toHaveLength(life.scheme.terms.tickets);
        const [first, , ...rest] = life.draws;
        if (first === undefined || first.some(({ how }) => how === 'company_chit')) return;
        expect(() => settle({ ...life, draws: [first, first, ...rest] })).toThrow('has won already');
      }),
      runs,
    );
  });

  it('law: A7, all tickets together lose the commission and the tax beside it', () => {
    fc.assert(
      fc.property(anySchemeLife(), (life) => {
        const settled = settle(life);
        const nets = settled.terminal.map((_, index) => netOf(settled, index + 1));
        const costs = settled.settlements.map((one) => one.commission + taxBeside(life, one));
        expect(sum(nets)).toBe(-sum(costs));
      }),
      runs,
    );
  });

  it('law: A8, all tickets pay the same where all share, so that only the prize tells them apart', () => {
    fc.assert(
      fc.property(anySchemeLife({ methods: [...discounted, 'fixed_increment', 'fixed_schedule'] }), (life) => {
        fc.pre(life.scheme.terms.dividend.among === 'all' || !life.scheme.terms.method.type.match(/auction|lot|order/));
        each(life, ({ dues }) => {
          expect(new Set(dues).size).toBe(1);
        });
        const { terminal } = settle(life);
        expect((terminal[0] ?? 0n) - (terminal.at(-1) ?? 0n) <= 1n).toBe(true);
      }),
      runs,
    );
  });

  it('law: A9, a later set-off changes days and no ticket’s net', () => {
    fc.assert(
      fc.property(anySchemeLife({ methods: discounted }), (life) => {
        const { terms } = life.scheme;
        const [now, later] = ([0, 1] as const).map((lag) => {
          const scheme = defineScheme({ ...terms, dividend: { ...terms.dividend, lag } })._unsafeUnwrap();
          const settled = settle({ ...life, scheme });
          return settled.terminal.map((_, index) => netOf(settled, index + 1));
        });
        expect(later).toEqual(now);
      }),
      runs,
    );
  });

  it('law: edge case 27, nobody owes less than nothing, and no prize, carry or reserve is below zero', () => {
    fc.assert(
      fc.property(anySchemeLife(), (life) => {
        const { subscription, unit } = life.scheme;
        each(life, (settlement) => {
          const { dues, dividends, carryOut, reserveOut, prizes } = settlement;
          expect(dues.every((due) => due >= 0n) && carryOut >= 0n && reserveOut >= 0n).toBe(true);
          expect(prizes.every(({ prize }) => prize >= 0n)).toBe(true);
          expect(dividends.every((one) => one <= subscription)).toBe(true);
          if (!life.scheme.terms.method.type.startsWith('hui')) {
            expect(dividends.every((one) => one % unit === 0n)).toBe(true);
          }
        });
      }),
      runs,
    );
  });

  it('law: only what rounds away is carried, but where nobody shares or the subscription bounds the dividend', () => {
    fc.assert(
      fc.property(anySchemeLife({ methods: discounted }), (life) => {
        const { unit, subscription } = life.scheme;
        each(life, ({ dividends, carryOut }) => {
          const shares = dividends.filter((one) => one > 0n);
          if (shares.length === 0 || (shares[0] as bigint) > subscription - unit) return;
          expect(carryOut < unit * BigInt(dividends.length)).toBe(true);
        });
      }),
      runs,
    );
  });

  it('law: a due is the subscription and what comes on top, less what is set off', () => {
    const others = [...discounted, 'fixed_schedule', 'hui_discount', 'hui_premium'] as const;
    fc.assert(
      fc.property(anySchemeLife({ methods: others }), (life) => {
        each(life, ({ dues, onTop, dividends }, before) => {
          const setOff = life.scheme.terms.dividend.lag === 1 ? (before?.dividends ?? []) : dividends;
          expect(dues).toEqual(onTop.map((one, index) => life.scheme.subscription + one - (setOff[index] ?? 0n)));
        });
      }),
      runs,
    );
  });

  it('law: a fixed increment asks for no more than it needs, to a unit of each ticket, and shares no pool', () => {
    fc.assert(
      fc.property(anySchemeLife({ methods: ['fixed_increment', 'fixed_schedule'] }), (life) => {
        const { unit, terms } = life.scheme;
        each(life, ({ carryOut, pool, dividends, discount }) => {
          expect([pool, discount, sum(dividends)]).toEqual([0n, 0n, 0n]);
          if (terms.method.type === 'fixed_increment') expect(carryOut < unit * BigInt(terms.tickets)).toBe(true);
        });
      }),
      runs,
    );
  });

  it('law: the same winners give the same settlement, and a settlement leaves its input alone', () => {
    fc.assert(
      fc.property(anySchemeLife(), (life) => {
        const given = structuredClone({ draws: life.draws, taxes: life.taxes });
        expect(settle(life)).toEqual(settle(life));
        expect({ draws: life.draws, taxes: life.taxes }).toEqual(given);
      }),
      runs,
    );
  });
});

describe('parts of a ticket', () => {
  it('law: the parts sum to the ticket each time, and stay within a unit of the exact part of two holders', () => {
    const amounts = fc.array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 30 });
    const parts = fc.array(fc.bigInt({ min: 0n, max: 9n }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(amounts, parts, (given, held) => {
        fc.pre(sum(held) > 0n);
        let before = 0n;
        const got = held.map(() => 0n);
        for (const amount of given) {
          const split = shareTicket(amount, { parts: held, before });
          expect(sum(split)).toBe(amount);
          expect(split.every((one) => one >= 0n)).toBe(true);
          for (const [index, one] of split.entries()) got[index] = (got[index] ?? 0n) + one;
          before += amount;
        }
        if (held.length > 2) return;
        for (const [index, one] of got.entries()) {
          const apart = one * sum(held) - before * (held[index] ?? 0n);
          expect(apart < sum(held) && -apart < sum(held)).toBe(true);
        }
      }),
      runs,
    );
  });
});

describe('a fund that is shared out', () => {
  it('law: payouts and remainder are the fund, and nobody gets more for a share than another', () => {
    const shares = fc.array(fc.bigInt({ min: 0n, max: 50n }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), shares, (fund, held) => {
        fc.pre(sum(held) > 0n);
        const { perShare, payouts, remainder } = shareOut(fund, held);
        expect(sum(payouts) + remainder).toBe(fund);
        expect(remainder >= 0n && remainder < sum(held)).toBe(true);
        expect(payouts).toEqual(held.map((count) => count * perShare));
      }),
      runs,
    );
  });
});
