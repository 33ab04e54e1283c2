/** A table of the book, under the name that reports use for its rows. */
export type TableName = 'batch' | 'unit' | 'line' | 'account' | 'record' | 'claim' | 'task';

/** The first row of a pass that is not what it has to be. */
export interface Difference {
  readonly table: TableName;
  /**
   * The row's key: the number of a batch, the sequence of a unit, `account sequence.ordinal` of a line, name and sequence of an account, a
   * record or a claim, the id of a task.
   */
  readonly row: string;
  /** What the journal says; `null` where there should be no such row. */
  readonly expected: string | null;
  /** What is stored; `null` where the row is missing. */
  readonly found: string | null;
  /** All of it, as a sentence for a person. */
  readonly sentence: string;
}

/** What a pass looks at. */
export type PassName =
  | 'chain'
  | 'batches'
  | 'canonical'
  | 'keys'
  | 'book'
  | 'conservation'
  | 'balances'
  | 'floors'
  | 'records folded'
  | 'lines'
  | 'accounts'
  | 'records'
  | 'claims'
  | 'tasks'
  | 'checkpoint';

/** What one pass came to. */
export interface PassReport {
  readonly name: PassName;
  /** How many rows were looked at. */
  readonly checked: number;
  readonly difference?: Difference;
  /** Why the pass could not be finished. A pass that was not finished proves nothing. */
  readonly skipped?: string;
}

/** What a verification came to. */
export interface VerifyReport {
  /** Every pass was finished and none found a difference. */
  readonly verified: boolean;
  readonly book: string;
  /** Of the newest unit that was verified. */
  readonly sequence: number;
  /** The chain's digest there: keep it outside, and give it as `checkpoint` the next time. */
  readonly digest: string;
  readonly passes: readonly PassReport[];
  /** Kinds of records for which no decider was given, sorted: of these only versions and statuses were checked, neither states nor claims nor deadlines. */
  readonly unfolded: readonly string[];
  /** The first difference of the first pass that found one. */
  readonly difference?: Difference;
}

/** Makes a difference with its sentence. */
function differs(table: TableName, row: string, expected: string | null, found: string | null): Difference {
  return { table, row, expected, found, sentence: sentenceOf(table, row, expected, found) };
}

function sentenceOf(table: TableName, row: string, expected: string | null, found: string | null): string {
  const name = `The ${table} ${row}`;
  if (found === null) return `${name} is missing; expected is ${cut(expected)}.`;
  if (expected === null) return `${name} should not be there; found is ${cut(found)}.`;
  return `${name} differs: found is ${cut(found)}, expected is ${cut(expected)}.`;
}

function cut(text: string | null): string {
  if (text === null) return 'nothing';
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

/** Collects what one pass finds: it counts, and keeps the first difference. */
export class Pass {
  readonly name: PassName;
  checked = 0;
  difference: Difference | undefined = undefined;
  skipped: string | undefined = undefined;

  constructor(name: PassName) {
    this.name = name;
  }

  /** Keeps a difference where it is the first. */
  differs(table: TableName, row: string | number, expected: string | null, found: string | null): void {
    this.difference ??= differs(table, `${row}`, expected, found);
  }

  /** Says that the pass cannot be finished, and why. */
  skip(why: string): void {
    this.skipped ??= why;
  }

  /** Gives what the pass came to. */
  report(): PassReport {
    return {
      name: this.name,
      checked: this.checked,
      ...(this.difference ? { difference: this.difference } : {}),
      ...(this.skipped === undefined ? {} : { skipped: this.skipped }),
    };
  }
}
