import { type Book, type Instant, instantAt, openBook, type Receipt, type Refusal, type Store } from '@holdfast/kernel';
import { manageAccounts } from '../account/decider.ts';
import { reversibleEntries } from '../entry/decider.ts';
import { holdMoney } from '../hold/decider.ts';
import { transferMoney } from '../transfer/decider.ts';
import { HISTORY_START, type LedgerHistory, type LedgerStep } from './arbitraries.ts';
import { sampleChart, sampleWallets } from './sample-chart.ts';

/** What came of a step: a receipt, or the code of its refusal. */
export type StepEnd = { readonly receipt: Receipt } | { readonly refused: string };

/** A history as it was played. */
export interface PlayedHistory {
  readonly book: Book;
  /** One for each step, in order. */
  readonly ends: readonly StepEnd[];
  /** The deciders whose records the book has, for the verifier. */
  readonly deciders: typeof sampleDeciders;
}

/** The deciders of the sample that keep records. */
export const sampleDeciders = [holdMoney, reversibleEntries] as const;

/**
 * Plays a history on a new book, step after step, on a clock of its own.
 *
 * @param store - Any store; `name` names the book in it.
 * @throws Where a step ends with a fault or a defect: a history has only receipts and refusals.
 */
export async function playLedgerHistory(
  store: Store<never>,
  history: LedgerHistory,
  name = 'sample',
): Promise<PlayedHistory> {
  let now = Date.parse(HISTORY_START);
  const clock = (): Instant => instantAt(now);
  const book = openBook({ store, name, chart: sampleChart, clock });
  const ends: StepEnd[] = [];
  for (const [index, step] of history.entries()) {
    now += step.afterMs;
    const result = await ask(book, step, `step-${index}`);
    if (result.isOk()) ends.push({ receipt: result.value });
    else if ('fault' in result.error) throw new Error(`step ${index} ended with ${result.error.code}`);
    else ends.push({ refused: result.error.code });
  }
  return { book, ends, deciders: sampleDeciders };
}

function ask(book: Book, step: LedgerStep, key: string) {
  const options = { actor: { id: 'tester', role: 'tester' }, key };
  const result = (() => {
    switch (step.on) {
      case 'wallets':
        return book.use(sampleWallets.decider).execute(step.command, options);
      case 'transfers':
        return book.use(transferMoney).execute(step.command, options);
      case 'accounts':
        return book.use(manageAccounts).execute(step.command, options);
      case 'holds':
        return book.use(holdMoney).execute(step.id, step.command, options);
      case 'entries':
        return book.use(reversibleEntries).execute(step.id, step.command, options);
    }
  })();
  return result as Promise<
    import('neverthrow').Result<Receipt, Refusal | { readonly fault: true; readonly code: string }>
  >;
}
