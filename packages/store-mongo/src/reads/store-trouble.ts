import type { StoreFault } from '@holdfast/kernel';

/** A fault that met a stream, which can only throw. */
export class StoreTrouble extends Error {
  override readonly name = 'StoreTrouble';
  /** What happened, as every other operation would have returned it. */
  readonly fault: StoreFault;

  constructor(fault: StoreFault, during: string) {
    super(`${fault.code} ${during}: ${fault.message}`);
    this.fault = fault;
  }
}
