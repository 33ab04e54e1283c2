import { inr, money } from '@holdfast/money';
import * as fc from 'fast-check';
import { type Factors, factorNames } from '../factors.ts';
import type { ScoreEvent } from '../score-event.ts';

const anyBps = fc.oneof(fc.constantFrom(0n, 1n, 5_000n, 9_999n, 10_000n), fc.bigInt({ min: 0n, max: 10_000n }));

/**
 * Makes four factors, often at their edges.
 *
 * @returns An arbitrary of basis points.
 */
export function anyFactors(): fc.Arbitrary<Factors> {
  return fc.tuple(anyBps, anyBps, anyBps, anyBps).map((four) => {
    const entries = factorNames.map((name, index) => [name, four[index] as bigint] as const);
    return Object.fromEntries(entries) as Factors;
  });
}

/**
 * Makes a day from 2023 to 2025.
 *
 * @returns An arbitrary of days, each as likely.
 */
export function anyDay(): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min: 2023, max: 2025 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
    .map(([year, month, day]) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
}

/**
 * Makes the events of a member: up to 14 instalments of two tickets, paid early, late, in parts or never, some taken back, prized,
 * written off or superseded, and what else a score is made of.
 *
 * @returns An arbitrary of events that `score` accepts.
 */
export function anyEvents(): fc.Arbitrary<readonly ScoreEvent[]> {
  const instalments = fc.array(anyInstalment(), { maxLength: 14 });
  return fc
    .tuple(instalments, fc.array(anyOther(), { maxLength: 8 }))
    .map(([due, others]) => [
      ...due.flatMap((make, index) => make(`i${index}`)),
      ...others.map((make, index) => make(`o${index}`)),
    ]);
}

function anyInstalment(): fc.Arbitrary<(name: string) => readonly ScoreEvent[]> {
  const anyPart = fc.record({ share: fc.constantFrom(1n, 2n), on: anyDay(), back: fc.option(anyDay(), { freq: 4 }) });
  return fc
    .record({
      ticket: fc.constantFrom('t1', 't2'),
      dueOn: anyDay(),
      minor: fc.bigInt({ min: 2n, max: 10_000_00n }),
      paid: fc.oneof(
        { weight: 3, arbitrary: fc.constant('on time' as const) },
        { weight: 3, arbitrary: fc.array(anyPart, { maxLength: 3 }) },
      ),
      end: fc.option(fc.record({ writtenOff: fc.boolean(), on: anyDay() }), { freq: 8 }),
    })
    .map(({ ticket, dueOn, minor, paid, end }) => (instalment: string) => {
      const amount = money(minor, inr);
      const parts = paid === 'on time' ? [{ share: 1n, on: dueOn, back: null }] : paid;
      const payments = parts.flatMap(({ share, on, back }, index): readonly ScoreEvent[] => {
        const part = { instalment, amount: money((minor + share - 1n) / share, inr) };
        const paid = { type: 'InstalmentPaid', id: `${instalment}-p${index}`, on, ...part } as const;
        return back === null
          ? [paid]
          : [paid, { type: 'PaymentReversed', id: `${instalment}-r${index}`, on: back, ...part }];
      });
      const due: ScoreEvent = { type: 'InstalmentDue', id: `${instalment}-due`, instalment, ticket, dueOn, amount };
      if (end === null) return [due, ...payments];
      const type = end.writtenOff ? 'InstalmentWrittenOff' : 'InstalmentSuperseded';
      return [due, ...payments, { type, id: `${instalment}-end`, instalment, on: end.on }];
    });
}

function anyOther(): fc.Arbitrary<(id: string) => ScoreEvent> {
  const ticket = fc.constantFrom('t1', 't2');
  const scheme = fc.constantFrom('s1', 's2', 's3');
  const types = ['TicketPrized', 'TicketAccelerated', 'TicketReinstated', 'SubscriberRemoved'] as const;
  const ofTicket = fc.record({ type: fc.constantFrom(...types), ticket, on: anyDay() });
  const schemeTypes = ['SchemeCommenced', 'SchemeCompleted'] as const;
  const ofScheme = fc.record({ type: fc.constantFrom(...schemeTypes), scheme, on: anyDay() });
  const document = fc.record(
    {
      type: fc.constant('DocumentChanged' as const),
      document: fc.constantFrom('d1', 'd2', 'd3'),
      kind: fc.constantFrom('AADHAR', 'PAN', 'DRIVING_LICENSE', 'PASSPORT'),
      status: fc.constantFrom('PENDING', 'VERIFIED', 'REJECTED'),
      on: anyDay(),
      validTo: anyDay(),
    },
    { requiredKeys: ['type', 'document', 'kind', 'status', 'on'] },
  );
  const profile = fc.record({
    type: fc.constant('ProfileFieldChanged' as const),
    field: fc.constantFrom('name', 'phone', 'email', 'nominee', 'gender'),
    verified: fc.boolean(),
    on: anyDay(),
  });
  return fc
    .oneof(ofTicket, ofScheme, document, profile)
    .map((event) => (id: string) => ({ ...event, id }) as ScoreEvent);
}
