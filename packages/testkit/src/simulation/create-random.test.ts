import { describe, expect, it } from 'vitest';
import { createRandom, seedOf } from './create-random.ts';
import { createVirtualClock } from './create-virtual-clock.ts';

function drawn(random: ReturnType<typeof createRandom>): readonly number[] {
  return Array.from({ length: 20 }, () => random.integer(1_000));
}

describe('createRandom', () => {
  it('repeats itself for the same seed, and not for another', () => {
    expect(drawn(createRandom(5))).toEqual(drawn(createRandom(5)));
    expect(drawn(createRandom(5))).not.toEqual(drawn(createRandom(6)));
  });

  it('stays below its limit and reaches every number', () => {
    const random = createRandom(1);
    const counts = Array.from({ length: 6 }, () => 0);
    for (let n = 0; n < 6_000; n++) counts[random.integer(6)] = (counts[random.integer(6)] ?? 0) + 1;
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(counts).toHaveLength(6);
  });

  it('forks streams that do not disturb each other', () => {
    const [left, right] = [createRandom(9), createRandom(9)];
    right.fork('faults').integer(100);
    expect(drawn(left)).toEqual(drawn(right));
    expect(drawn(left.fork('faults'))).not.toEqual(drawn(left.fork('workload')));
  });

  it('picks one of what there is, and says so where there is nothing', () => {
    const random = createRandom(2);
    expect(['a', 'b']).toContain(random.pick(['a', 'b']));
    expect(() => random.pick([])).toThrow(RangeError);
    expect([random.chance(0), random.chance(100)]).toEqual([false, true]);
    expect(seedOf('a')).not.toBe(seedOf('b'));
  });
});

describe('createVirtualClock', () => {
  it('moves when it is told to, forwards and back', () => {
    const clock = createVirtualClock('2026-01-01T00:00:00.000Z');
    clock.advance({ ms: 1_500 });
    expect(clock.now()).toBe('2026-01-01T00:00:01.500Z');
    clock.advance({ ms: -500 });
    expect(clock.now()).toBe('2026-01-01T00:00:01.000Z');
    clock.set('2027-01-01T00:00:00.000Z');
    expect(clock.now()).toBe('2027-01-01T00:00:00.000Z');
  });
});
