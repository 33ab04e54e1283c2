import type { PayoutAlarm } from '@holdfast/payouts';

/** A message to the admin. */
export interface AdminAlert {
  readonly subject: string;
  readonly text: string;
}

/** Words an alarm for the admin: what happened, and what helps. */
export function alertOf(alarm: PayoutAlarm): AdminAlert {
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
    default:
      return { subject: 'Something to look at', text: JSON.stringify(alarm) };
  }
}
