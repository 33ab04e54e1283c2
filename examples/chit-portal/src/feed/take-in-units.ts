import type { Book } from '@holdfast/kernel';
import type { HostClient } from '@holdfast/store-postgres';
import type { TakeIn } from './feed.ts';

/** Writes what the journal says into the host's tables. */
export function takeInUnits(_book: Book<HostClient>): TakeIn {
  return async () => {};
}
