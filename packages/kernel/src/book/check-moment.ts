import { type WriterFault, writerFault } from '../faults.ts';
import type { ReadMoment } from './options.ts';

/** Says that a read is of an older moment than it has to be: a replica that lags, or a book that was restored. */
export function checkMoment(sequence: number, { atLeast = 0, asOf = 0 }: ReadMoment): WriterFault | undefined {
  const least = Math.max(atLeast, asOf);
  if (sequence >= least) return undefined;
  return writerFault('behind', `the read is of sequence ${sequence}, asked for at least ${least}`, {
    retryable: true,
    effect: 'none',
  });
}
