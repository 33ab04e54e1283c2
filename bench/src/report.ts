import type { LoopResult } from './closed-loop.ts';
import type { Comparison } from './compare-transfers.ts';
import type { EvaluateSpeed } from './evaluate-in-memory.ts';
import type { Growth } from './growth.ts';
import { machine } from './machine.ts';

/** What one run measured; parts that were not asked for are absent. */
export interface Measured {
  /** The settings of the server that the figures rest on. */
  readonly server: string;
  readonly memory: EvaluateSpeed | undefined;
  readonly transfers: readonly Comparison[] | undefined;
  readonly bare: { readonly wide: number; readonly hot: number } | undefined;
  readonly lives: LoopResult | undefined;
  readonly two: { readonly perSecond: number; readonly misses: number } | undefined;
  readonly grown: Growth | undefined;
}

/** Prints what was measured: the machine, the figures, and the ratios to look at, since absolute figures move with the machine. */
export function report(measured: Measured, json: boolean): void {
  const out = { machine: machine(), ...measured, ratios: ratios(measured) };
  if (json) {
    process.stdout.write(`${JSON.stringify(out)}\n`);
    return;
  }
  const { server, memory, transfers, bare, lives, two } = measured;
  const lines = [
    out.machine,
    `server: ${server}`,
    '',
    ...(transfers ? [TITLE, ...transfers.map(comparison), ''] : []),
    ...(bare ? [`a bare set-based statement, batches of 200: ${bare.wide}/s wide, ${bare.hot}/s hot`] : []),
    ...(lives
      ? [`whole escrow lives, 200 callers: ${lives.perSecond}/s, p50 ${lives.p50} ms, p99 ${lives.p99} ms`]
      : []),
    ...(two ? [`two processes on one book, 100 callers each: ${two.perSecond}/s, ${two.misses} lost races`] : []),
    ...(memory
      ? [
          `evaluate in memory: ${memory.evaluate} units/s, of which the digests alone would allow ${memory.hashing}; making requests: ${memory.makeRequest}/s`,
        ]
      : []),
    ...(measured.grown ? [grown(measured.grown)] : []),
    '',
    ...Object.entries(out.ratios).map(([name, ratio]) => `${name}: ${ratio}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const TITLE = 'transfers a second      callers   holdfast  p50 ms  p99 ms   interactive (pool)  p50 ms  p99 ms   ratio';

function ratios({ transfers = [], bare, grown: growing }: Measured): Readonly<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const { spread, holdfast, ratio } of transfers) all[`${spread}_${holdfast.callers}_to_interactive`] = ratio;
  for (const { spread, holdfast } of transfers) {
    if (bare && holdfast.callers === 200)
      all[`${spread}_200_to_bare`] = Math.round((holdfast.perSecond / bare[spread]) * 100) / 100;
  }
  if (growing) all.grown_to_small_cost = growing.ratio;
  return all;
}

function comparison({ spread, holdfast, interactive, ratio }: Comparison): string {
  const ours = `${spread.padEnd(22)} ${pad(holdfast.callers, 8)} ${pad(holdfast.perSecond, 10)} ${pad(holdfast.p50, 7)} ${pad(holdfast.p99, 7)}`;
  return `${ours}   ${pad(interactive.perSecond, 11)} ${`(${interactive.pool})`.padEnd(6)} ${pad(interactive.p50, 7)} ${pad(interactive.p99, 7)} ${pad(ratio, 8)}`;
}

function grown({ keys, entries, snapshotSeconds, smallMicros, grownMicros, ratio }: Growth): string {
  return `cost of a transfer at ${keys} random keys and ${entries} entries, a snapshot of ${snapshotSeconds} s and older held open: ${grownMicros.join(', ')} µs beside ${smallMicros.join(', ')} µs at 10,000: ${ratio}`;
}

function pad(value: number, width: number): string {
  return `${value}`.padStart(width);
}
