import { money, usd } from '@holdfast/money';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asking, Desk, ended, moving, probing } from '../../test/desk.ts';
import type { Ask, Request } from '../request.ts';
import type { Changes } from '../store.ts';
import { counters } from '../testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 150) };

const anyAccount = fc.constantFrom('world:bank', 'users:1', 'users:2', 'users:3', 'strict:hold', 'free:1');
const anyMove = fc.tuple(
  anyAccount,
  anyAccount,
  fc.bigInt({ min: 0n, max: 9n }).map((minor) => money(minor, usd)),
);
const anyId = fc.constantFrom('a', 'b', 'c');
const anyHolds = fc.subarray(['x', 'y', 'z']);
const anyInstant = fc.integer({ min: 0, max: 9 }).map((second) => `2026-03-07T10:00:0${second}.000Z`);

const anyAsk: fc.Arbitrary<Ask> = fc.oneof(
  fc.array(anyMove, { minLength: 1, maxLength: 3 }).map((moves) => moving(...moves)),
  fc
    .tuple(anyId, anyHolds, fc.option(anyInstant, { nil: undefined }))
    .map(([id, holds, dueAt]) => probing(id, dueAt === undefined ? { holds } : { holds, dueAt })),
  anyId.map((id) => probing(id, { refuse: 'no' })),
  anyId.map((id) => probing(id, { throws: true })),
  fc
    .tuple(anyId, anyHolds, fc.integer({ min: -2, max: 600_000 }), fc.constantFrom('kept', 'apart'))
    .map(([id, holds, by, note]) => ({
      decider: counters,
      id,
      command: { type: 'Count', by, holds, note },
    })),
);

const anyRequest: fc.Arbitrary<Request> = fc
  .record({
    key: fc.integer({ min: 0, max: 30 }),
    asks: fc.array(anyAsk, { minLength: 1, maxLength: 3 }),
    at: anyInstant,
    keepRefusal: fc.boolean(),
  })
  .map(({ key, asks, at, keepRefusal }) => asking(`k${key}`, asks, { at, keepRefusal }));

const anyRequests = fc.array(anyRequest, { minLength: 1, maxLength: 30 });

describe('evaluate', { timeout: 30_000 + runs.numRuns * 50 }, () => {
  it('law: batching never shows in a unit, a digest, a row or an answer', () => {
    fc.assert(
      fc.property(anyRequests, fc.array(fc.nat({ max: 30 }), { maxLength: 8 }), (requests, cuts) => {
        const whole = new Desk();
        const parts = new Desk();
        const answers = whole.run(...requests).map(ended);
        const partly = pieces(requests, cuts).flatMap((piece) => [...parts.run(...piece)].map(ended));
        expect(partly).toEqual(answers);
        expect(rowsOf(parts.batches)).toEqual(rowsOf(whole.batches));
        expect(tasksOf(parts.batches)).toEqual(tasksOf(whole.batches));
        expect(parts.knowledge.head.digest).toBe(whole.knowledge.head.digest);
      }),
      runs,
    );
  });

  it('law: the same knowledge and requests give the same bytes', () => {
    fc.assert(
      fc.property(anyRequests, (requests) => {
        const first = new Desk();
        const second = new Desk();
        expect(second.run(...requests).map(ended)).toEqual(first.run(...requests).map(ended));
        expect(second.batches).toEqual(first.batches);
      }),
      runs,
    );
  });

  it('law: asking everything again gives the first answers and writes nothing', () => {
    fc.assert(
      fc.property(anyRequests, (requests) => {
        const desk = new Desk();
        const distinct = requests.map((request, index) => ({ ...request, key: `ann d${index}`, keepRefusal: true }));
        const first = desk.run(...distinct).map(ended);
        const units = desk.texts.length;
        const again = desk.run(...distinct.filter((_, index) => !first[index]?.startsWith('defect'))).map(ended);
        const firsts = first.filter((answer) => !answer.startsWith('defect'));
        expect(again).toEqual(firsts.map((answer) => (answer === 'done' ? 'replayed' : answer)));
        expect(desk.texts).toHaveLength(units);
      }),
      runs,
    );
  });

  it('law: no money is created or lost, whatever is asked', () => {
    fc.assert(
      fc.property(anyRequests, (requests) => {
        const desk = new Desk();
        desk.run(...requests);
        let sum = 0n;
        for (const seen of desk.knowledge.accounts.values()) sum += seen?.balance ?? 0n;
        expect(sum).toBe(0n);
        for (const [key, seen] of desk.knowledge.accounts) {
          if (!key.startsWith('world:') && !key.startsWith('free:'))
            expect(seen?.balance ?? 0n).toBeGreaterThanOrEqual(0n);
        }
      }),
      runs,
    );
  });
});

function pieces(requests: readonly Request[], cuts: readonly number[]): readonly (readonly Request[])[] {
  const at = [...new Set([0, ...cuts.filter((cut) => cut < requests.length), requests.length])].sort((a, b) => a - b);
  return at.slice(1).map((end, index) => requests.slice(at[index], end));
}

function rowsOf(batches: readonly Changes[]): unknown {
  const all = <Part extends 'units' | 'lines' | 'accounts' | 'records' | 'claims' | 'texts'>(part: Part) =>
    batches.flatMap((batch) => [...batch[part]]);
  return [all('units'), all('lines'), all('accounts'), all('records'), all('claims'), all('texts')];
}

/** What is left of the tasks: batches leave out what their own later units undo. */
function tasksOf(batches: readonly Changes[]): unknown {
  const tasks = new Map<string, unknown>();
  for (const change of batches.flatMap((batch) => batch.tasks)) {
    if ('put' in change) tasks.set(change.put.id, change.put);
    else tasks.delete(change.finish);
  }
  return [...tasks].sort(([left], [right]) => (left < right ? -1 : 1));
}
