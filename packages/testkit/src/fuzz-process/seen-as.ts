import type { Seen } from '@holdfast/kernel';
import { LawBroken } from '../laws/law.ts';

/** What a decision of a declared process may look at: its own record, and nothing else. */
export function seenAs(state: unknown): Seen {
  const elsewhere = (): never => {
    throw new LawBroken('a declared process looks at something that is not its own record');
  };
  return {
    record: () => state,
    recordOf: elsewhere,
    balance: elsewhere,
    account: elsewhere,
    claim: elsewhere,
    book: elsewhere,
  };
}
