import { randomBytes } from 'node:crypto';
import { type Currency, money } from '@holdfast/money';
import mitt from 'mitt';
import { err, ok, type Result } from 'neverthrow';
import { accountKey, isId } from '../account.ts';
import { readCanonical } from '../canonical.ts';
import type { Decider } from '../decider.ts';
import type { EvaluateContext } from '../evaluate/evaluate.ts';
import { Defect } from '../faults.ts';
import { genesis } from '../head.ts';
import { type Instant, isInstant } from '../instant.ts';
import type { Json } from '../json.ts';
import { bookKeeping } from '../keeping/decider.ts';
import { newKnowledge } from '../known.ts';
import type { Receipt } from '../receipt.ts';
import { type Refusal, show } from '../refusals.ts';
import { type Ask, makeRequest, type Request } from '../request.ts';
import type { LeasedTask, Rounds } from '../store.ts';
import { type Limits, limitsOf } from '../writer/limits.ts';
import { type RoundEnd, runRound } from '../writer/run-round.ts';
import { type Answer, bookClosed, Writer } from '../writer/writer.ts';
import { bindJoinedRecords, bindMoves, bindRecords, type Executor } from './bind-decider.ts';
import type { Asking, Book } from './book.ts';
import { checkMoment } from './check-moment.ts';
import { checkFeed, checkPage, checkSequences } from './check-query.ts';
import type { ExecuteFault } from './handle.ts';
import { assertNotHeld, whileHolding } from './host-transaction.ts';
import type { BookOptions, ExecuteOptions } from './options.ts';
import { processClock } from './process-clock.ts';
import { readFeed } from './read-feed.ts';
import { runDueTasks } from './run-due-tasks.ts';
import { toReceipt } from './to-receipt.ts';
import { Turns } from './turns.ts';

/**
 * Opens a book: the one writer of this process for a ledger with its own accounts, records and journal. Nothing is read or written until the first call.
 *
 * Open one for each name and process, and keep it: its callers share their rounds.
 *
 * @throws Defect where the name is not an id.
 * @source docs/rules/kernel.md, K-4
 */
export function openBook<Client = never>(given: BookOptions<Client>): Book<Client> {
  // Own properties alone: what a polluted prototype offers is no option.
  const options: BookOptions<Client> = Object.assign(Object.create(null), given);
  if (!isId(options.name)) throw new Defect(`a book's name is an id, not ${show(options.name)}`);
  return new OpenBook(options) as unknown as Book<Client>;
}

// biome-ignore lint/suspicious/noExplicitAny: a book takes deciders of every kind
type AnyDecider = Decider<any, any, any>;
type Answered = Promise<Result<Receipt, Refusal | ExecuteFault>>;

class OpenBook<Client> {
  readonly name: string;
  readonly store: BookOptions<Client>['store'];
  readonly #clock: () => Instant;
  /** The last instant that was found well-formed. */
  #checked: Instant | undefined;
  readonly #context: EvaluateContext;
  readonly #limits: Limits;
  readonly #writer: Writer;
  readonly #deciders = new Map<string, AnyDecider>([[bookKeeping.kind, bookKeeping]]);
  readonly #events = mitt<{ appended: number }>();
  readonly #executor: Executor = {
    execute: (asks, options) => this.#execute(asks, options),
    preview: async (asks, options) => {
      assertNotHeld(this.store, this.name);
      return this.#once(this.store, asks, options, 'previewed');
    },
  };

  constructor(options: BookOptions<Client>) {
    this.name = options.name;
    this.store = options.store;
    this.#clock = options.clock ?? processClock();
    this.#limits = limitsOf(options.limits);
    this.#context = {
      chart: options.chart,
      salt: options.salt ?? (() => randomBytes(16).toString('hex')),
      authorise: options.authorise ?? everybody,
    };
    this.#writer = new Writer({
      store: options.store,
      book: options.name,
      context: this.#context,
      limits: this.#limits,
      onAppended: (sequence) => this.#events.emit('appended', sequence),
    });
  }

  use(decider: AnyDecider): unknown {
    if (!isId(decider.kind)) throw new Defect(`the kind of a decider is an id, not ${show(decider.kind)}`);
    const known = this.#deciders.get(decider.kind);
    if (known && known !== decider) throw new Defect(`two deciders of the kind ${decider.kind} on book ${this.name}`);
    this.#deciders.set(decider.kind, decider);
    return this.#bind(decider, this.#executor);
  }

  together(asks: readonly Ask[], options: ExecuteOptions): Answered {
    return this.#executor.execute(asks, options);
  }

  async within<T>(client: Client, work: (joined: Asking) => Promise<T>): Promise<T> {
    assertNotHeld(this.store, this.name);
    const rounds = this.store.within(client, this.name);
    const turns = new Turns(this.name);
    const executor: Executor = {
      execute: (asks, options) => turns.take(() => this.#once(rounds, asks, options, 'provisional')),
      preview: (asks, options) => turns.take(() => this.#once(rounds, asks, options, 'previewed')),
    };
    const load: Rounds['load'] = (book, needs) => turns.take(() => rounds.load(book, needs));
    const joined = {
      use: (decider: AnyDecider) =>
        decider.keeps === 'nothing'
          ? bindMoves(decider, executor)
          : bindJoinedRecords(decider, executor, load, this.name),
      together: executor.execute,
    } as unknown as Asking;
    return whileHolding(this.store, this.name, async () => {
      try {
        return await work(joined);
      } finally {
        await turns.end();
      }
    });
  }

  async balance(
    account: string,
    currency: Currency,
    moment: { readonly atLeast?: number; readonly asOf?: number } = {},
  ) {
    const wrong = checkSequences(moment, ['asOf', 'atLeast']);
    if (wrong) return err(wrong);
    const key = accountKey(account, currency.code);
    const page = await this.store.readAccounts(this.name, {
      prefix: key,
      limit: 1,
      ...(moment.asOf === undefined ? {} : { asOf: moment.asOf }),
    });
    if (page.isErr()) return err(page.error);
    const { rows, sequence } = page.value;
    const behind = checkMoment(sequence, moment);
    if (behind) return err(behind);
    const row = rows[0]?.account === key ? rows[0] : undefined;
    const minor = row?.balance ?? 0n;
    return ok({ minor, currency, sequence, money: money(minor, row?.state.currency ?? currency) });
  }

  async accounts(query: Parameters<Book['accounts']>[0]) {
    const wrong = checkPage(query);
    if (wrong) return err(wrong);
    return this.store.readAccounts(this.name, query);
  }

  async lines({ account, currency, ...query }: Parameters<Book['lines']>[0]) {
    const wrong = checkPage(query);
    if (wrong) return err(wrong);
    return this.store.readLines(this.name, { ...query, account: accountKey(account, currency.code) });
  }

  async units({ after, limit, digest }: Parameters<Book['units']>[0]) {
    const wrong = checkFeed({ after, limit });
    if (wrong) return err(wrong);
    return readFeed(this.store, this.name, { after, limit, digest });
  }

  head() {
    return this.store.readHead(this.name);
  }

  texts(hashes: readonly string[]) {
    return this.store.readTexts(this.name, hashes);
  }

  eraseTexts(hashes: readonly string[]) {
    return this.store.eraseTexts(this.name, hashes);
  }

  async runDueTasks(options: Parameters<Book['runDueTasks']>[0] = {}) {
    assertNotHeld(this.store, this.name);
    const worker = {
      store: this.store,
      book: this.name,
      now: this.#clock,
      askFor: (record: string, command: unknown) => this.#askFor(record, command),
      execute: (ask: Ask, asked: ExecuteOptions) => this.#executor.execute([ask], asked),
      stillThere: (leased: LeasedTask) => this.#stillThere(leased),
    };
    return runDueTasks(worker, options);
  }

  onAppended(listener: (sequence: number) => void): () => void {
    const hint = (sequence: number) => hintTo(listener, sequence);
    this.#events.on('appended', hint);
    return () => this.#events.off('appended', hint);
  }

  metrics() {
    return this.#writer.metrics();
  }

  close(): Promise<void> {
    return this.#writer.close();
  }

  #bind(decider: AnyDecider, executor: Executor): unknown {
    return decider.keeps === 'nothing'
      ? bindMoves(decider, executor)
      : bindRecords(decider, executor, this.store, this.name);
  }

  async #execute(asks: readonly Ask[], options: ExecuteOptions): Answered {
    assertNotHeld(this.store, this.name);
    const request = this.#request(asks, options);
    if (request.isErr()) return err(request.error);
    return toReceipt(await this.#writer.submit(request.value, options.deadlineMs), this.name, 'committed');
  }

  /** Runs one round for one request, outside of the writer: a preview, or in a transaction of the host. */
  async #once(
    rounds: Rounds,
    asks: readonly Ask[],
    options: ExecuteOptions,
    status: 'previewed' | 'provisional',
  ): Answered {
    const request = this.#request(asks, options);
    if (request.isErr()) return err(request.error);
    if (this.#writer.closed) return err(bookClosed());
    const answer = await this.#runOnce(rounds, request.value, status === 'previewed' ? 'never' : 'units');
    return toReceipt(answer, this.name, status);
  }

  async #runOnce(rounds: Rounds, request: Request, append: 'never' | 'units'): Promise<Answer> {
    for (let misses = 0; ; misses++) {
      const end = await this.#round(rounds, request, append, misses);
      if (end.kind === 'failed') return { kind: 'fault', fault: end.fault };
      if (end.kind === 'answered') return end.outcomes[0] as Answer;
      if (misses === MOST_MISSES) throw new Defect(`book ${this.name} moved ${misses} times under one look`);
    }
  }

  async #round(rounds: Rounds, request: Request, append: 'never' | 'units', misses: number): Promise<RoundEnd> {
    const round = (on: Rounds) =>
      runRound({
        rounds: on,
        book: this.name,
        requests: [request],
        knowledge: newKnowledge(genesis),
        context: this.#context,
        clockLead: this.#limits.clockLead,
        append,
      });
    // Others keep moving the head under a look that takes several loads. Within a transaction of the host nobody can.
    if (rounds !== this.store || misses < this.#limits.missesBeforeLock) return round(rounds);
    const locked = await this.store.locked(this.name, round);
    return locked.isOk() ? locked.value : { kind: 'failed', phase: 'load', fault: locked.error };
  }

  #request(asks: readonly Ask[], options: ExecuteOptions): ReturnType<typeof makeRequest> {
    const at = this.#clock();
    // Many requests come within one millisecond: an instant is checked once.
    if (at !== this.#checked && !isInstant(at)) throw new Defect(`the clock of book ${this.name} says ${show(at)}`);
    this.#checked = at;
    return makeRequest(asks, options, at);
  }

  #askFor(record: string, command: unknown): Ask | undefined {
    const slash = record.indexOf('/');
    const decider = this.#deciders.get(record.slice(0, slash));
    return decider && { decider, id: record.slice(slash + 1), command };
  }

  async #stillThere({ task }: LeasedTask): Promise<boolean> {
    const ask = this.#askFor(task.record, task.command);
    const read = await this.store.readRecord(this.name, task.record);
    if (!ask || read.isErr() || !read.value.row) return true;
    const state = ask.decider.codec.decodeState(readCanonical(read.value.row.state) as Json);
    const name = task.id.slice(task.record.length + 1);
    return ask.decider
      .standing(state)
      .deadlines.some((deadline) => deadline.name === name && deadline.dueAt === task.dueAt);
  }
}

const MOST_MISSES = 100;
const everybody = (): boolean => true;

/** A listener that throws, or whose promise fails, concerns neither the unit nor the other listeners. */
function hintTo(listener: (sequence: number) => unknown, sequence: number): void {
  try {
    const answer = listener(sequence);
    if (answer instanceof Promise) answer.catch(() => undefined);
  } catch {
    // A hint that nobody took.
  }
}
