import { eventModel, type ScoreEvent, score } from '@holdfast/chit-score';
import { inr, money } from '@holdfast/money';
import { expect, it } from 'vitest';
import type { Happened } from '../feed/take-in-units.ts';
import { memberNotes } from './member-notes.ts';
import { scoreNotes } from './score-notes.ts';

const due = (instalment: number, minor = 97_500n): ScoreEvent => ({
  type: 'InstalmentDue',
  id: `S/4/${instalment}:due`,
  instalment: `S/4/${instalment}`,
  ticket: 'S/4',
  dueOn: `2026-0${instalment}-10`,
  amount: money(minor, inr),
});
const paid = (instalment: number, minor = 97_500n): ScoreEvent => ({
  type: 'InstalmentPaid',
  id: `S/4/${instalment}:paid.1.0`,
  instalment: `S/4/${instalment}`,
  on: `2026-0${instalment}-09`,
  amount: money(minor, inr),
});

/** An event as the feed hands it on; only what the notes look at. */
const happened = (event: object): Happened =>
  ({ scheme: 'S', place: '9.0', at: '2026-03-20T10:00:00.000Z', event }) as unknown as Happened;

const arrear = (instalment: number, principal: bigint) => ({ instalment, principal });
const reversed = (...arrears: readonly object[]) => happened({ type: 'PaymentReversed', ticket: 4, arrears });
const notesOf = (one: Happened, known: readonly ScoreEvent[]) =>
  scoreNotes(one).flatMap(({ events }) => memberNotes(one, events, known));

it('opens again what a payment that bounced had paid, from its day on', () => {
  const known = [due(1), paid(1), due(2), paid(2)];
  const notes = notesOf(reversed(arrear(2, 97_500n)), known);
  expect(notes).toMatchObject([{ type: 'PaymentReversed', instalment: 'S/4/2', on: '2026-03-20' }]);
  expect(notes.map((note) => 'amount' in note && `${note.amount}`)).toEqual(['975.00 INR']);
  const scoreOn = (asOf: string) => score(eventModel, [...known, ...notes], { asOf })._unsafeUnwrap().score;
  expect(scoreOn('2026-03-20')).toBeLessThan(scoreOn('2026-03-19'));
});

it.each([
  ['more is asked for than the instalment came to', arrear(2, 200_000n), [due(2), paid(2)], ['975.00 INR']],
  ['a part was open before', arrear(2, 97_500n), [due(2), paid(2, 50_000n)], ['500.00 INR']],
  ['it was open and stays so', arrear(2, 97_500n), [due(2)], []],
  ['the credit of the ticket has given it', arrear(1, 40_000n), [due(1), paid(1, 57_500n), due(2), paid(2)], []],
  ['another owed it', arrear(2, 97_500n), [], []],
])('opens no more again than was paid of it, where %s', (_, open, known, amounts) => {
  const notes = notesOf(reversed(open), known);
  expect(notes.map((note) => 'amount' in note && `${note.amount}`)).toEqual(amounts);
});

it('counts what is paid for whoever owed it, as a payment, out of a prize or as a dividend', () => {
  const cleared = [
    { instalment: 1, principal: 97_500n },
    { instalment: 2, principal: 100n },
  ];
  const credited = { ticket: 4, cleared };
  const payment = happened({ type: 'PaymentReceived', on: '2026-03-18', credited });
  const restored = happened({ type: 'DividendRestored', credited });
  expect(notesOf(payment, [due(2)])).toMatchObject([
    { type: 'InstalmentPaid', instalment: 'S/4/2', on: '2026-03-18', id: 'S/4/2:paid.9.0' },
  ]);
  expect(notesOf(restored, [due(1), due(2)])).toMatchObject([
    { type: 'InstalmentPaid', instalment: 'S/4/1', on: '2026-03-20' },
    { type: 'InstalmentPaid', instalment: 'S/4/2', on: '2026-03-20' },
  ]);
  expect(notesOf(payment, [])).toEqual([]);
});

it('gives up what is open of the ticket, and nothing of another', () => {
  const other = { ...due(3), id: 'S/44/3:due', instalment: 'S/44/3', ticket: 'S/44' } as ScoreEvent;
  const known = [due(1), paid(1), due(2), paid(2, 1n), other];
  for (const event of [
    { type: 'ArrearsWrittenOff', ticket: 4 },
    { type: 'DisputeClosed', ticket: 4, award: 'write_off' },
  ])
    expect(notesOf(happened(event), known)).toMatchObject([{ type: 'InstalmentWrittenOff', instalment: 'S/4/2' }]);
  expect(notesOf(happened({ type: 'DisputeClosed', ticket: 4, award: 'recover' }), known)).toEqual([]);
});
