/** One step of the schema. */
export interface Migration {
  /** From 1, without a gap. */
  readonly number: number;
  /** As in `0001_journal`. */
  readonly name: string;
  /** Whether code that does not know the step must not run on its tables. */
  readonly breaking: boolean;
  /** Tables that it makes, each spread by book where the database can spread tables. */
  readonly tables: readonly string[];
  /** One statement each; `"holdfast"` stands for the schema. */
  readonly statements: readonly string[];
}
