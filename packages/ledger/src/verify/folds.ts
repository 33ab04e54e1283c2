import type { Unit } from '@holdfast/kernel';
import { AccountFold } from './fold-accounts.ts';
import { ClaimAndTaskFold } from './fold-claims-and-tasks.ts';
import { type AnyDecider, RecordFold } from './fold-records.ts';
import type { Pass, PassName } from './report.ts';
import type { RowSink } from './rows.ts';

/** Everything that is derived from the units. */
export interface Folds {
  readonly accounts: AccountFold;
  readonly records: RecordFold;
  readonly rest: ClaimAndTaskFold;
}

/** Starts to derive. Every row that the units leave goes to the sink. */
export function newFolds(deciders: readonly AnyDecider[], passOf: (name: PassName) => Pass, sink: RowSink): Folds {
  const passes = { conservation: passOf('conservation'), balances: passOf('balances'), floors: passOf('floors') };
  return {
    accounts: new AccountFold(passes, sink),
    records: new RecordFold(deciders, passOf('records folded'), sink),
    rest: new ClaimAndTaskFold(passOf('claims'), sink),
  };
}

/** Derives what one more unit leaves. */
export function foldUnit({ accounts, records, rest }: Folds, unit: Unit, sequence: number): void {
  accounts.unit(unit, sequence);
  records.unit(unit, sequence);
  rest.unit(unit, sequence);
}
