import { type Instant, instantAt } from '@holdfast/kernel';
import { describe, expect, it } from 'vitest';
import { askBreaker } from './ask-breaker.ts';
import { type BreakerCell, createBreaker, memoryCell } from './breaker.ts';
import { forceClose, forceOpen } from './force-breaker.ts';
import { reportResult } from './report-result.ts';
import { type BreakerSettings, breakerSettings } from './settings.ts';
import { type BreakerPermit, type BreakerResult, type BreakerState, newBreaker } from './state.ts';

const start = Date.parse('2026-03-07T10:00:00.000Z');
const at = (seconds: number): Instant => instantAt(start + Math.round(seconds * 1_000));

/** A breaker whose clock the test sets, in seconds. Its dice always show a half. */
class Bench {
  state: BreakerState = newBreaker();
  seconds = 0;
  readonly settings: BreakerSettings;

  constructor(settings: Partial<BreakerSettings> = {}) {
    this.settings = breakerSettings(settings);
  }

  /** Asks, and gives the permit, or from which second on it is worth asking again. */
  ask(seconds = this.seconds): BreakerPermit | number | null {
    this.seconds = seconds;
    const { state, answer } = askBreaker(this.state, { at: at(seconds), random: 0.5 }, this.settings);
    this.state = state;
    if (answer.permit) return answer.permit;
    return answer.retryAt === null ? null : (Date.parse(answer.retryAt) - start) / 1_000;
  }

  tell(permit: BreakerPermit | number | null, result: BreakerResult, seconds = this.seconds): void {
    this.seconds = seconds;
    const report = { permit: permit as BreakerPermit, result };
    this.state = reportResult(this.state, report, { at: at(seconds), random: 0.5 }, this.settings);
  }

  /** Calls once for each letter: F fails, S succeeds, I says nothing. */
  calls(letters: string): void {
    for (const letter of letters) this.tell(this.ask(), RESULTS[letter as keyof typeof RESULTS]);
  }
}

const RESULTS = { F: 'failure', S: 'success', I: 'ignore' } as const;

describe('a breaker', () => {
  it('stays closed where a success stands between four failures and four', () => {
    const bench = new Bench();
    bench.calls('FFFFSFFFF');
    expect(bench.state.phase).toBe('closed');
  });

  it('opens at five failures in a row, for sixty seconds', () => {
    const bench = new Bench();
    bench.calls('FFFFF');
    expect(bench.state).toMatchObject({ phase: 'open', openUntil: at(60), openings: 1 });
  });

  it('refuses until the last millisecond, and says from when it is worth asking', () => {
    const bench = new Bench();
    bench.calls('FFFFF');
    expect(bench.ask(59.999)).toBe(60);
  });

  it('then lets one probe through, and nobody else', () => {
    const bench = new Bench();
    bench.calls('FFFFF');
    expect(bench.ask(60)).toMatchObject({ probe: 1 });
    expect(bench.state.phase).toBe('half_open');
    expect(bench.ask(60)).toBe(120);
  });

  it('closes when the probe succeeds, with nothing counted', () => {
    const bench = new Bench();
    bench.calls('FFFFF');
    bench.tell(bench.ask(60), 'success', 61);
    expect(bench.state).toMatchObject({ phase: 'closed', recent: [] });
    bench.calls('FFFF');
    expect(bench.state.phase).toBe('closed');
    bench.calls('F');
    expect(bench.state).toMatchObject({ phase: 'open', openUntil: at(121) });
  });

  it('opens for twice as long when the probe fails, up to ten minutes', () => {
    const bench = new Bench();
    bench.calls('FFFFF');
    const lasted: number[] = [];
    for (let now = 60; lasted.length < 6; ) {
      bench.tell(bench.ask(now), 'failure');
      const until = bench.ask() as number;
      lasted.push(until - now);
      now = until;
    }
    expect(lasted).toEqual([120, 240, 480, 600, 600, 600]);
  });

  it.each(['success', 'failure'] as const)('takes no notice of a late %s from before it opened', (result) => {
    const bench = new Bench();
    const late = bench.ask();
    bench.calls('FFFFF');
    const open = bench.state;
    bench.tell(late, result, 30);
    expect(bench.state).toEqual(open);
    const probe = bench.ask(60);
    const trying = bench.state;
    bench.tell(late, result, 61);
    expect(bench.state).toEqual(trying);
    bench.tell(probe, 'success', 62);
    expect(bench.state.phase).toBe('closed');
    bench.tell(late, result, 63);
    expect(bench.state).toMatchObject({ phase: 'closed', recent: [] });
  });

  it('counts a probe that never reports as a failure, from the end of its lease', () => {
    const bench = new Bench();
    bench.calls('FFFFF');
    const lost = bench.ask(60);
    expect(bench.ask(119.999)).toBe(120);
    expect(bench.ask(120)).toBe(240);
    bench.tell(lost, 'success', 121);
    expect(bench.state).toMatchObject({ phase: 'open', openUntil: at(240), openings: 2 });
    // Nobody came by for long: the time that it was open for counts from the end of the lease all the same.
    expect(bench.ask(241)).toMatchObject({ probe: 1 });
    expect(bench.ask(301 + 480)).toMatchObject({ probe: 1 });
  });

  it('does not believe a probe that reports after its lease, though nobody asked between', () => {
    const bench = new Bench();
    bench.calls('FFFFF');
    const late = bench.ask(60);
    bench.tell(late, 'success', 120);
    expect(bench.state.phase).toBe('open');
  });

  it('gives the place of a probe that says nothing to the next caller', () => {
    const bench = new Bench();
    bench.calls('FFFFF');
    const first = bench.ask(60);
    bench.tell(first, 'ignore');
    expect(bench.state).toMatchObject({ phase: 'half_open', probe: null });
    const second = bench.ask(61);
    expect(second).toMatchObject({ probe: 2 });
    bench.tell(first, 'failure');
    expect(bench.state.phase).toBe('half_open');
    bench.tell(second, 'success');
    expect(bench.state.phase).toBe('closed');
  });

  it('asks for as many probes in a row as it is told to', () => {
    const bench = new Bench({ probes: 2 });
    bench.calls('FFFFF');
    bench.tell(bench.ask(60), 'success');
    expect(bench.state.phase).toBe('half_open');
    bench.tell(bench.ask(61), 'success');
    expect(bench.state.phase).toBe('closed');
  });

  it.each([
    ['half of ten', 'FSFSFSFSSF', 'open'],
    ['half of nine and a half', 'FSFSFSFSF', 'closed'],
    ['less than half of twenty', 'SSSSSSFSFSFSFSFSFSFSF', 'closed'],
    ['half of the last twenty', 'SSSSSSFSFSFSFSFSFSFSFSFF', 'open'],
    ['half of ten that end with a success', 'FSFSFSFFSS', 'closed'],
  ])('judges the rate of failures: %s', (_, letters, phase) => {
    const bench = new Bench({ failuresInRow: 1_000 });
    bench.calls(letters);
    expect(bench.state.phase).toBe(phase);
  });

  it('forgets what is older than an hour', () => {
    const bench = new Bench();
    bench.calls('FFFF');
    bench.tell(bench.ask(3_600), 'failure');
    expect(bench.state.phase).toBe('closed');
    bench.calls('FFFF');
    expect(bench.state.phase).toBe('open');
  });

  it('spreads the time that it is open by a fifth, both ways', () => {
    const settings = breakerSettings();
    const failed = { permit: { generation: 1, probe: 0 }, result: 'failure' } as const;
    const open = (random: number) => {
      let state: BreakerState = newBreaker();
      for (let times = 0; times < 5; times++) state = reportResult(state, failed, { at: at(0), random }, settings);
      return state.phase === 'open' ? state.openUntil : undefined;
    };
    expect([open(0), open(0.5), open(0.999_999)]).toEqual([at(48), at(60), at(72)]);
  });

  it('waits no longer than it could have where its clock is set back', () => {
    const bench = new Bench({ jitterBps: 0 });
    bench.calls('FFFFF');
    expect(bench.ask(-86_400)).toBe(-86_400 + 600);
    bench.ask(-86_400 + 600);
    expect(bench.ask(-172_800)).toBe(-172_800 + 60);
  });

  it('counts what was told by a clock that is ahead', () => {
    const bench = new Bench();
    bench.seconds = 86_400;
    bench.calls('FF');
    bench.seconds = 0;
    bench.calls('FFF');
    expect(bench.state.phase).toBe('open');
  });

  it('is opened by hand until an instant, and then tries', () => {
    const bench = new Bench();
    const out = bench.ask();
    bench.state = forceOpen(bench.state, { reason: 'the provider told us', until: at(7_200) });
    expect(bench.ask(7_199)).toBe(7_200);
    bench.tell(out, 'success');
    expect(bench.state).toMatchObject({ phase: 'open', forced: 'the provider told us' });
    expect(bench.ask(7_200)).toMatchObject({ probe: 1 });
  });

  it('is opened by hand until somebody closes it', () => {
    const bench = new Bench();
    bench.state = forceOpen(bench.state, { reason: 'an audit' });
    expect(bench.ask(1_000_000)).toBe(null);
    bench.state = forceClose(bench.state);
    expect(bench.ask()).toMatchObject({ probe: 0 });
  });

  it('is plain data that another process goes on from', () => {
    const bench = new Bench();
    bench.calls('FFFFF');
    bench.ask(60);
    expect(JSON.parse(JSON.stringify(bench.state))).toEqual(bench.state);
  });
});

describe('the settings of a breaker', () => {
  it.each<[string, Partial<BreakerSettings>]>([
    ['failuresInRow', { failuresInRow: 0 }],
    ['failuresInRow', { failuresInRow: Number.POSITIVE_INFINITY }],
    ['window.size', { window: { size: 0, least: 0, failureBps: 1 } }],
    ['window.least', { window: { size: 10, least: 11, failureBps: 5_000 } }],
    ['window.failureBps', { window: { size: 10, least: 5, failureBps: 50.5 } }],
    ['openFor.ms', { openFor: { ms: -1 } }],
    ['openAtMost.ms', { openAtMost: { ms: 1_000 } }],
    ['jitterBps', { jitterBps: 10_000 }],
    ['probes', { probes: 0 }],
    ['probeLease.ms', { probeLease: { ms: Number.NaN } }],
    ['remember.ms', { remember: { ms: 0 } }],
  ])('are refused with a bad %s', (name, settings) => {
    expect(() => breakerSettings(settings)).toThrow(name);
  });
});

describe('a breaker that several processes share', () => {
  const clockAt = (seconds: { now: number }) => ({ clock: () => at(seconds.now), random: () => 0.5 });

  it('gives exactly one of them the probe', async () => {
    const now = { now: 0 };
    const cell = slowCell(memoryCell());
    const three = [1, 2, 3].map(() => createBreaker({ ...clockAt(now), cell }));
    const [first] = three;
    for (let times = 0; times < 5; times++) {
      const answer = await first?.ask();
      if (answer?.permit) await first?.report(answer.permit, 'failure');
    }
    now.now = 60;
    const answers = await Promise.all(three.map((breaker) => breaker.ask()));
    expect(answers.filter(({ permit }) => permit !== undefined)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.permit && answer.retryAt === at(120))).toHaveLength(2);
  });

  it('loses no failure that is told at once', async () => {
    const cell = slowCell(memoryCell());
    const five = [1, 2, 3, 4, 5].map(() => createBreaker({ ...clockAt({ now: 0 }), cell }));
    await Promise.all(
      five.map(async (breaker) => {
        const answer = await breaker.ask();
        if (answer.permit) await breaker.report(answer.permit, 'failure');
      }),
    );
    expect((await five[0]?.state())?.phase).toBe('open');
  });

  it.each<[string, BreakerCell]>([
    [
      'cannot be reached',
      { read: () => Promise.reject(new Error('down')), write: () => Promise.reject(new Error('down')) },
    ],
    ['throws', throwing()],
    ['is never won', { read: async () => ({ state: newBreaker(), version: 1 }), write: async () => false }],
  ])('lets everything through where the cell %s', async (_, cell) => {
    const breaker = createBreaker({ ...clockAt({ now: 0 }), cell });
    for (let times = 0; times < 7; times++) {
      const answer = await breaker.ask();
      expect(answer.permit).toBeDefined();
      if (answer.permit) await breaker.report(answer.permit, 'failure');
    }
  });

  it('says that it was not forced where the cell is never won', async () => {
    const cell: BreakerCell = { read: async () => ({ state: newBreaker(), version: 1 }), write: async () => false };
    expect(await createBreaker({ ...clockAt({ now: 0 }), cell }).forceOpen({ reason: 'x' })).toBe(false);
    const own = createBreaker(clockAt({ now: 0 }));
    expect(await own.forceOpen({ reason: 'x' })).toBe(true);
    expect(await own.ask()).toEqual({ retryAt: null });
    expect(await own.forceClose()).toBe(true);
    expect((await own.ask()).permit).toBeDefined();
  });
});

function throwing(): BreakerCell {
  return {
    read() {
      throw new Error('a bug');
    },
    write() {
      throw new Error('a bug');
    },
  };
}

/** A cell that lets others in between a read and a write. */
function slowCell(cell: BreakerCell): BreakerCell {
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    async read() {
      const read = await cell.read();
      await pause();
      return read;
    },
    async write(state, version) {
      await pause();
      return cell.write(state, version);
    },
  };
}
