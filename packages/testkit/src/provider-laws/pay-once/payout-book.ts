import { days, type Instant } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import {
  type Attempt,
  type AttemptStep,
  adoptAttempt,
  adoptList,
  applyLookup,
  applyObservation,
  applyOutcome,
  closeSending,
  type Descriptor,
  isOfAttempt,
  type Lookup,
  type Observation,
  type Operation,
  openGate,
  type Provider,
  presumeSilence,
  type SendingGate,
  type SubmitOutcome,
  sendAgain,
  settlingTime,
  startAttempt,
} from '@holdfast/providers';
import type { PayOnceRules } from './rules.ts';

/** A send that was stored, and that its worker may now make. */
export interface Entitlement {
  readonly attempt: Attempt;
  readonly send: number;
}

/** All of a book at one moment, as a backup has it. */
interface Backup {
  readonly attempts: readonly Attempt[];
  readonly gate: SendingGate;
}

/** What an obligation asks for in every history. */
const operation: Operation = {
  kind: 'transfer',
  reference: 'booking-7',
  amount: usd('75'),
  destination: 'acct_ann',
  metadata: {},
};

/** A book with one payout of one obligation: each call is one unit, whole and at once, as the writer makes them. */
export class PayoutBook {
  readonly #provider: Provider;
  readonly #rules: PayOnceRules;
  #attempts: readonly Attempt[] = [];
  #gate: SendingGate;
  readonly #backups: { readonly at: Instant; readonly backup: Backup }[] = [];
  eligible = true;

  constructor(provider: Provider, rules: PayOnceRules) {
    this.#provider = provider;
    this.#rules = rules;
    const { id, account, mode } = provider.descriptor;
    this.#gate = openGate({ provider: id, account, mode });
  }

  /** The attempt that counts: the last one. */
  get attempt(): Attempt | undefined {
    return this.#attempts.at(-1);
  }

  get gate(): SendingGate {
    return this.#gate;
  }

  get isPaid(): boolean {
    return this.#attempts.some(({ state }) => state.status === 'paid' || state.status === 'returned');
  }

  /** Stores a send, where the rules allow one now. */
  entitle(at: Instant): Entitlement | undefined {
    if (this.isPaid || !this.eligible) return undefined;
    const { attempt } = this;
    const step = attempt && !isOver(attempt) ? this.#again(attempt, at) : this.#first(attempt, at);
    if (!step) return undefined;
    this.#put(step, at);
    return { attempt: step.attempt, send: step.attempt.sends.length };
  }

  /** Applies the answer to a send, of this book or of one that was lost. */
  report({ attempt, send }: Entitlement, outcome: SubmitOutcome, at: Instant): void {
    const known = this.#attempts.find(({ number }) => number === attempt.number);
    // The attempt was lost with the restore; what it moved is in the provider's list.
    if (!known) return;
    const heard = this.#rules.ownNo ? outcome : asKept(outcome);
    this.#put(applyOutcome(known, { send, outcome: heard }, at), at);
  }

  /** Presumes that sends stored before an instant are lost. */
  presume(sentBefore: Instant, at: Instant): void {
    const { attempt } = this;
    if (attempt) this.#put(presumeSilence(attempt, sentBefore, at), at);
  }

  /** Applies a look-up by the obligation's reference. */
  lookedUp(lookup: Lookup, lookedAt: Instant, at: Instant): void {
    const { attempt } = this;
    if (!attempt) return;
    const { step, others } = applyLookup(attempt, { lookup, lookedAt }, at);
    this.#put(step, at);
    for (const observation of others) this.observe(observation, at);
  }

  /** Applies a webhook or a line of a list. An attempt that is not known closes sending, unless it is being adopted. */
  observe(observation: Observation, at: Instant, adopting = false): void {
    const known = this.#attempts.find((attempt) => isOfAttempt(attempt, observation));
    if (known) {
      this.#put(applyObservation(known, observation, at), at);
    } else if (!adopting && this.#rules.lookAfterRestore) {
      this.#close('unknown_attempt', at);
    } else {
      const power = powerOf(this.#provider.descriptor);
      adoptAttempt({ book: 'main', power, observation }, at).map((step) => this.#put(step, at));
    }
  }

  /** Adopts the provider's list, read up to now. */
  adopt(observations: readonly Observation[], from: Instant, at: Instant): void {
    for (const observation of observations) this.observe(observation, at, true);
    this.#gate = adoptList(this.#gate, { from, to: at, readAt: at }).unwrapOr(this.#gate);
  }

  /** Goes on from the newest backup that is older than an instant, as a restored database does. */
  restore(to: Instant, at: Instant): void {
    const backup = this.#backups.findLast((one) => one.at <= to)?.backup;
    const epoch = this.#gate.epoch + 1;
    this.#attempts = backup?.attempts ?? [];
    this.#gate = { ...openGate(this.#gate, epoch), ...(backup?.gate.closed ? { closed: backup.gate.closed } : {}) };
    if (this.#rules.lookAfterRestore) this.#close('epoch', at);
  }

  #close(because: 'epoch' | 'unknown_attempt', at: Instant): void {
    const settles = settlingTime(powerOf(this.#provider.descriptor), LONGEST_PAUSE);
    // Everything of this payout was sent within the history, so the list from its beginning is from before any backup.
    this.#gate = closeSending(this.#gate, { because, from: BEGINNING, settles }, at);
  }

  #first(previous: Attempt | undefined, at: Instant): AttemptStep | undefined {
    const { descriptor, encode } = this.#provider;
    const gate = this.#gate;
    const payout = 'po-7';
    const rest = previous ? { previous: { ...previous, state: ENDED } } : {};
    return startAttempt(
      { book: 'main', payout, descriptor, operation, encode, gate, retriesLeft: 9, ...rest },
      at,
    ).unwrapOr(undefined);
  }

  #again(attempt: Attempt, at: Instant): AttemptStep | undefined {
    const standing = { gate: this.#gate, eligible: this.eligible };
    if (!this.#rules.sameKey && isAbsentAfterSilence(attempt)) return this.#first(attempt, at);
    return sendAgain(attempt, standing, at).unwrapOr(undefined);
  }

  #put({ attempt }: AttemptStep, at: Instant): void {
    const others = this.#attempts.filter(({ number }) => number !== attempt.number);
    this.#attempts = [...others, attempt].sort((left, right) => left.number - right.number);
    this.#backups.push({ at, backup: { attempts: this.#attempts, gate: this.#gate } });
  }
}

/** How long a worker may pause at most, between storing a send and making it. */
export const LONGEST_PAUSE = { ms: 2 * 3_600_000 + 600_000 };

/** Before any history. */
export const BEGINNING: Instant = '2026-03-01T00:00:00.000Z';

/** How long a history goes on. */
export const HISTORY = days(6);

const ENDED: Attempt['state'] = {
  status: 'due',
  next: 'next_key',
  code: 'ended',
  advice: 'retry_later',
  spendsRetry: false,
};

function isOver({ state }: Attempt): boolean {
  return state.status === 'due' && state.next === 'next_key';
}

function isAbsentAfterSilence({ state, lookups, sends }: Attempt): boolean {
  const isSilent = (state.status === 'unknown' && state.because === 'silence') || state.status === 'waiting';
  return isSilent && lookups.absentAt !== undefined && lookups.absentAt >= (sends.at(-1)?.at ?? '');
}

/** Reads every no as if the provider kept it under the key and said so. */
function asKept(outcome: SubmitOutcome): SubmitOutcome {
  if (outcome.outcome === 'rejected') return { ...outcome, kept: true, replayed: true };
  if (outcome.outcome !== 'not_sent') return outcome;
  return { outcome: 'rejected', code: outcome.reason, advice: 'retry_later', kept: true, replayed: true };
}

function powerOf({ operations }: Descriptor) {
  const power = operations.transfer;
  if (!power) throw new RangeError('The provider of a history transfers.');
  return power;
}
