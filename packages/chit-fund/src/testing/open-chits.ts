import {
  type Actor,
  type Book,
  createMemoryStore,
  type Instant,
  instantAt,
  openBook,
  type Receipt,
  type Records,
  type Store,
} from '@holdfast/kernel';
import { type ChartRules, defineChart } from '@holdfast/ledger';
import { inr, type Money, money } from '@holdfast/money';
import type { AnyChitCommand } from '../chit/commands.ts';
import type { ChitDecider } from '../chit/decider.ts';
import { startOf } from '../chit/environment.ts';
import type { Chit } from '../chit/state.ts';
import { chitsChart } from '../chits-chart.ts';
import { type Chits, type ChitsOptions, defineChits } from '../define-chits.ts';
import { commitLot } from '../draw/commit-lot.ts';
import { termsToJson } from '../terms/parse-terms.ts';
import type { Day, SchemeTerms } from '../terms/terms.ts';

/** A book with chit funds and a clock that stands still. */
export interface OpenedChits {
  readonly store: Store;
  readonly book: Book;
  readonly chits: Chits;
  readonly records: Records<ChitDecider>;
  readonly now: () => Instant;
  /** Moves the clock to ten in the morning of a local day; never back. */
  goTo(day: Day): void;
  /** Executes one command, or throws what it is refused for. The foreman asks where nobody else is named. */
  done(id: string, command: AnyChitCommand, actor?: Actor): Promise<Receipt>;
  /** Executes one command and gives its refusal's code, or `done`. */
  code(id: string, command: AnyChitCommand, actor?: Actor): Promise<string>;
  chit(id: string): Promise<Chit>;
  /** In minor units of rupees. */
  balance(account: string): Promise<bigint>;
  /** Runs what the clock asks for until nothing is due. */
  sweep(): Promise<void>;
  /** Leads a scheme from its draft until it runs; ticket n is held by `p{n}`, the first by the foreman where he takes an instalment. */
  found(id: string, terms: SchemeTerms): Promise<void>;
  /** Opens the next draw and closes it on the day of the draw or later, with these bids as discounts. */
  draw(id: string, bids?: readonly (readonly [ticket: number, discount: Money])[]): Promise<void>;
}

/** Who conducts the schemes of these tests. */
export const foreman: Actor = { id: 'fatima', role: 'foreman' };
/** Who sanctions, registers and certifies them. */
export const registrar: Actor = { id: 'registry', role: 'registrar' };

/** Gives rupees. */
export function rupees(whole: number): Money {
  return money(BigInt(whole) * 100n, inr);
}

/** The seed of the lots of these tests. */
export const lotSeed = '5eed'.repeat(16);

/** Terms of a small auction chit: 5 tickets of 1,000 rupees, 5 percent commission, bids up to 30 percent. */
export function smallTerms(change: Partial<SchemeTerms> = {}): SchemeTerms {
  return {
    name: 'Small chit',
    method: { type: 'open_auction' },
    subscription: rupees(1_000),
    tickets: 5,
    instalments: 5,
    starts: '2026-01-05',
    every: 'month',
    dueAfterDays: 5,
    commission: { basisPoints: 500n, taken: 'from_discount' },
    discount: { maximumBasisPoints: 3_000n, minimum: 'commission', step: rupees(50), tie: 'lot', noBids: 'lot' },
    dividend: { lag: 0, among: 'all', unit: money(1n, inr) },
    late: { graceDays: 3, interestBasisPoints: 1_200n, by: 'actual_365', forfeit: 'nothing', first: 'interest' },
    ...change,
  };
}

/** What an agreement under the Act says besides, so that nothing is missing. */
export function wholeAgreement(gross: Money, foremanInstalment: number | 'none' = 'none'): object {
  return {
    foreman: {
      name: 'Fatima Chit Funds Limited',
      kind: 'company',
      paidUpCapital: rupees(10_000_000),
      netOwnedFunds: rupees(1_000_000_000),
    },
    security: { governmentSecurities: money(gross.minor * 2n, gross.currency) },
    place: 'The office',
    time: '10:00',
    foremanInstalment,
    bank: 'State Bank',
    consequences: 'As the agreement says',
    defaultingWhen: 'Three instalments are overdue',
    inspectionTimes: 'Mondays',
    nominees: 'By letter',
  };
}

/**
 * Opens a book with chit funds.
 *
 * @param options - What chit funds are defined with.
 * @param given - The store; one in memory where it is absent.
 * @param accounts - What the chart has besides.
 */
export function openChits(options: ChitsOptions = {}, given?: Store, accounts: ChartRules = {}): OpenedChits {
  let nowMs = START;
  // One clock for both, so that leases and postponed tasks end when the book's time comes.
  const store = given ?? createMemoryStore({ nowMs: () => nowMs });
  let keys = 0;
  const chits = defineChits(options);
  const now = () => instantAt(nowMs);
  const chart = defineChart({ ...chitsChart, ...accounts });
  const book = openBook({ store, name: 'main', chart, clock: now, salt: (key, index) => `${key}.${index}` });
  const records = book.use(chits.chit);
  const execute = (id: string, command: AnyChitCommand, actor: Actor) =>
    records.execute(id, command as never, { actor, key: `k${++keys}` });
  const opened: OpenedChits = {
    store,
    book,
    chits,
    records,
    now,
    goTo: (day) => {
      nowMs = Math.max(nowMs, Date.parse(startOf(day, chits.environment)) + TEN_HOURS);
    },
    done: async (id, command, actor = foreman) => (await execute(id, command, actor))._unsafeUnwrap(),
    code: async (id, command, actor = foreman) => {
      const end = await execute(id, command, actor);
      return end.isOk() ? 'done' : end.error.code;
    },
    chit: async (id) => (await records.read(id))._unsafeUnwrap().state as Chit,
    balance: async (account) => (await book.balance(account, inr))._unsafeUnwrap().minor,
    sweep: async () => {
      for (let again = true; again; ) {
        const run = (await book.runDueTasks())._unsafeUnwrap();
        if (run.troubles.length > 0) throw new Error(`A task failed: ${JSON.stringify(run.troubles)}`);
        again = run.done > 0;
      }
    },
    found: (id, terms) => found(opened, id, terms),
    draw: (id, bids = []) => holdDraw(opened, id, bids),
  };
  return opened;
}

async function found(world: OpenedChits, id: string, terms: SchemeTerms): Promise<void> {
  const { subscription, tickets, companyChit } = terms;
  const gross = money(subscription.minor * BigInt(tickets), subscription.currency);
  const agreement = wholeAgreement(gross, companyChit?.instalment);
  await world.done(id, { type: 'DraftScheme', terms: termsToJson(terms), agreement });
  await world.done(id, { type: 'SubmitScheme' });
  if (terms.state !== undefined) {
    await world.done(id, { type: 'SanctionScheme', order: 'PSO-1' }, registrar);
    await world.done(id, { type: 'RegisterScheme', number: 'R-1' }, registrar);
  }
  for (let ticket = 1; ticket <= tickets; ticket += 1) {
    const person = ticket === 1 && companyChit ? foreman.id : `p${ticket}`;
    await world.done(id, { type: 'EnrolTicket', ticket, holders: [{ person }] });
  }
  await world.done(id, { type: 'DeclareSubscribed' });
  await world.done(id, { type: 'CommenceScheme', certificate: 'C-1' }, terms.state ? registrar : foreman);
}

async function holdDraw(
  world: OpenedChits,
  id: string,
  bids: readonly (readonly [ticket: number, discount: Money])[],
): Promise<void> {
  const { instalments } = await world.chit(id);
  const again = instalments.findIndex(({ status }) => status === 'adjourned');
  const instalment = again < 0 ? instalments.length + 1 : again + 1;
  const commitment = commitLot(lotSeed)._unsafeUnwrap();
  await world.done(id, { type: 'OpenDraw', instalment, commitment, present: ['p2', 'p3', 'p4'] });
  for (const [ticket, amount] of bids)
    await world.done(id, { type: 'PlaceBid', ticket, bid: { by: 'discount', amount } });
  await world.done(id, { type: 'CloseDraw', seed: lotSeed });
}

const START = Date.parse('2023-12-01T00:00:00.000Z');
const TEN_HOURS = 10 * 3_600_000;
