import { money, multiply } from '@holdfast/money';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventModel, factorNames, type Score, type ScoreEvent, scales, score, scoreToText, whatIf } from './index.ts';
import { anyDay, anyEvents } from './testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 100) };

const scored = (events: readonly ScoreEvent[], asOf: string): Score =>
  score(eventModel, events, { asOf })._unsafeUnwrap();
const paymentOf = (events: readonly ScoreEvent[], asOf: string): bigint => scored(events, asOf).factors.paymentHistory;
const instalmentsOf = (events: readonly ScoreEvent[]) => events.filter((event) => event.type === 'InstalmentDue');

/** Pays all of an instalment on a day. */
function payment(id: string, due: { instalment: string }, on: string, events: readonly ScoreEvent[]): ScoreEvent {
  const found = instalmentsOf(events).find(({ instalment }) => instalment === due.instalment);
  if (found === undefined) throw new Error('There is no such instalment.');
  return { type: 'InstalmentPaid', id, instalment: due.instalment, on, amount: found.amount };
}

/** One more instalment. */
function oneMore(dueOn: string, ticket: string): ScoreEvent {
  return {
    type: 'InstalmentDue',
    id: 'more',
    instalment: 'more',
    ticket,
    dueOn,
    amount: money(100n, { code: 'INR', scale: 2 }),
  };
}

const anyTicket = fc.constantFrom('t1', 't2', 't3');
const anyLaterDay = anyDay().map((day) => day.replace('2023', '2026').replace('2024', '2028').replace('2025', '2030'));

describe('score', { timeout: 600_000 }, () => {
  it('law: S1, the score lies on its scale, and every factor from nothing to whole', () => {
    fc.assert(
      fc.property(anyEvents(), anyDay(), fc.constantFrom(...Object.values(scales)), (events, asOf, scale) => {
        const found = score(eventModel, events, { asOf, scale: scale.id })._unsafeUnwrap();
        expect(found.score >= scale.minimum && found.score <= scale.maximum).toBe(true);
        for (const name of factorNames) expect(found.factors[name] >= 0n && found.factors[name] <= 10_000n).toBe(true);
      }),
      runs,
    );
  });

  it('law: S3, waiting neither heals nor hurts: with nothing open the payment history stays and no score falls', () => {
    fc.assert(
      fc.property(anyEvents(), anyLaterDay, anyLaterDay, (events, one, other) => {
        const [first, second] = one < other ? [one, other] : [other, one];
        const settled = [
          ...events.map((event) => (event.type === 'DocumentChanged' ? withoutEnd(event) : event)),
          ...instalmentsOf(events).map((due, index) => payment(`settled-${index}`, due, '2025-12-29', events)),
        ];
        expect(paymentOf(settled, second)).toBe(paymentOf(settled, first));
        expect(scored(settled, second).score >= scored(settled, first).score).toBe(true);
      }),
      runs,
    );
  });

  it('law: S4, paying what is overdue today never lowers the payment history, today or later', () => {
    fc.assert(
      fc.property(anyEvents(), anyDay(), fc.oneof(anyDay(), anyLaterDay), fc.nat(), (events, today, later, pick) => {
        const overdue = instalmentsOf(events).filter(({ dueOn }) => dueOn <= today);
        const due = overdue[pick % Math.max(1, overdue.length)];
        if (due === undefined) return;
        const paid = [...events, payment('paid', due, today, events)];
        for (const day of [today, later]) {
          if (day < today) continue;
          expect(paymentOf(paid, day) >= paymentOf(events, day)).toBe(true);
          expect(scored(paid, day).score >= scored(events, day).score).toBe(true);
        }
      }),
      runs,
    );
  });

  it('law: S5, an earlier payment never lowers the payment history', () => {
    fc.assert(
      fc.property(anyEvents(), anyDay(), anyDay(), fc.nat(), (events, asOf, earlier, pick) => {
        const payments = events.filter((event) => event.type === 'InstalmentPaid');
        const moved = payments[pick % Math.max(1, payments.length)];
        if (moved === undefined || earlier > moved.on) return;
        const instead = events.map((event) => (event === moved ? { ...moved, on: earlier } : event));
        expect(paymentOf(instead, asOf) >= paymentOf(events, asOf)).toBe(true);
      }),
      runs,
    );
  });

  it('law: S6, one more instalment paid on time, old or new, never lowers the payment history', () => {
    fc.assert(
      fc.property(
        anyEvents(),
        anyLaterDay,
        fc.oneof(anyDay(), anyLaterDay),
        anyTicket,
        (events, asOf, dueOn, ticket) => {
          const due = oneMore(dueOn, ticket);
          const more = [...events, due, payment('more-paid', { instalment: 'more' }, dueOn, [due])];
          expect(paymentOf(more, asOf) >= paymentOf(events, asOf)).toBe(true);
        },
      ),
      runs,
    );
  });

  it('law: S6b, one more instalment that is not paid never raises the payment history, however new it is', () => {
    fc.assert(
      fc.property(anyEvents(), anyDay(), anyDay(), anyTicket, (events, asOf, dueOn, ticket) => {
        expect(paymentOf([...events, oneMore(dueOn, ticket)], asOf) <= paymentOf(events, asOf)).toBe(true);
      }),
      runs,
    );
  });

  it('law: S7, the order of events and their repetition change no byte', () => {
    const shuffled = anyEvents().chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length, maxLength: 2 * events.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, anyDay(), ([events, mixed], asOf) => {
        expect(scoreToText(scored(mixed, asOf))).toBe(scoreToText(scored(events, asOf)));
      }),
      runs,
    );
  });

  it('law: S8, larger amounts change nothing but the hash of what was read', () => {
    fc.assert(
      fc.property(anyEvents(), anyDay(), fc.bigInt({ min: 2n, max: 1_000n }), (events, asOf, times) => {
        const larger = events.map((event) =>
          'amount' in event ? { ...event, amount: multiply(event.amount, times) } : event,
        );
        const inputsHash = '';
        expect({ ...scored(larger, asOf), inputsHash }).toEqual({ ...scored(events, asOf), inputsHash });
      }),
      runs,
    );
  });

  it('law: S9, what is not listed changes no byte', () => {
    const anyAttribute = fc.record({
      name: fc.constantFrom('gender', 'religion', 'caste', 'maritalStatus', 'language', 'photo', 'device'),
      value: fc.string(),
    });
    fc.assert(
      fc.property(anyEvents(), anyDay(), anyAttribute, (events, asOf, { name, value }) => {
        const told: ScoreEvent = {
          type: 'ProfileFieldChanged',
          id: 'told',
          field: name,
          verified: true,
          on: '2023-01-01',
        };
        const marked = [...events.map((event) => ({ ...event, [name]: value })), told];
        expect(scoreToText(scored(marked, asOf))).toBe(scoreToText(scored(events, asOf)));
      }),
      runs,
    );
  });

  it('law: S10, what was earned, lost and capped sums to the maximum, and a whole factor has no reason', () => {
    fc.assert(
      fc.property(anyEvents(), anyDay(), fc.constantFrom(...Object.values(scales)), (events, asOf, scale) => {
        const found = score(eventModel, events, { asOf, scale: scale.id })._unsafeUnwrap();
        const total = (parts: readonly { points: bigint }[]) => parts.reduce((sum, { points }) => sum + points, 0n);
        expect(found.before + found.lost).toBe(scale.maximum);
        expect(total(found.reasons)).toBe(found.lost);
        expect(found.score + total(found.overlays)).toBe(found.before);
        expect(total(factorNames.map((name) => ({ points: found.points[name] })))).toBe(found.before - scale.minimum);
        expect(found.reasons.filter(({ factor }) => found.factors[factor] === 10_000n)).toEqual([]);
        const order = found.reasons.map(({ points, code }) => `${10_000n - points} ${code}`);
        expect(order).toEqual([...order].sort());
      }),
      runs,
    );
  });

  it('law: S11, supposing nothing changes nothing, and supposing anything keeps nothing', () => {
    fc.assert(
      fc.property(anyEvents(), anyDay(), anyTicket, (events, asOf, ticket) => {
        const { before, after, gain } = whatIf(eventModel, events, [], { asOf })._unsafeUnwrap();
        expect([gain, scoreToText(after)]).toEqual([0n, scoreToText(before)]);
        const text = scoreToText(scored(events, asOf));
        const supposed = whatIf(eventModel, events, [oneMore(asOf, ticket)], { asOf })._unsafeUnwrap();
        expect(scoreToText(supposed.before)).toBe(text);
        expect(scoreToText(scored(events, asOf))).toBe(text);
      }),
      runs,
    );
  });

  it('law: S14, a payment that is taken back changes no byte of the days before, and never raises the payment history after', () => {
    fc.assert(
      fc.property(anyEvents(), anyDay(), fc.oneof(anyDay(), anyLaterDay), fc.nat(), (events, on, later, pick) => {
        const taken = new Set(events.flatMap((event) => (event.type === 'PaymentReversed' ? [event.id] : [])));
        const payments = events.filter(
          (event) => event.type === 'InstalmentPaid' && !taken.has(event.id.replace('-p', '-r')),
        ) as readonly Extract<ScoreEvent, { type: 'InstalmentPaid' }>[];
        const payment = payments[pick % Math.max(1, payments.length)];
        if (payment === undefined || later < on) return;
        const { instalment, amount } = payment;
        const back: ScoreEvent = { type: 'PaymentReversed', id: 'back', instalment, on, amount };
        const day = before(on);
        expect(scoreToText(scored([...events, back], day))).toBe(scoreToText(scored(events, day)));
        expect(paymentOf([...events, back], later) <= paymentOf(events, later)).toBe(true);
      }),
      runs,
    );
  });

  it('law: S12, a cap never raises a score, and goes with its cause', () => {
    fc.assert(
      fc.property(anyEvents(), anyLaterDay, (events, asOf) => {
        const found = scored(events, asOf);
        expect(found.score <= found.before).toBe(true);
        const mended: readonly ScoreEvent[] = [
          ...events,
          ...instalmentsOf(events).map((due, index) => payment(`mended-${index}`, due, '2025-12-29', events)),
          ...['t1', 't2'].map(
            (ticket): ScoreEvent => ({ type: 'TicketReinstated', id: `back-${ticket}`, ticket, on: '2025-12-29' }),
          ),
        ];
        expect(scored(mended, asOf).overlays).toEqual([]);
      }),
      runs,
    );
  });
});

function withoutEnd(event: Extract<ScoreEvent, { type: 'DocumentChanged' }>): ScoreEvent {
  const { validTo: _, ...rest } = event;
  return rest;
}

function before(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
