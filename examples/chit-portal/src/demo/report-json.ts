import { formatDecimal } from '@holdfast/money';
import type { DemoReport } from './run-demo.ts';

/**
 * Gives a report as one object: counts and sums of the whole book, amounts as decimal texts in rupees.
 *
 * @param seconds - What the run took in all.
 */
export function reportJson(report: DemoReport, seconds: number) {
  const { schemes, tickets, draws, collected, prizes, dividends, commission, gst, penalties, carry, members, proof } =
    report;
  return {
    schemes,
    tickets,
    draws,
    collected: formatDecimal(collected),
    prizes: formatDecimal(prizes),
    dividends: formatDecimal(dividends),
    commission: formatDecimal(commission),
    gst: formatDecimal(gst),
    penalties: formatDecimal(penalties),
    carry: formatDecimal(carry),
    members: Object.fromEntries(
      [...members].map(([member, { paid, received, score }]) => [
        member,
        { paid: formatDecimal(paid), received: formatDecimal(received), score: String(score) },
      ]),
    ),
    verified: proof.verified,
    seconds: Math.round(seconds * 1_000) / 1_000,
  };
}
