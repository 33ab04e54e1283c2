import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';

interface Deposit {
  readonly code: string;
  readonly minor: bigint;
  readonly availableAt: Instant;
}

/** Our balance at the simulated provider: money that came in is pending at first, and only what is available can leave. */
export class SimulatedFunds {
  readonly #deposits: Deposit[] = [];
  #isCounted = false;

  /** Counts the balance from now on; before that it never falls short. */
  count(): void {
    this.#isCounted = true;
  }

  /** Puts money in. */
  add({ minor, currency }: Money, availableAt: Instant): void {
    this.#deposits.push({ code: currency.code, minor, availableAt });
  }

  /** Says whether an amount can leave now. */
  suffices({ minor, currency }: Money, now: Instant): boolean {
    return !this.#isCounted || this.available(currency.code, now) >= minor;
  }

  /** Takes an amount out, whatever there is. */
  take({ minor, currency }: Money, now: Instant): void {
    this.#deposits.push({ code: currency.code, minor: -minor, availableAt: now });
  }

  /** Gives what can leave, in minor units. */
  available(code: string, now: Instant): bigint {
    return this.#sum((deposit) => deposit.code === code && deposit.availableAt <= now);
  }

  /** Gives what has come in and cannot leave yet, in minor units. */
  pending(code: string, now: Instant): bigint {
    return this.#sum((deposit) => deposit.code === code && deposit.availableAt > now);
  }

  #sum(counts: (deposit: Deposit) => boolean): bigint {
    return this.#deposits.filter(counts).reduce((sum, { minor }) => sum + minor, 0n);
  }
}
