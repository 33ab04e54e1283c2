import type { PayoutAlarm } from '@holdfast/payouts';
import type { ChargeAlarm } from '../payments/charge-alarm.ts';

/** A message to the admin. */
export interface AdminAlert {
  readonly subject: string;
  readonly text: string;
}

/** Words an alarm for the admin: what happened, and what helps. */
export function alertOf(alarm: PayoutAlarm | ChargeAlarm): AdminAlert {
  switch (alarm.alarm) {
    case 'payout_failed':
      return {
        subject: `Payout ${alarm.payout} failed`,
        text: `Stripe said no (${alarm.code}), and the retries are spent or would not help. Mend the cause, then drive it again: it is looked up first, so it cannot be paid twice.`,
      };
    case 'waits_for_operator':
      return {
        subject: `Payout ${alarm.payout} waits for you`,
        text: 'Nobody can tell any more whether it was paid. Look at Stripe, and say which.',
      };
    case 'conflict':
      return {
        subject: `Payout ${alarm.payout} is not what was asked for`,
        text: `At Stripe its ${alarm.field} is another.`,
      };
    case 'fund_provider':
      return {
        subject: 'The balance at Stripe is short',
        text: `Top up ${alarm.currency} at ${alarm.sender}; payouts wait and lose no retry.`,
      };
    case 'sending_closed':
      return {
        subject: `Nothing is sent from ${alarm.sender}`,
        text: `It was closed (${alarm.because}). Mend that, then adopt the list of Stripe.`,
      };
    case 'charge_waits':
      return {
        subject: `The charge ${alarm.charge} waits for you`,
        text: 'Nobody can tell any more whether it was made. Look at Stripe, and say which.',
      };
    case 'refund_failed':
      return {
        subject: `The refund ${alarm.charge} failed`,
        text: 'Stripe will not make it. Mend the cause and drive it again, or say as what it was made by hand.',
      };
    case 'refund_returned':
      return {
        subject: `The refund ${alarm.charge} came back`,
        text: 'The customer’s bank did not take it, so the money is with us and owed to the customer. Have it sent once more.',
      };
    case 'charge_adopted':
      return {
        subject: `The charge ${alarm.charge} was met at Stripe alone`,
        text: 'The book has forgotten what it was for, so its money lies in suspense. Say what it was for, or give it back.',
      };
    default:
      return { subject: 'Something to look at', text: JSON.stringify(alarm) };
  }
}
