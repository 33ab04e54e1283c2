import { type StoreFault, storeFault } from '@holdfast/kernel';

/** The host's database could not do its part. Carries what a caller may be told. */
export class HostTrouble extends Error {
  readonly fault: StoreFault;

  constructor(fault: StoreFault, cause: unknown) {
    super(fault.message, { cause });
    this.fault = fault;
  }
}

/** Makes a trouble that is worth another try. */
export function hostTrouble(message: string, effect: 'none' | 'unknown', cause: unknown): HostTrouble {
  return new HostTrouble(storeFault('store_unavailable', message, { retryable: true, effect }), cause);
}
