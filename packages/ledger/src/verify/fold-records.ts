import { canonical, type Decider, type Json, reviveJson, type Standing, type Unit } from '@holdfast/kernel';
import type { Pass } from './report.ts';
import { type RowSink, recordText } from './rows.ts';

/** A decider of any kind. */
// biome-ignore lint/suspicious/noExplicitAny: the verifier takes deciders of every kind, as a book does
export type AnyDecider = Decider<any, any, any>;

interface Folded {
  readonly decider: AnyDecider | undefined;
  version: number;
  /** `undefined` until the first event, and where no decider of the kind was given. */
  state: unknown;
}

/** Re-derives every record by folding the events of the units, with the deciders that are given. */
export class RecordFold {
  readonly #deciders: ReadonlyMap<string, AnyDecider>;
  readonly #pass: Pass;
  readonly #sink: RowSink;
  readonly #records = new Map<string, Folded>();

  constructor(deciders: readonly AnyDecider[], pass: Pass, sink: RowSink) {
    this.#deciders = new Map(
      deciders.filter(({ keeps }) => keeps === 'record').map((decider) => [decider.kind, decider]),
    );
    this.#pass = pass;
    this.#sink = sink;
  }

  /** Says whether the states of a record's kind can be folded. */
  folds(record: string): boolean {
    return this.#deciders.has(kindOf(record));
  }

  /** Folds one unit in. */
  unit(unit: Unit, sequence: number): void {
    const changed = new Set<string>();
    for (const event of unit.events) {
      if (event.record === undefined) continue;
      changed.add(event.record);
      this.#fold(event.record, event, sequence);
    }
    for (const { record, status, version } of unit.records ?? []) {
      this.#pass.checked += 1;
      if (!changed.delete(record)) this.#pass.differs('unit', sequence, `an event of ${record}`, 'none');
      this.#note(record, status, version, sequence);
    }
    for (const record of changed)
      this.#pass.differs('unit', sequence, `${record} among its records`, 'events of it only');
  }

  /** Names the kinds of the records that nobody could fold. */
  unfolded(): readonly string[] {
    const kinds = new Set<string>();
    for (const [record, { decider }] of this.#records) if (!decider) kinds.add(kindOf(record));
    return [...kinds].sort();
  }

  /** Gives what every record that could be folded stands for. */
  *standings(): Iterable<readonly [record: string, standing: Standing]> {
    for (const [record, { decider, state }] of this.#records) {
      if (decider && state !== undefined) yield [record, decider.standing(state)];
    }
  }

  #fold(record: string, { type, version, data }: Unit['events'][number], sequence: number): void {
    const folded = this.#of(record);
    if (!folded.decider) return;
    try {
      const event = folded.decider.codec.decodeEvent({ type, version, data: reviveJson(data) as Json });
      folded.state = folded.decider.evolve(folded.state, event);
    } catch (error) {
      const why = error instanceof Error ? error.message : 'an error';
      this.#pass.differs('unit', sequence, `an event that ${kindOf(record)} can fold`, `${type} of ${record}: ${why}`);
    }
  }

  #note(record: string, status: string, version: number, sequence: number): void {
    const folded = this.#of(record);
    folded.version += 1;
    if (version !== folded.version) {
      this.#pass.differs('unit', sequence, `${record} at version ${folded.version}`, `version ${version}`);
    }
    let text = recordText({ version: folded.version, status });
    if (folded.decider && folded.state !== undefined) {
      const standing = folded.decider.standing(folded.state);
      if (standing.status !== status) this.#pass.differs('unit', sequence, `${record} ${standing.status}`, status);
      const state = canonical(folded.decider.codec.encodeState(folded.state));
      const { touches } = standing;
      text = recordText(
        { version: folded.version, status },
        { state: typeof state === 'string' ? state : state.given, touches },
      );
    }
    this.#sink('record', { name: record, sequence, ordinal: 0, text });
  }

  #of(record: string): Folded {
    const here = this.#records.get(record);
    if (here) return here;
    const folded: Folded = { decider: this.#deciders.get(kindOf(record)), version: 0, state: undefined };
    this.#records.set(record, folded);
    return folded;
  }
}

function kindOf(record: string): string {
  return record.slice(0, record.indexOf('/'));
}
