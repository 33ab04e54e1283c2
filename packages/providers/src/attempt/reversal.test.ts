import { describe, expect, it } from 'vitest';
import {
  sampleAttempt,
  sampleObservation,
  sampleOperation,
  samplePlan,
  samplePower,
} from '../testing/sample-attempt.ts';
import { adoptAttempt } from './adopt-attempt.ts';
import { applyObservation } from './apply-observation.ts';
import { attemptKey } from './attempt-key.ts';
import { attemptMetadata, isOfAttempt, readAttemptMark } from './attempt-metadata.ts';
import { startAttempt } from './start-attempt.ts';

const at = '2026-03-07T10:00:00.000Z';
const descriptor = { ...samplePlan().descriptor, operations: { reverse_transfer: samplePower } };
const operation = { ...sampleOperation, kind: 'reverse_transfer', reference: 'booking-7~1', object: 'tr_1' } as const;
const started = (reversal: number) =>
  startAttempt(samplePlan({}, { reversal, descriptor, operation }), at)._unsafeUnwrap().attempt;

describe('an attempt of a reversal', () => {
  it('has a key of its own: not that of the payout, of another reversal or of another number', () => {
    const name = { book: 'main', payout: 'p', number: 1 };
    const names = [name, { ...name, number: 2 }, { ...name, reversal: 1 }, { ...name, reversal: 2 }];
    const more = [
      { ...name, reversal: 1, number: 2 },
      { ...name, payout: 'p~1' },
      { ...name, payout: 'p-1' },
    ];
    expect(new Set([...names, ...more].map(attemptKey)).size).toBe(7);
    expect(attemptKey({ ...name, reversal: 1 })).toBe(attemptKey({ ...name, reversal: 1 }));
  });

  it('writes and reads which reversal it is of; a mark that is not well-formed is none', () => {
    const mark = { book: 'main', payout: 'p', reversal: 3, number: 2, epoch: 1 };
    const metadata = attemptMetadata(mark);
    expect(metadata).toEqual({ book: 'main', payout: 'p', reversal: '3', attempt: '2', epoch: '1' });
    expect(readAttemptMark({ metadata })).toEqual(mark);
    expect(readAttemptMark({ metadata: { ...metadata, reversal: 'x' } })).toBeUndefined();
    expect(readAttemptMark({})).toBeUndefined();
  });

  it('is told apart from the attempt of the same number of its payout', () => {
    const [own, reversal, other] = [sampleAttempt(at), started(1), started(2)];
    const observation = sampleObservation(reversal);
    expect([own, reversal, other].map((attempt) => isOfAttempt(attempt, observation))).toEqual([false, true, false]);
    const mixed = applyObservation(other, observation, at).attempt.state;
    expect(mixed).toMatchObject({ status: 'conflict', field: 'metadata.reversal' });
    expect(applyObservation(reversal, observation, at).attempt.state.status).toBe('paid');
  });

  it('is adopted as one of its reversal, with what it was on', () => {
    const lost = started(4);
    const adopting = { book: 'main', power: lost.power, observation: sampleObservation(lost), object: 'tr_1' };
    const { attempt } = adoptAttempt(adopting, at)._unsafeUnwrap();
    expect(attempt).toMatchObject({ key: lost.key, reversal: 4, number: 1, operation: { object: 'tr_1' } });
  });

  it('leaves what was written into a return to who hears it: by its name it counts the same', () => {
    const own = sampleAttempt(at);
    const one = { id: 'trr_1', amount: own.operation.amount, at, reference: 'r' };
    const marked = sampleObservation(own, { returns: [{ ...one, metadata: { book: 'main' } }] });
    const plain = sampleObservation(own, { returns: [one] });
    expect(applyObservation(own, marked, at).attempt).toEqual(applyObservation(own, plain, at).attempt);
  });
});
