import type { Standing, Task, Unit } from '@holdfast/kernel';
import type { Pass } from './report.ts';
import { claimRow, type RowSink, taskText } from './rows.ts';

/** Re-derives who holds which claim and which tasks are open. */
export class ClaimAndTaskFold {
  readonly #claimPass: Pass;
  readonly #sink: RowSink;
  readonly #holders = new Map<string, string>();
  /** Open tasks by their id. */
  readonly tasks = new Map<string, string>();

  constructor(claimPass: Pass, sink: RowSink) {
    this.#claimPass = claimPass;
    this.#sink = sink;
  }

  /** Folds one unit in. A unit gives all its claims back before it takes any. */
  unit(unit: Unit, sequence: number): void {
    for (const { claim, holder } of unit.claims ?? []) if (holder === null) this.#holders.delete(claim);
    for (const { claim, holder } of unit.claims ?? []) {
      this.#sink('claim', claimRow({ claim, holder, sequence }));
      if (holder === null) continue;
      const before = this.#holders.get(claim);
      const changesHands = before !== undefined && unit.records?.some(({ record }) => record === before);
      if (before !== undefined && !changesHands) {
        this.#claimPass.differs('unit', sequence, `${claim} held by ${before} alone`, `taken by ${holder}`);
      }
      this.#holders.set(claim, holder);
    }
    for (const change of unit.tasks ?? []) {
      if ('finish' in change) this.tasks.delete(change.finish);
      else this.tasks.set(change.put.id, taskText(change.put as Task));
    }
  }

  /** Checks that records hold exactly the claims and deadlines for which they stand, where their states could be folded. */
  end(sequence: number, standings: Iterable<readonly [string, Standing]>, tasks: Pass): void {
    for (const [record, { claims, deadlines }] of standings) {
      for (const claim of claims) {
        const holder = this.#holders.get(claim);
        if (holder !== record)
          this.#claimPass.differs('unit', sequence, `${claim} held by ${record}`, `held by ${holder ?? 'nobody'}`);
      }
      for (const { name } of deadlines) {
        if (!this.tasks.has(`${record}/${name}`)) tasks.differs('unit', sequence, `a task ${record}/${name}`, 'none');
      }
    }
  }
}
