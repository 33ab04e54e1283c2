import { formatDecimal } from '@holdfast/money';
import type { DemoReport } from './run-demo.ts';

/**
 * Gives a report as one object: counts and figures of the whole book, amounts as decimal texts.
 *
 * @param seconds - What the run took in all.
 */
export function reportJson(report: DemoReport, seconds: number) {
  const { bookings, unpaid, captured, refunded, tips, platform, providers, payouts, audit, proof, zones, drills } =
    report;
  return {
    bookings,
    unpaid,
    captured: formatDecimal(captured),
    refunded: formatDecimal(refunded),
    tips: formatDecimal(tips),
    platform: formatDecimal(platform),
    providers: Object.fromEntries(
      [...providers]
        .map(
          ([id, { owed, paid }]) =>
            [zones.get(id) ?? id, { owed: formatDecimal(owed), paid: formatDecimal(paid) }] as const,
        )
        .sort(([left], [right]) => (left < right ? -1 : 1)),
    ),
    payouts,
    audit,
    ...(drills ? { drills: drillsJson(drills) } : {}),
    verified: proof.verified && (drills ?? []).every((drill) => drill.proof.verified),
    seconds: Math.round(seconds * 1_000) / 1_000,
  };
}

function drillsJson(drills: NonNullable<DemoReport['drills']>) {
  return Object.fromEntries(drills.map(({ name, counts, proof }) => [name, { ...counts, verified: proof.verified }]));
}
