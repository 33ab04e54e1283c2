import { formatDecimal } from '@holdfast/money';
import type { DemoReport } from './run-demo.ts';

/**
 * Gives a report as one object: counts and figures of the whole book, amounts as decimal texts.
 *
 * @param seconds - What the run took in all.
 */
export function reportJson(report: DemoReport, seconds: number) {
  const { trips, jobs, totals, refusals, verification, exported } = report;
  const refused = [...refusals.values()].reduce((sum, count) => sum + count, 0);
  return {
    trips,
    completed: jobs.completed,
    rejected: jobs.rejected,
    cancelled: jobs.cancelled,
    expired: jobs.expired,
    pending: jobs.pending,
    refused,
    deposited: formatDecimal(totals.deposited),
    available: formatDecimal(totals.available),
    held: formatDecimal(totals.held),
    paid: formatDecimal(totals.paid),
    fees: formatDecimal(totals.fees),
    sequence: verification.sequence,
    digest: verification.digest,
    verified: verification.verified,
    /** How many facts the verifier derived again and compared. */
    checks: verification.passes.reduce((sum, { checked }) => sum + checked, 0),
    export: exported,
    seconds: Math.round(seconds * 1_000) / 1_000,
  };
}
