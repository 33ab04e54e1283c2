import { machine } from '../machine.ts';
import { type Kind, type LoadResult, MIX } from './load.ts';
import type { PortalFigures } from './plan.ts';
import type { PostgresFigures } from './watch-postgres.ts';

/** What the seed of the portal asks for: milliseconds, and the share of requests that may fail. */
const AIMS = { ms: 200, errors: 0.001 } as const;

/** What one run measured. */
export interface PortalMeasured extends LoadResult {
  readonly users: number;
  readonly seconds: number;
  readonly thinkMs: number;
  readonly portals: number;
  readonly server: string;
  readonly postgres: PostgresFigures;
  readonly processes: readonly PortalFigures[];
  /** Milliseconds of CPU of the process that played the users. */
  readonly loadCpuMs: number;
}

interface Row {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Share of the answers that came within the aim. */
  readonly withinAim: number;
}

/** Prints what was measured beside what the seed asks for. */
export function report(measured: PortalMeasured, json: boolean): void {
  const figures = figuresOf(measured);
  process.stdout.write(json ? `${JSON.stringify(figures)}\n` : `${page(figures).join('\n')}\n`);
}

function figuresOf(measured: PortalMeasured) {
  const { times, errors, refused, users, seconds, thinkMs, portals, server } = measured;
  const kinds = Object.keys(MIX) as Kind[];
  const reads = kinds.filter((kind) => kind !== 'pay' && kind !== 'bid');
  const row = (of: readonly Kind[]): Row =>
    rowOf(
      of.flatMap((kind) => times[kind]),
      seconds,
    );
  const failed = [...errors.values()].reduce((sum, count) => sum + count, 0);
  const all = row(kinds);
  return {
    machine: machine(),
    server,
    load: { users, seconds, thinkMs, portals, mix: MIX },
    all,
    reads: row(reads),
    kinds: Object.fromEntries(kinds.map((kind) => [kind, row([kind])])),
    refused,
    failed,
    errors: Object.fromEntries(errors),
    errorRate: failed === 0 ? 0 : failed / (all.requests + failed),
    aims: AIMS,
    time: timeOf(measured),
  };
}

function rowOf(times: readonly number[], seconds: number): Row {
  const sorted = [...times].sort((left, right) => left - right);
  const at = (part: number): number =>
    tenth(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN);
  return {
    requests: sorted.length,
    perSecond: tenth(sorted.length / seconds),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    withinAim: sorted.filter((ms) => ms < AIMS.ms).length / sorted.length,
  };
}

/** Where the time went, in cores and milliseconds; figures of several processes of the portal are added, of lateness and queues the worst is taken. */
function timeOf({ processes, postgres, loadCpuMs, seconds }: PortalMeasured) {
  const sum = (figure: (one: PortalFigures) => number): number =>
    processes.reduce((total, one) => total + figure(one), 0);
  const worst = (figure: (one: PortalFigures) => number): number => Math.max(...processes.map(figure));
  const cores = (ms: number | undefined) => (ms === undefined ? null : hundredth(ms / seconds / 1_000));
  const statements = sum(({ statements }) => statements);
  const rounds = sum(({ rounds }) => rounds);
  return {
    cores: {
      portal: cores(sum(({ cpuMs }) => cpuMs)),
      postgres: cores(postgres.cpuMs),
      load: cores(loadCpuMs),
    },
    loopBusy: worst(({ loopBusy }) => loopBusy),
    loopDelayMs: {
      p50: tenth(worst(({ loopDelay }) => loopDelay.p50)),
      p99: tenth(worst(({ loopDelay }) => loopDelay.p99)),
      max: tenth(worst(({ loopDelay }) => loopDelay.max)),
    },
    poolWaiting: {
      mean: tenth(worst(({ poolWaiting }) => poolWaiting.mean)),
      most: worst(({ poolWaiting }) => poolWaiting.most),
    },
    bookQueue: { mean: tenth(worst(({ queued }) => queued.mean)), most: worst(({ queued }) => queued.most) },
    rounds,
    unitsARound: rounds === 0 ? 0 : tenth(sum(({ units }) => units) / rounds),
    statements,
    statementMs: statements === 0 ? 0 : hundredth(sum(({ statementMs }) => statementMs) / statements),
    backends: postgres.backends,
  };
}

/** The figures for people. */
function page(figures: ReturnType<typeof figuresOf>): readonly string[] {
  const { load, all, kinds, reads, time, errorRate } = figures;
  const { cores, loopDelayMs, poolWaiting, bookQueue } = time;
  return [
    figures.machine,
    `server: ${figures.server}`,
    `load: ${load.users} users on connections of their own, ${load.thinkMs} ms to think, ${load.seconds} s, ${load.portals} process(es) of the portal; all of it on this machine`,
    '',
    `${'what'.padEnd(18)}${['requests', 'a second', 'p50 ms', 'p95 ms', 'p99 ms', `< ${AIMS.ms} ms`].map((head) => head.padStart(10)).join('')}`,
    ...Object.entries(kinds).map(([kind, row]) => line(`${kind} (${MIX[kind as Kind]} %)`, row)),
    line('all reads', reads),
    line('everything', all),
    '',
    `errors: ${figures.failed} of ${all.requests + figures.failed}, ${percent(errorRate)}; refused as they should be: ${figures.refused}`,
    ...Object.entries(figures.errors).map(([what, count]) => `  ${what}: ${count}`),
    `the seed asks for answers under ${AIMS.ms} ms (p95 is ${all.p95} ms: ${all.p95 < AIMS.ms ? 'kept' : 'missed'}) and errors under ${percent(AIMS.errors)} (${errorRate < AIMS.errors ? 'kept' : 'missed'})`,
    '',
    `cores at work: portal ${cores.portal}, Postgres ${cores.postgres ?? 'elsewhere'}, the users ${cores.load}`,
    `event loop of the portal: busy ${percent(time.loopBusy)}, late by ${loopDelayMs.p50} ms (p50), ${loopDelayMs.p99} ms (p99), ${loopDelayMs.max} ms (most)`,
    `waiting for a connection: ${poolWaiting.mean} on average, ${poolWaiting.most} at most; for the book's writer: ${bookQueue.mean}, ${bookQueue.most}`,
    `the book's writer: ${time.rounds} rounds of ${time.unitsARound} units; the portal's own statements: ${time.statements} of ${time.statementMs} ms`,
    `backends at it, by what they wait for: ${Object.entries(time.backends)
      .map(([wait, count]) => `${wait} ${count}`)
      .join(', ')}`,
  ];
}

function line(name: string, { requests, perSecond, p50, p95, p99, withinAim }: Row): string {
  const cells = [requests, perSecond, p50, p95, p99, percent(withinAim)];
  return `${name.padEnd(18)}${cells.map((cell) => `${cell}`.padStart(10)).join('')}`;
}

function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100} %`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}
