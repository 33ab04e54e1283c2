import {
  type Attempt,
  type AttemptMark,
  type AttemptObject,
  type AttemptStep,
  adoptAttempt,
  applyObservation,
  type Observation,
  type ObservedReturn,
  readAttemptMark,
} from '@holdfast/providers';
import type { AttemptStepped, PayoutEvent } from './events.ts';
import { evolvePayout } from './evolve.ts';
import type { Payout } from './payout.ts';
import { findAttempt, findReversal, findTransfer, hasMoved } from './reversals.ts';
import { reversalEvent, type StepContext, stepEvent } from './step-event.ts';

/**
 * Gathers what one unit does to a payout, event after event. A reversal and the transfer that it reverses are told of by each other: what is heard of the one is
 * applied to both, so that money which came back is placed once, whoever tells of it first.
 *
 * @source docs/rules/payouts.md, P-29, P-30
 */
export class Hearing {
  readonly events: PayoutEvent[] = [];
  #payout: Payout;
  readonly #context: Omit<StepContext, 'payout' | 'earlier'>;

  constructor({ payout, ...context }: Omit<StepContext, 'earlier'>) {
    this.#payout = payout;
    this.#context = context;
  }

  /** As it is after what was gathered. */
  get payout(): Payout {
    return this.#payout;
  }

  /** Takes a step of one of the payout's attempts, or of one of a reversal. */
  step(step: AttemptStep, by: AttemptStepped['by'] = this.#context.by): void {
    const { reversal } = step.attempt;
    if (reversal === undefined) {
      this.#add(stepEvent(step, { ...this.#context, by, payout: this.#payout, earlier: [...this.events] }));
      return;
    }
    const known = findReversal(this.#payout, reversal);
    // One that a restored book does not know was made after the instant from which the book goes on.
    const { object = '', amount } = step.attempt.operation;
    if (!known) this.#add({ type: 'ReversalAsked', reversal, object, amount, at: step.attempt.intentAt });
    const of = findReversal(this.#payout, reversal);
    if (!of) return;
    this.#add(reversalEvent(of, step, { ...this.#context, by, payout: this.#payout, earlier: [...this.events] }));
    this.#tellTransfer(of.object, step.attempt);
  }

  /** Takes what a transfer says of returns that we asked for. */
  returnsOf(observation: Observation): void {
    for (const one of observation.returns) {
      const mark = readAttemptMark(one);
      if (!mark || mark.reversal === undefined || !this.#isOurs(mark)) continue;
      const known = findAttempt(this.#payout, mark);
      const seen = known?.objects.some((object) => object.object === one.id && hasMoved(object));
      if (!seen) this.reversal(asReversal(observation, one), observation.object);
    }
  }

  /**
   * Takes what a provider says of a reversal.
   *
   * @param transfer - The transfer's name, where it is known.
   */
  reversal(observation: Observation, transfer?: string): void {
    const mark = readAttemptMark(observation);
    const { at, environment } = this.#context;
    const known = mark && findAttempt(this.#payout, mark);
    if (known) {
      this.step(applyObservation(known, observation, at));
      return;
    }
    const power = environment.senders.get(this.#payout.sender)?.descriptor.operations[observation.kind];
    const object = transfer ?? findTransfer(this.#payout)?.object.object;
    if (!power || !mark || mark.reversal === undefined || !this.#isOurs(mark)) return;
    const { book } = environment;
    const adopting = { book, power, observation, ...(object === undefined ? {} : { object }) };
    adoptAttempt(adopting, at).map((step) => this.step(step, 'adoption'));
  }

  #add(event: PayoutEvent): void {
    this.events.push(event);
    this.#payout = evolvePayout(this.#payout, event);
  }

  #isOurs({ book, payout }: AttemptMark): boolean {
    return book === this.#context.environment.book && payout === this.#context.id;
  }

  /** What has come back by a reversal is a return of the transfer, too. */
  #tellTransfer(name: string, { objects, operation }: Attempt): void {
    const transfer = findTransfer(this.#payout, name);
    if (!transfer) return;
    const known = new Set(transfer.object.returns.map(({ id }) => id));
    const returns = objects
      .filter((one) => hasMoved(one) && !known.has(one.object))
      .map(({ object: id, amount, createdAt }) => ({ id, amount, at: createdAt, reference: operation.reference }));
    if (returns.length === 0) return;
    const said = sightOf(transfer.attempt, transfer.object, returns);
    this.step(applyObservation(transfer.attempt, said, this.#context.at));
  }
}

/** Makes of a return what its reversal would say of itself. */
function asReversal(transfer: Observation, { id, amount, at, reference, metadata = {} }: ObservedReturn): Observation {
  const { provider, account, mode } = transfer;
  return {
    provider,
    account,
    mode,
    kind: 'reverse_transfer',
    object: id,
    status: 'succeeded',
    rawStatus: 'returned',
    ...(reference === undefined ? {} : { reference }),
    metadata,
    amount,
    returns: [],
    createdAt: at,
  };
}

/** Makes a sight of an object that is known, with some returns more. */
function sightOf(
  { provider, account, mode, operation }: Attempt,
  { object, amount, createdAt }: AttemptObject,
  returns: readonly ObservedReturn[],
): Observation {
  const { kind, reference, metadata } = operation;
  const names = { provider, account, mode, kind, object, reference, metadata };
  return { ...names, status: 'succeeded', rawStatus: 'returned', amount, returns, createdAt };
}
