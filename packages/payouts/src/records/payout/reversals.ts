import { type Money, money, subtract, sum } from '@holdfast/money';
import { type Attempt, type AttemptObject, inTransit } from '@holdfast/providers';
import { type Payout, payoutStatus, type Reversal } from './payout.ts';

/** Which attempt of a payout is meant: one of its own, or one of a reversal. */
export interface AttemptRef {
  readonly reversal?: number;
  readonly number: number;
}

/** Finds a reversal of a payout. */
export function findReversal({ reversals = [] }: Payout, number: number | undefined): Reversal | undefined {
  return reversals.find((one) => one.number === number);
}

/** Lists the attempts of a payout itself, or of one of its reversals. */
export function attemptsOf(payout: Payout, reversal: number | undefined): readonly Attempt[] {
  const of = reversal === undefined ? payout : findReversal(payout, reversal);
  return of?.attempts.map(({ attempt }) => attempt) ?? [];
}

/** Finds an attempt of a payout, or of one of its reversals. */
export function findAttempt(payout: Payout, { reversal, number }: AttemptRef): Attempt | undefined {
  return attemptsOf(payout, reversal).find((attempt) => attempt.number === number);
}

/** Lists every attempt of a payout: its own, then those of its reversals. */
export function allAttempts(payout: Payout): readonly Attempt[] {
  const { reversals = [] } = payout;
  return [undefined, ...reversals.map(({ number }) => number)].flatMap((reversal) => attemptsOf(payout, reversal));
}

/** Finds the provider's object by which a payout has reached its payee, with the attempt that it is of. */
export function findTransfer(
  { attempts }: Payout,
  name?: string,
): { readonly attempt: Attempt; readonly object: AttemptObject } | undefined {
  for (const { attempt } of attempts) {
    const object = attempt.objects.find((one) => hasMoved(one) && (name === undefined || one.object === name));
    if (object) return { attempt, object };
  }
  return undefined;
}

/**
 * Gives what is still with the payee's account of a payout: what left for it, less what came back, less what reversals have under way.
 *
 * @source docs/rules/payouts.md, P-28
 */
export function leftWithPayee(payout: Payout): Money {
  const { currency, attempts, reversals = [] } = payout;
  const moved = attempts.flatMap(({ attempt }) => attempt.objects).filter(hasMoved);
  const back = moved.flatMap(({ returns }) => returns.map(({ amount }) => amount));
  const underWay = reversals.flatMap((one) => one.attempts.map(({ attempt }) => inTransit(attempt)));
  const all = [moved.map(({ amount }) => amount), [...back, ...underWay]].map((amounts) =>
    sum(
      amounts.filter((amount) => amount.currency.code === currency.code),
      currency,
    ),
  );
  const [there = money(0n, currency), gone = money(0n, currency)] = all;
  return there.minor > gone.minor ? subtract(there, gone) : money(0n, currency);
}

/** Says whether money ever left, or came, with an object. */
export function hasMoved({ succeeded, returns }: AttemptObject): boolean {
  return succeeded || returns.length > 0;
}

/** Says whether an attempt was made of what the provider said: the book had forgotten it. */
export function isAdopted({ body }: Attempt): boolean {
  return body === '';
}

/** Names a payout, or one of its reversals: what a look-up at the provider goes by. */
export function nameOf(payout: string, reversal: number | undefined): string {
  return reversal === undefined ? payout : `${payout}~${reversal}`;
}

/** Gives the first reversal that waits for a person, by how it stands. */
export function reversalInNeed({ reversals = [] }: Payout): 'failed' | 'waiting' | 'conflict' | undefined {
  const statuses = reversals.map(payoutStatus);
  return (['conflict', 'waiting', 'failed'] as const).find((status) => statuses.includes(status));
}
