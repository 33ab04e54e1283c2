import { createMemoryStore, type Store } from '@holdfast/kernel';
import fc from 'fast-check';
import { arbitraryHistory } from '../sample/arbitrary-history.ts';
import type { SampleHistory } from '../sample/history.ts';
import { type Modelled, modelHistory } from '../sample/model-history.ts';
import { openSample, type SampleBook } from '../sample/open-sample.ts';
import { type PlayedStep, playHistory } from '../sample/play-history.ts';
import { verifyJournal } from '../verify/verify-journal.ts';
import { answerOf, collect, expectSame, expectThat } from './expect.ts';
import { type Law, lawEpoch, type OpenedStore, storeLaw, type Trial } from './law.ts';

/** The name of the law that compares a store with the memory store. */
export const equalityLawName = 'law: a store ends as the memory store does, with the same digests and the same answers';

/** What holds after any history of the sample domain. */
export const historyLaws: readonly Law[] = [
  storeLaw('law: every answer, balance, seat and unit is what a model of maps and integers says', (trial) =>
    overHistories(trial, async ({ store, sample, history, marks }) => {
      const modelled = modelHistory(history, Date.parse(lawEpoch));
      const played = await playHistory(sample, history);
      const answers = played.map((step) => (step.kind === 'error' ? step.code : step.kind));
      for (const answer of new Set(answers)) marks.set(answer, (marks.get(answer) ?? 0) + 1);
      expectSame(answers, [...modelled.answers], 'each step answers what the model says');
      await expectModelled(store, sample, modelled);
      await sample.book.close();
    }).then(expectMarks),
  ),

  storeLaw('law: a journal re-derives its own rows after any history', (trial) =>
    overHistories(trial, async ({ store, sample, history }) => {
      await playHistory(sample, history);
      expectSame(await verifyJournal(store, sample.book.name), undefined, 'the journal verifies');
      await sample.book.close();
    }).then(() => undefined),
  ),

  storeLaw(equalityLawName, (trial) => {
    return overHistories(trial, async ({ store, sample, history }) => {
      const memory = createMemoryStore();
      // Other bounds there: every request in a round of its own. Batching never shows.
      const other = openSample(memory, sample.book.name, { limits: { maxBatch: 1 } });
      const [here, there] = [await playHistory(sample, history), await playHistory(other, history)];
      expectSame<readonly PlayedStep[]>(here, there, 'each step answers as on the memory store');
      for (const [rows, read] of Object.entries(projections)) {
        const [ours, theirs] = [await read(store, sample.book.name), await read(memory, sample.book.name)];
        expectSame(ours, theirs, `the ${rows} are those of the memory store`);
      }
      await Promise.all([sample.book.close(), other.book.close()]);
    }).then(() => undefined);
  }),
];

/** Answers that one history in a hundred (small ones: in a thousand) has to meet, or the run has proven less than it says. */
const marksToMeet = [
  'committed',
  'replayed',
  'key_conflict',
  'insufficient_funds',
  'claim_taken',
  'seat_exists',
  'seat_unknown',
  'seat_not_held',
  'seat_not_due',
];

const projections: { readonly [rows: string]: (store: Store<unknown>, book: string) => Promise<unknown> } = {
  units: (store, book) => collect(store.projectUnits(book)),
  lines: (store, book) => collect(store.projectLines(book)),
  accounts: (store, book) => collect(store.projectAccounts(book)),
  records: (store, book) => collect(store.projectRecords(book)),
  claims: (store, book) => collect(store.projectClaims(book)),
  tasks: async (store, book) => new Map((await collect(store.projectTasks(book))).map((task) => [task.id, task])),
};

/** One history and where it is played. */
interface HistoryTrial {
  readonly store: Store<unknown>;
  readonly sample: SampleBook;
  readonly history: SampleHistory;
  /** Counts histories by what they met. */
  readonly marks: Map<string, number>;
}

/** What the histories of a run met. */
interface Met {
  readonly runs: number;
  readonly marks: ReadonlyMap<string, number>;
  /** Of so many histories, one has to meet each mark. */
  readonly oneIn: number;
}

/** Plays random histories, each in a book of its own, as each attempt at a smaller one that still fails. */
async function overHistories(trial: Trial, check: (trial: HistoryTrial) => Promise<void>): Promise<Met> {
  const { harness } = trial;
  const runs = harness.runs ?? 20;
  const marks = new Map<string, number>();
  let books = 0;
  let opened: OpenedStore = trial;
  const property = fc.asyncProperty(arbitraryHistory(harness.histories), async (history) => {
    books += 1;
    if (books % BOOKS_OF_A_STORE === 0) {
      if (opened !== trial) await opened.close();
      opened = await harness.open();
    }
    await check({ store: opened.store, sample: openSample(opened.store, `history-${books}`), history, marks });
  });
  try {
    await fc.assert(property, { numRuns: runs, seed: harness.seed ?? 20_260_307 });
  } finally {
    if (opened !== trial) await opened.close();
  }
  // Histories that were asked to be smaller meet less.
  return { runs, marks, oneIn: harness.histories === undefined ? 100 : 1_000 };
}

/** After so many, another store is opened, so that a hundred thousand histories fit into memory. */
const BOOKS_OF_A_STORE = 1_000;

function expectMarks({ runs, marks, oneIn }: Met): void {
  // A handful of histories cannot meet everything.
  if (runs < 5 * oneIn) return;
  for (const mark of marksToMeet) {
    const met = marks.get(mark) ?? 0;
    expectThat(met * oneIn >= runs, `one history in ${oneIn} meets ${mark}, not ${met} of ${runs}`);
  }
}

async function expectModelled(store: Store<unknown>, { book, seats }: SampleBook, modelled: Modelled): Promise<void> {
  const head = answerOf(await store.readHead(book.name));
  expectSame(head.sequence, modelled.units, 'the journal holds one unit for each effect');
  const accounts = answerOf(await store.readAccounts(book.name, { limit: 1_000 }));
  const balances = new Map(accounts.rows.map(({ account, balance }) => [account, balance] as const));
  for (const [account, balance] of modelled.balances)
    expectSame(balances.get(account) ?? 0n, balance, `balance of ${account}`);
  const sums = new Map<string, bigint>();
  for (const [account, balance] of balances) {
    const code = account.slice(account.lastIndexOf(' '));
    sums.set(code, (sums.get(code) ?? 0n) + balance);
    expectThat(balance >= 0n || account.startsWith('world:'), `${account} is not below its floor`);
  }
  for (const [code, sum] of sums) expectSame(sum, 0n, `money in${code} is conserved`);
  const listed = answerOf(await seats.list({ limit: 100 }));
  const statuses = new Map(listed.rows.map(({ id, status }) => [id, status]));
  expectSame(
    statuses,
    new Map([...modelled.seats].sort(([left], [right]) => (left < right ? -1 : 1))),
    'seats stand as modelled',
  );
  const places = new Map<string, string>();
  for (const { claim, holder } of await collect(store.projectClaims(book.name))) {
    if (holder === null) places.delete(claim);
    else places.set(claim, holder);
  }
  expectSame(
    places,
    new Map([...modelled.places].sort().map(([place, id]) => [`place:${place}`, `seat/${id}`])),
    'places are held',
  );
  const tasks = new Set((await collect(store.projectTasks(book.name))).map(({ record }) => record));
  const held = [...modelled.seats].filter(([, status]) => status === 'held').map(([id]) => `seat/${id}`);
  expectSame(tasks, new Set(held.sort()), 'each held seat has its deadline, and no other has one');
}
