import { addDuration, canonical, type Duration, hours, type Instant, readCanonical } from '@holdfast/kernel';
import { type Money, money, subtract } from '@holdfast/money';
import type { Descriptor, OperationKind, OperationPower } from '../port/descriptor.ts';
import type { Observation, ObservedReturn } from '../port/observation.ts';
import type { Operation, Send } from '../port/operation.ts';
import type { Rejected, SubmitOutcome } from '../port/outcome.ts';
import type { FaultRandom } from './seeded-faults.ts';
import type { SimulatedFault } from './simulated-fault.ts';
import { SimulatedFunds } from './simulated-funds.ts';
import { SimulatedKeys } from './simulated-keys.ts';
import { observeSimulated, type SimulatedObject } from './simulated-object.ts';

/** What the simulated provider would push to an endpoint of ours. */
export interface SimulatedEvent {
  /** The provider's name of it; each delivery of it carries the same. */
  readonly id: string;
  readonly at: Instant;
  readonly observation: Observation;
}

/** How the simulated provider's other side behaves. */
export interface SimulatedPeerOptions {
  readonly descriptor: Descriptor<'simulated'>;
  /** Gives the present instant. */
  readonly clock: () => Instant;
  /** Draws how much later a repair comes; always after three hours where it is absent. */
  readonly random?: FaultRandom;
  /** How long keys are really kept; what the descriptor promises where it is absent. */
  readonly keyRetention?: Duration;
  /** How long an object really stays out of look-ups and lists; not at all where it is absent. */
  readonly lookupLag?: Duration;
  /** Kinds whose objects are made pending, and end by `settle`. */
  readonly settlesLater?: readonly OperationKind[];
  /** How long money that was collected stays pending; not at all where it is absent. */
  readonly pendingFor?: Duration;
}

/**
 * The provider's side of a simulation: its own book of objects, its idempotency layer, its balance, its repairs and its webhooks. Whoever wants to know
 * what really moved asks this book and not ours. It never waits and draws nothing of its own.
 *
 * @source docs/rules/providers.md, SP-1, SP-2, SP-3
 */
export class SimulatedPeer {
  readonly #options: SimulatedPeerOptions;
  readonly #keys: Map<OperationKind, SimulatedKeys>;
  readonly #funds = new SimulatedFunds();
  readonly #objects: SimulatedObject[] = [];
  readonly #events: SimulatedEvent[] = [];
  #repairs: { readonly at: Instant; readonly send: Send }[] = [];
  #received = 0;

  constructor(options: SimulatedPeerOptions) {
    this.#options = options;
    const powers = Object.entries(options.descriptor.operations) as [OperationKind, OperationPower][];
    this.#keys = new Map(
      powers.map(([kind, { idempotency }]) => [kind, new SimulatedKeys(idempotency, options.keyRetention)]),
    );
  }

  /** Receives a send and answers it, or lets the fault happen. Each call is a request of its own. */
  receive({ key, body }: Send, fault?: SimulatedFault): SubmitOutcome {
    if (fault === 'connection_refused') return { outcome: 'not_sent', reason: 'connection_refused' };
    if (fault === 'lost_request') return silence('The request was lost.');
    this.#received += 1;
    const refused = beforeKeys(fault);
    if (refused) return refused;
    const now = this.#now();
    const operation = readCanonical(body) as Operation;
    const keys = this.#keys.get(operation.kind);
    if (!keys) return no('not_supported', 'stop', false);
    const answer =
      keys.replay(key, body, now) ??
      keys.keep(key, { body, answer: this.#execute({ operation, key, body }, fault), since: now });
    if (fault === 'lost_answer') return silence('The answer was lost.');
    if (fault === 'unreadable' && answer.outcome === 'accepted') {
      return { outcome: 'unknown', reason: 'unreadable', detail: 'The answer cannot be read.' };
    }
    return answer;
  }

  /** Gives every object that carries a reference, oldest first. */
  find(kind: OperationKind, reference: string): readonly Observation[] {
    return this.#visible(kind).filter((one) => one.reference === reference);
  }

  /** Gives every object of a kind that was made within a window, half-open, oldest first. */
  list(kind: OperationKind, from: Instant, to: Instant): readonly Observation[] {
    return this.#visible(kind).filter(({ createdAt }) => createdAt >= from && createdAt < to);
  }

  /** Gives the provider's own book: everything that ever moved. */
  objects(): readonly SimulatedObject[] {
    this.#now();
    return [...this.#objects];
  }

  /** Gives what would be pushed, oldest first. Losing, repeating and reordering is left to who delivers. */
  events(): readonly SimulatedEvent[] {
    this.#now();
    return [...this.#events];
  }

  /** How many requests arrived. */
  received(): number {
    return this.#received;
  }

  /** Puts money into our balance. From the first time on the balance is counted. */
  fund(amount: Money, availableAt: Instant = this.#now()): void {
    this.#funds.count();
    this.#funds.add(amount, availableAt);
  }

  /** Gives our balance in a currency, in minor units. */
  balance(code: string): { readonly available: bigint; readonly pending: bigint } {
    const now = this.#now();
    return { available: this.#funds.available(code, now), pending: this.#funds.pending(code, now) };
  }

  /** Takes money of an object back, as the provider or somebody at its dashboard does. */
  reverse(object: string, amount: Money, reference?: string): void {
    const now = this.#now();
    const index = this.#objects.findIndex((one) => one.object === object);
    const known = this.#objects[index];
    if (!known) throw new RangeError(`There is no object ${object}.`);
    const id = `${object}_r${known.returns.length + 1}`;
    const one: ObservedReturn = { id, amount, at: now, ...(reference === undefined ? {} : { reference }) };
    this.#funds.add(amount, now);
    this.#change(index, { ...known, returns: [...known.returns, one] });
  }

  /** Ends a pending object; a success may fail later, where the provider takes successes back. */
  settle(object: string, status: 'succeeded' | 'failed', failure?: string): void {
    this.#now();
    const index = this.#objects.findIndex((one) => one.object === object);
    const known = this.#objects[index];
    if (!known) throw new RangeError(`There is no object ${object}.`);
    if (status === 'failed') this.#funds.add(known.amount, this.#now());
    this.#change(index, { ...known, status, ...(failure === undefined ? {} : { failure }) });
  }

  /** Forgets every key, before its time. */
  forgetKeys(): void {
    for (const keys of this.#keys.values()) keys.forget();
  }

  /** The present instant, after all repairs that are due. */
  #now(): Instant {
    const now = this.#options.clock();
    const due = this.#repairs.filter(({ at }) => at <= now);
    this.#repairs = this.#repairs.filter(({ at }) => at > now);
    for (const { at, send } of due) this.#repair(send, at);
    return now;
  }

  /** Executes what ended with a 500, unless its key has done so meanwhile. */
  #repair(send: Send, at: Instant): void {
    const { key, body, operation } = send;
    const keys = this.#keys.get(operation.kind);
    if (keys?.replay(key, body, at)?.outcome === 'accepted') return;
    const made = this.#make(send, {}, at);
    // A key that kept the 500 goes on answering with it.
    keys?.keepIfFree(key, { body, answer: this.#accepted(made), since: at });
  }

  #accepted(made: SimulatedObject): SubmitOutcome {
    return { outcome: 'accepted', observation: observeSimulated(this.#options.descriptor, made), replayed: false };
  }

  #execute(send: Send, fault: SimulatedFault | undefined): SubmitOutcome {
    const { operation } = send;
    const broken: SubmitOutcome = { outcome: 'unknown', reason: 'server_error', detail: 'HTTP 500' };
    const refusal = KEPT_NOES.get(fault);
    if (refusal) return refusal;
    const now = this.#options.clock();
    if (fault === 'server_error') return broken;
    if (fault === 'server_error_repaired') {
      const laterMs = (this.#options.random?.integer(REPAIRED_WITHIN.ms) ?? hours(3).ms) + 1;
      this.#repairs.push({ at: addDuration(now, { ms: laterMs }), send });
      return broken;
    }
    if (operation.kind === 'reverse_transfer' && !this.#isLeft(operation))
      return no('reversal_too_large', 'stop', true);
    if (!MONEY_IN.has(operation.kind) && !this.#funds.suffices(operation.amount, now)) {
      return no('balance_insufficient', 'fund_platform', true);
    }
    const made = this.#make(send, executedOtherwise(operation, fault), now);
    if (fault === 'server_error_done') {
      this.#keys.get(operation.kind)?.keepIfFree(send.key, { ...send, answer: this.#accepted(made), since: now });
      return broken;
    }
    const observation = observeSimulated(this.#options.descriptor, made);
    const mismatch = mismatchOf(operation, made);
    return mismatch ? { outcome: 'conflict', ...mismatch, observation } : this.#accepted(made);
  }

  #make({ operation, key }: Send, otherwise: Partial<SimulatedObject>, at: Instant): SimulatedObject {
    const { kind, amount, destination } = operation;
    const made: SimulatedObject = {
      object: `${kind}_${this.#objects.length + 1}`,
      key,
      operation,
      amount,
      ...(destination === undefined ? {} : { destination }),
      status: this.#options.settlesLater?.includes(kind) ? 'pending' : 'succeeded',
      returns: [],
      createdAt: at,
      ...otherwise,
    };
    const { pendingFor = { ms: 0 } } = this.#options;
    if (MONEY_IN.has(kind)) this.#funds.add(made.amount, kind === 'collect' ? addDuration(at, pendingFor) : at);
    else this.#funds.take(made.amount, at);
    this.#objects.push(made);
    this.#tell(made, at);
    if (kind === 'reverse_transfer' && operation.object !== undefined) {
      this.#noteReversal(operation.object, {
        id: made.object,
        amount: made.amount,
        at,
        reference: operation.reference,
        metadata: operation.metadata,
      });
    }
    return made;
  }

  /** Says whether there is still as much with the payee as is to be taken back. */
  #isLeft({ object, amount }: Operation): boolean {
    const known = this.#objects.find((one) => one.object === object);
    if (!known) return false;
    return known.returns.reduce((sum, one) => sum + one.amount.minor, amount.minor) <= known.amount.minor;
  }

  #noteReversal(object: string, one: ObservedReturn): void {
    const index = this.#objects.findIndex((known) => known.object === object);
    const known = this.#objects[index];
    if (known) this.#change(index, { ...known, returns: [...known.returns, one] });
  }

  #change(index: number, changed: SimulatedObject): void {
    this.#objects[index] = changed;
    this.#tell(changed, this.#options.clock());
  }

  #tell(one: SimulatedObject, at: Instant): void {
    const observation = observeSimulated(this.#options.descriptor, one);
    this.#events.push({ id: `evt_${this.#events.length + 1}`, at, observation });
  }

  #visible(kind: OperationKind): readonly Observation[] {
    const now = this.#now();
    const { descriptor, lookupLag = { ms: 0 } } = this.#options;
    return this.#objects
      .filter((one) => one.operation.kind === kind && addDuration(one.createdAt, lookupLag) <= now)
      .map((one) => observeSimulated(descriptor, one))
      .sort((left, right) => (left.createdAt < right.createdAt ? -1 : left.createdAt > right.createdAt ? 1 : 0));
  }
}

/** Writes an operation as the bytes that the simulated provider reads. */
export function simulatedBody(operation: Operation): string {
  const text = canonical(operation);
  if (typeof text !== 'string') throw new RangeError(`An operation is not plain data: ${text.field}.`);
  return text;
}

function beforeKeys(fault: SimulatedFault | undefined): SubmitOutcome | undefined {
  switch (fault) {
    case 'throttled':
      return no('rate_limited', 'retry_later', false);
    case 'bad_credentials':
      return no('unauthorised', 'close_provider', false);
    case 'malformed':
      return no('parameter_invalid', 'stop', false);
    case 'gateway_error':
      return { outcome: 'unknown', reason: 'server_error', detail: 'HTTP 502' };
    case 'key_in_use':
      return { outcome: 'unknown', reason: 'key_in_use', detail: 'HTTP 409' };
    default:
      return undefined;
  }
}

function no(code: string, advice: Rejected['advice'], kept: boolean): Rejected {
  return { outcome: 'rejected', code, advice, kept, replayed: false };
}

function silence(detail: string): SubmitOutcome {
  return { outcome: 'unknown', reason: 'silence', detail };
}

function executedOtherwise({ amount }: Operation, fault: SimulatedFault | undefined): Partial<SimulatedObject> {
  if (fault === 'other_amount') return { amount: subtract(amount, money(1n, amount.currency)) };
  return fault === 'other_destination' ? { destination: 'somebody-else' } : {};
}

function mismatchOf({ amount, destination }: Operation, made: SimulatedObject) {
  if (made.amount.minor !== amount.minor) return { field: 'amount', expected: `${amount}`, got: `${made.amount}` };
  if (made.destination === destination) return undefined;
  return { field: 'destination', expected: `${destination}`, got: `${made.destination}` };
}

const REPAIRED_WITHIN = hours(6);
const MONEY_IN: ReadonlySet<OperationKind> = new Set(['collect', 'reverse_transfer']);
const KEPT_NOES: ReadonlyMap<SimulatedFault | undefined, Rejected> = new Map([
  ['declined', no('declined', 'retry_later', true)],
  ['bad_destination', no('destination_unknown', 'fix_destination', true)],
  ['payee_restricted', no('payee_restricted', 'hold_payee', true)],
]);
