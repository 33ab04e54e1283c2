import { type StoreFault, storeFault } from '@holdfast/kernel';

/** Carries a fault that we ourselves found out of the depth of a transaction. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly fault: StoreFault;

  constructor(code: StoreFault['code'], message: string, { retryable }: { readonly retryable: boolean }) {
    super(message);
    this.fault = storeFault(code, message, { retryable, effect: 'none' });
  }
}
