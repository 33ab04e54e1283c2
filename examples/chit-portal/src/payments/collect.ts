import type { Money } from '@holdfast/money';

/** What a gateway says of a payment. */
export type Collected = 'received' | 'pending' | 'failed';

/** Asks whoever takes the money (a gateway, a bank) whether a payment that a subscriber says he made has arrived. */
export type Collect = (payment: {
  readonly id: string;
  readonly userId: string;
  readonly amount: Money;
  readonly channel: string;
  readonly transactionId: string | null;
}) => Promise<Collected>;

/** Knows of no gateway: every payment waits until the foreman has found it in his bank's list or his cash box. */
export const collectByHand: Collect = async () => 'pending';
