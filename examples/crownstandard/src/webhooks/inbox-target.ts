import type { Ask } from '@holdfast/kernel';
import { type InboxTarget, type Knows, type Observation, readAttemptMark } from '@holdfast/providers';
import { err, ok } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import type { ReportChargeObservation } from '../payments/charge-commands.ts';
import { reportCharge } from '../payments/report-charge.ts';

/**
 * Routes what a webhook says: of payments, tips and refunds to their charges, of transfers to payouts. A charge that is found to have succeeded takes along
 * what it was for, exactly as after an answer, so that it is the same whichever comes first.
 */
export function inboxTarget(crown: Crown): InboxTarget {
  const payouts = crown.worker.inbox;
  return {
    book: { name: crown.book.name, together: reportingTogether(crown) },
    knows: async (observation) => {
      const charge = chargeOf(observation);
      if (charge === undefined && observation.kind === 'collect') return knowsPayment(crown, observation);
      if (charge === undefined) return payouts.knows(observation);
      const read = await crown.charges.read(charge);
      if (read.isErr()) return err(read.error);
      const { state } = read.value;
      if (!state) return ok('unknown');
      const number = readAttemptMark(observation)?.number;
      const attempt = state.attempts.find((one) => one.number === number);
      const known = attempt?.objects.find(({ object }) => object === observation.object);
      const failed = observation.status === 'failed' || observation.status === 'cancelled';
      return ok(known?.succeeded && failed ? 'contradicts' : 'agrees');
    },
    asks: async (observation) => {
      const charge = chargeOf(observation);
      if (charge === undefined) return payouts.asks(observation);
      return ok([crown.charges.ask(charge, { type: 'ReportChargeObservation', observation })]);
    },
    referenceOf: (object) => settledBy(crown, object),
    applied: (observation, receipt) => {
      if (chargeOf(observation) === undefined) payouts.applied?.(observation, receipt);
    },
  };
}

/** A dispute at the bank carries no mark of ours, only Stripe's name of the payment. It is looked up, and what is found has the mark. */
async function knowsPayment(crown: Crown, { object }: Observation) {
  return (await settledBy(crown, object)).map((charge): Knows => (charge === undefined ? 'unknown' : 'agrees'));
}

/** Finds the charge that an object has settled; its name is our reference. */
async function settledBy({ charges }: Crown, object: string) {
  const page = await charges.list({ status: `succeeded.${object}`, limit: 1 });
  return page.map(({ rows }) => rows[0]?.id);
}

/** Tells the book what an inbox was told. What is told of a charge goes the way of every report of it, which knows what follows and who asks for that. */
function reportingTogether(crown: Crown): InboxTarget['book']['together'] {
  const together = async (asks: readonly Ask[], options: Parameters<typeof crown.book.together>[1]) => {
    const [ask] = asks;
    if (ask?.decider.kind !== 'charge') return crown.book.together(asks, options);
    return reportCharge(crown, ask.id, ask.command as ReportChargeObservation);
  };
  return together as InboxTarget['book']['together'];
}

/** Gives the charge that an observation is of, by the mark that the charge left at the provider. */
function chargeOf(observation: Observation): string | undefined {
  const { payout = '' } = readAttemptMark(observation) ?? {};
  return payout.startsWith(CHARGE) ? payout.slice(CHARGE.length) : undefined;
}

const CHARGE = 'charge.';
