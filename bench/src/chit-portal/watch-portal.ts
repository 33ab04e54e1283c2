import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Portal } from '@holdfast/example-chit-portal/src/portal.ts';
import type pg from 'pg';
import type { PortalFigures, Sampled } from './plan.ts';

/** Counts what the portal of this process does, until it is asked what that came to. */
export function watchPortal(portal: Portal, pool: pg.Pool): { end(): Promise<PortalFigures> } {
  const cpu = process.cpuUsage();
  const loop = performance.eventLoopUtilization();
  const before = portal.book.metrics();
  const statementsBefore = statementsOf(portal);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const waiting: number[] = [];
  const queued: number[] = [];
  const timer = setInterval(() => {
    waiting.push(pool.waitingCount);
    queued.push(portal.book.metrics().queued);
  }, 100);
  return {
    end: async () => {
      clearInterval(timer);
      delay.disable();
      const used = process.cpuUsage(cpu);
      const after = portal.book.metrics();
      const [from, to] = await Promise.all([statementsBefore, statementsOf(portal)]);
      return {
        cpuMs: Math.round((used.user + used.system) / 1_000),
        loopBusy: performance.eventLoopUtilization(loop).utilization,
        loopDelay: {
          p50: delay.percentile(50) / 1e6,
          p99: delay.percentile(99) / 1e6,
          max: delay.max / 1e6,
        },
        poolWaiting: sampled(waiting),
        queued: sampled(queued),
        rounds: after.rounds - before.rounds,
        units: after.units - before.units,
        statements: to.count - from.count,
        statementMs: (to.seconds - from.seconds) * 1_000,
      };
    },
  };
}

async function statementsOf({ metrics }: Portal): Promise<{ readonly count: number; readonly seconds: number }> {
  const { values } = await metrics.queries.get();
  const named = (end: string): number => values.find(({ metricName }) => metricName?.endsWith(end))?.value ?? 0;
  return { count: named('_count'), seconds: named('_sum') };
}

function sampled(values: readonly number[]): Sampled {
  const sum = values.reduce((left, right) => left + right, 0);
  return { mean: values.length === 0 ? 0 : sum / values.length, most: Math.max(0, ...values) };
}
