import type { DomainEvent, Instant, Refusal } from '@holdfast/kernel';
import { type Currency, usd } from '@holdfast/money';
import { LawBroken } from '../laws/law.ts';
import { createRandom } from '../simulation/create-random.ts';
import type { FuzzableProcess, FuzzableState } from './fuzzable-process.ts';
import type { Moment } from './moment.ts';
import { processLaws } from './process-laws.ts';
import { type FuzzStep, randomStep } from './random-step.ts';
import { seenAs } from './seen-as.ts';
import { commandsOf, isAllDone } from './things.ts';

/** How long and from where the fuzzer runs. */
export interface FuzzOptions {
  /** Histories; 200 where it is absent. */
  readonly runs?: number;
  /** Commands of one history; where it is absent 40, or 80 of a process with parts. */
  readonly steps?: number;
  /** The same seed gives the same histories; 1 where it is absent. */
  readonly seed?: number;
  /** Of most amounts; US dollars where it is absent. */
  readonly currency?: Currency;
}

/** What the fuzzer met: a history that never reaches a command or a refusal proves nothing about it. */
export interface FuzzReport {
  readonly commands: number;
  /** How often each command was done, zero included. */
  readonly done: Readonly<Record<string, number>>;
  /** How often each refusal was given. */
  readonly refused: Readonly<Record<string, number>>;
  /** Histories that ended with the whole and all of its parts done. */
  readonly ended: number;
}

/**
 * Lets random people do random things to a declared process, and checks after every step that no money is lost: what lies inside is what the
 * things hold, no more comes back than came in, done holds nothing, the events fold to the state.
 *
 * @param process - Any declared process, unchanged: its inputs are data.
 * @throws LawBroken with the law, the seed and the shortest history that was found to break it.
 */
export function fuzzProcess(process: FuzzableProcess, options: FuzzOptions = {}): FuzzReport {
  const { definition } = process;
  const { runs = 200, steps = definition.parts ? 80 : 40, seed = 1, currency = usd } = options;
  const names = [...commandsOf(definition).keys()];
  const patience = definition.parts ? 12 : 4;
  const report = { commands: 0, done: Object.fromEntries(names.map((name) => [name, 0])), refused: {}, ended: 0 };
  for (let run = 0; run < runs; run++) {
    const random = createRandom(seed).fork(`run ${run}`);
    const history = new History(process);
    // Once it is done, a few more try in vain, or find a debt.
    for (let count = 0; count < steps && history.stepsDone < patience; count++) {
      const step = randomStep({ process, state: history.state, now: history.now, currency, random, done: report.done });
      const moment = history.take(step);
      note(report, moment);
      const broken = lawBrokenAt(moment);
      if (broken) throw lawBroken(process, broken, history.taken, seed);
    }
    if (isAllDone(definition, history.state)) report.ended++;
  }
  return report;
}

/** Takes steps one after the other, from nothing. */
class History {
  readonly #process: FuzzableProcess;
  readonly #events: DomainEvent[] = [];
  readonly #balances = new Map<string, bigint>();
  readonly taken: FuzzStep[] = [];
  /** Steps taken while everything was done. */
  stepsDone = 0;
  state: FuzzableState | undefined = undefined;
  now: Instant = '2026-01-01T00:00:00.000Z';

  constructor(process: FuzzableProcess) {
    this.#process = process;
  }

  take(step: FuzzStep): Moment {
    this.taken.push(step);
    if (isAllDone(this.#process.definition, this.state)) this.stepsDone++;
    this.now = step.at;
    const before = this.state;
    const { events, refusal } = this.#decide(step);
    for (const event of events) {
      this.#events.push(event);
      this.state = this.#process.evolve(this.state, event) as FuzzableState;
      for (const { from, to, amount } of this.#process.transfers(event)) {
        this.#change(`${from} ${amount.currency.code}`, -amount.minor);
        this.#change(`${to} ${amount.currency.code}`, amount.minor);
      }
    }
    return {
      process: this.#process,
      id: ID,
      step,
      before,
      events,
      refusal,
      state: this.state,
      allEvents: this.#events,
      balances: this.#balances,
    };
  }

  #decide({ command, actor, at }: FuzzStep): {
    readonly events: readonly DomainEvent[];
    readonly refusal: Refusal | undefined;
  } {
    const parsed = this.#process.parse(command);
    if (parsed.isErr()) return { events: [], refusal: parsed.error };
    const decided = this.#process.decide(seenAs(this.state), parsed.value, { id: ID, at, actor });
    return decided.isOk() ? { events: decided.value, refusal: undefined } : { events: [], refusal: decided.error };
  }

  #change(account: string, by: bigint): void {
    this.#balances.set(account, (this.#balances.get(account) ?? 0n) + by);
  }
}

interface Broken {
  readonly law: string;
  readonly how: string;
}

function lawBrokenAt(moment: Moment): Broken | undefined {
  for (const { name, about, broken } of processLaws) {
    if (about === 'change' && moment.refusal) continue;
    const how = broken(moment);
    if (how !== undefined) return { law: name, how };
  }
  return undefined;
}

function note(
  report: { commands: number; done: Record<string, number>; refused: Record<string, number> },
  moment: Moment,
): void {
  report.commands++;
  const { step, refusal } = moment;
  const [counts, name] = refusal ? [report.refused, refusal.code] : [report.done, `${step.command.type}`];
  counts[name] = (counts[name] ?? 0) + 1;
}

function lawBroken(process: FuzzableProcess, first: Broken, steps: readonly FuzzStep[], seed: number): LawBroken {
  const short = shorten(process, first, steps);
  const told = short.map(({ command, actor, at }) => `  ${at} ${actor.role} ${actor.id}: ${tell(command)}`);
  const { how } = replay(process, first.law, short) ?? first;
  return new LawBroken(`${first.law}: ${how}\nseed ${seed}, after\n${told.join('\n')}`);
}

/** Leaves out one step after the other, as long as the law stays broken. */
function shorten(process: FuzzableProcess, { law }: Broken, steps: readonly FuzzStep[]): readonly FuzzStep[] {
  let short = steps;
  for (let index = short.length - 2; index >= 0; index--) {
    const shorter = short.filter((_step, position) => position !== index);
    if (replay(process, law, shorter)) short = shorter;
  }
  return short;
}

/** Takes the steps again, and says how the law is broken after the last, if it is. */
function replay(process: FuzzableProcess, law: string, steps: readonly FuzzStep[]): Broken | undefined {
  const history = new History(process);
  let broken: Broken | undefined;
  for (const step of steps) broken = lawBrokenAt(history.take(step));
  return broken?.law === law ? broken : undefined;
}

function tell(command: FuzzStep['command']): string {
  return JSON.stringify(command);
}

const ID = 'P1';
