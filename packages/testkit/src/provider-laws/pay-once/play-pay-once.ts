import { addDuration, hours, type Instant, instantAt, minutes } from '@holdfast/kernel';
import {
  createSimulatedProvider,
  type Lookup,
  nextLookup,
  type OperationPower,
  roughFaults,
  type SimulatedPeer,
  type SubmitOutcome,
  seededFaults,
  simulatedDescriptor,
  webhookDeliveries,
} from '@holdfast/providers';
import { createRandom, type Random } from '../../simulation/create-random.ts';
import { type Agenda, createAgenda } from './agenda.ts';
import { BEGINNING, type Entitlement, HISTORY, LONGEST_PAUSE, PayoutBook } from './payout-book.ts';
import type { PayOnceRules } from './rules.ts';

/** How a history ended. */
export interface PayOnceEnd {
  /** How often the provider's own book shows the obligation paid. */
  readonly paid: number;
  /** Whether an operator has to say what became of it. */
  readonly leftToOperator: boolean;
  /** Whether our book says that it is paid. */
  readonly knownPaid: boolean;
  /** What happened, a line each, where it was asked for. */
  readonly story: readonly string[];
}

/**
 * Plays one history: one obligation, two workers, and a provider with faults, on a virtual clock. Workers pause for hours and crash; webhooks are lost,
 * doubled and late; keys are pruned after a day; in one history of three the database is restored from a backup of up to 30 hours ago.
 *
 * @param seed - The same seed and rules play the same history.
 */
export function playPayOnce(seed: number, rules: PayOnceRules, tells = false): PayOnceEnd {
  return new PayOnceHistory(seed, rules, tells).play();
}

class PayOnceHistory {
  readonly #random: Random;
  readonly #agenda: Agenda;
  readonly #book: PayoutBook;
  readonly #peer: SimulatedPeer;
  readonly #fault: () => ReturnType<ReturnType<typeof seededFaults>>;
  readonly #consistency: OperationPower['lookup']['consistency'];
  readonly #endMs: number;
  readonly #story: string[] | undefined;
  #delivered = 0;

  constructor(seed: number, rules: PayOnceRules, tells: boolean) {
    this.#random = createRandom(seed);
    const startMs = Date.parse(BEGINNING) + hours(1).ms;
    this.#agenda = createAgenda(startMs);
    this.#endMs = startMs + HISTORY.ms;
    this.#story = tells ? [] : undefined;
    const repairHorizon = rules.repairHorizon ? hours(24) : { ms: 0 };
    const inFlightHorizon = rules.repairHorizon ? LONGEST_PAUSE : { ms: 0 };
    const power = { repairHorizon, inFlightHorizon, ...rules.power };
    const descriptor = simulatedDescriptor({ kinds: ['transfer'], power });
    const { provider, peer } = createSimulatedProvider({
      descriptor,
      clock: () => this.#now(),
      random: this.#random,
      ...(rules.lookupLag ? { lookupLag: rules.lookupLag } : {}),
    });
    this.#consistency = rules.power?.lookup?.consistency ?? 'strong';
    this.#peer = peer;
    this.#book = new PayoutBook(provider, rules);
    this.#fault = seededFaults(this.#random, roughFaults);
  }

  play(): PayOnceEnd {
    const startMs = this.#agenda.nowMs();
    for (const worker of ['a', 'b']) this.#agenda.at(startMs + this.#upTo(minutes(30).ms), () => this.#pass(worker, 0));
    if (this.#random.chance(33)) {
      this.#agenda.at(startMs + this.#upTo(hours(72).ms), () => this.#restore());
    }
    if (this.#random.chance(10)) {
      const heldMs = startMs + this.#upTo(hours(24).ms);
      this.#agenda.at(heldMs, () => this.#hold(false));
      this.#agenda.at(heldMs + this.#upTo(hours(24).ms), () => this.#hold(true));
    }
    this.#agenda.run();
    const paid = this.#peer.objects().length;
    const { attempt, isPaid } = this.#book;
    const open = attempt !== undefined && OPERATORS.has(attempt.state.status);
    return { paid, knownPaid: isPaid, leftToOperator: open && !isPaid, story: this.#story ?? [] };
  }

  /** One pass of a worker over the obligation; it comes again, ever later while there is nothing to do. */
  #pass(worker: string, idle: number): void {
    const nowMs = this.#agenda.nowMs();
    if (nowMs > this.#endMs) return;
    const acted = this.#act(worker);
    const pauseMs = minutes(5).ms * 2 ** Math.min(acted ? 0 : idle, 6);
    const next = acted ? 0 : idle + 1;
    this.#agenda.at(nowMs + pauseMs / 2 + this.#upTo(pauseMs), () => this.#pass(worker, next));
  }

  #act(worker: string): boolean {
    const at = this.#now();
    const { closed } = this.#book.gate;
    if (closed) return closed.at <= at && this.#adopt(worker);
    if (this.#book.isPaid) return false;
    this.#book.presume(addDuration(at, { ms: -LEASE.ms }), at);
    const { attempt } = this.#book;
    const due = attempt && nextLookup(attempt);
    if (due !== undefined && due <= at) {
      this.#look(worker);
      return true;
    }
    const entitlement = this.#book.entitle(at);
    if (!entitlement) return false;
    this.#tell(`${worker} stores send ${entitlement.send} of attempt ${entitlement.attempt.number}`);
    this.#send(worker, entitlement);
    return true;
  }

  /** Makes a send: after a pause, or never. Its answer is reported after another pause, or never. */
  #send(worker: string, entitlement: Entitlement): void {
    if (this.#random.chance(4)) {
      this.#tell(`${worker} dies before the call`);
      return;
    }
    this.#agenda.at(this.#agenda.nowMs() + this.#pause(), () => {
      const { attempt, send } = entitlement;
      const { key, body, operation } = attempt;
      const fault = this.#fault();
      const outcome = this.#peer.receive({ key, body, operation }, fault);
      this.#tell(`send ${send} of attempt ${attempt.number} arrives: ${fault ?? 'no fault'}, ${describe(outcome)}`);
      this.#deliver();
      if (this.#random.chance(4)) {
        this.#tell(`${worker} dies before it reports`);
        return;
      }
      this.#agenda.at(this.#agenda.nowMs() + this.#pause(), () => {
        this.#book.report(entitlement, outcome, this.#now());
        this.#tell(`${worker} reports ${describe(outcome)}: ${this.#status()}`);
      });
    });
  }

  /** Looks up by the obligation's reference; the answer comes after a pause. */
  #look(worker: string): void {
    const lookedAt = this.#now();
    const found = this.#consistency === 'none' ? [] : this.#peer.find('transfer', 'booking-7');
    const conclusive = this.#consistency === 'strong';
    const lookup: Lookup = found.length > 0 ? { found } : { found: [], conclusive, why: 'Every page was read.' };
    this.#deliver();
    if (this.#random.chance(5)) return;
    this.#agenda.at(this.#agenda.nowMs() + this.#pause(), () => {
      this.#book.lookedUp(lookup, lookedAt, this.#now());
      this.#tell(`${worker} finds ${found.length} as of ${lookedAt}: ${this.#status()}`);
    });
  }

  /** Reads the provider's whole list and adopts it, which opens sending once nothing can be under way any more. */
  #adopt(worker: string): boolean {
    const list = this.#peer.list('transfer', BEGINNING, this.#now());
    this.#deliver();
    this.#book.adopt(list, BEGINNING, this.#now());
    this.#tell(`${worker} adopts a list of ${list.length}: ${this.#book.gate.closed ? 'closed' : 'open'}`);
    return true;
  }

  /** Hands out what the provider pushes, as the network does. */
  #deliver(): void {
    const events = this.#peer.events();
    for (const event of events.slice(this.#delivered)) {
      for (const { at } of webhookDeliveries(event, this.#random, 60)) {
        this.#agenda.at(Date.parse(at), () => {
          this.#book.observe(event.observation, this.#now());
          this.#tell(`the webhook ${event.id} comes: ${this.#status()}`);
        });
      }
    }
    this.#delivered = events.length;
  }

  #restore(): void {
    const to = addDuration(this.#now(), { ms: -this.#upTo(hours(30).ms) });
    this.#book.restore(to, this.#now());
    this.#tell(`the database is restored as of ${to}: ${this.#status()}`);
  }

  #hold(eligible: boolean): void {
    this.#book.eligible = eligible;
    this.#tell(eligible ? 'the hold is lifted' : 'a hold is set');
  }

  /** Mostly a moment; one in eight up to two hours. */
  #pause(): number {
    return this.#random.chance(12) ? this.#upTo(hours(2).ms) : this.#upTo(5_000);
  }

  #upTo(ms: number): number {
    return this.#random.integer(ms + 1);
  }

  #now(): Instant {
    return instantAt(this.#agenda.nowMs());
  }

  #status(): string {
    const { attempt } = this.#book;
    return attempt ? `attempt ${attempt.number} ${JSON.stringify(attempt.state)}` : 'no attempt';
  }

  #tell(line: string): void {
    this.#story?.push(`${this.#now()} ${line}`);
  }
}

/** After this long without a report a send is presumed lost. Shorter than a pause, so that workers meet. */
const LEASE = minutes(10);
const OPERATORS: ReadonlySet<string> = new Set(['waiting', 'conflict', 'failed']);

function describe(outcome: SubmitOutcome): string {
  return 'reason' in outcome ? `${outcome.outcome} (${outcome.reason})` : outcome.outcome;
}
