import type { Book, StoredUnit } from '@holdfast/kernel';
import { type VerifyOptions, type VerifyReport, verifyBook } from '@holdfast/ledger';
import { breathing } from './breathing.ts';
import { DemoFailed, DemoStopped } from './demo-failed.ts';
import { answered } from './list-all.ts';
import type { DemoSurroundings } from './play-demo.ts';

/** What a verification needs of its process, and who is told of each unit that it reads. */
export interface VerifySurroundings extends Pick<DemoSurroundings, 'bar' | 'stopped'> {
  readonly onUnit?: (unit: StoredUnit) => void;
}

/**
 * Verifies a demo's book, with a progress bar.
 *
 * @throws {DemoStopped} when it was stopped; {@link DemoFailed} when the book could not be read.
 */
export async function verifyWithProgress(
  book: Book,
  deciders: NonNullable<VerifyOptions['deciders']>,
  { bar, stopped, onUnit = () => {} }: VerifySurroundings,
): Promise<VerifyReport> {
  const progress = bar(answered(await book.head()).sequence);
  const report = await verifyBook({
    store: { ...breathing(book.store, onUnit), readHead: (name) => book.store.readHead(name) },
    book: book.name,
    deciders,
    progress: ({ reading, checked, total }) => {
      if (stopped()) throw new DemoStopped('the book was being verified');
      if (reading === 'journal') progress.show(checked, 'units verified');
      else if (total !== undefined) progress.show(total, `rows of ${reading}s verified`);
    },
  }).finally(() => progress.end());
  if (report.isErr())
    throw new DemoFailed(`the book could not be verified: ${report.error.code}, ${report.error.message}`);
  return report.value;
}
