import type { Line, Page, Store, StoreFault } from '@holdfast/kernel';
import type { Result } from 'neverthrow';
import { blankJournal, type Draft, type Journal } from '../journal/draft-batch.ts';
import { moveDraft } from './drafts.ts';
import { answerOf, expectSame, expectThat } from './expect.ts';
import { type Law, LawBroken, storeLaw } from './law.ts';
import { appended } from './steps.ts';

/** What the lists promise, quiet and under writes. */
export const pagingLaws: readonly Law[] = [
  storeLaw('lists accounts by prefix, page by page, in order of their key by code unit', async ({ store }) => {
    // Collations, wildcards of LIKE, and the prefix of one name in another: each of these has been got wrong somewhere.
    const names = [
      'a_b',
      'axb',
      'a~b',
      'a-b',
      'a.b',
      'aXb',
      'A_b',
      'a_',
      'a_b:c',
      'Z',
      'b',
      'users:10',
      'users:1',
      'users:2',
    ];
    const drafts = names.map((name, index) => moveDraft(`m${index}`, 'world:bank', name, BigInt(index + 1)));
    await appended(store, 'main', blankJournal, drafts);
    const keys = [...names, 'world:bank'].map((name) => `${name} USD`).sort(byCodeUnit);
    for (const prefix of ['', 'a', 'a_', 'a_b', 'A', 'users:1', 'users:1 ', 'world', 'none', '%', 'a%']) {
      for (const limit of [1, 3, 1_000]) {
        const found = await allPages((after) => store.readAccounts('main', { prefix, limit, ...after }), limit);
        const expected = keys.filter((key) => key.startsWith(prefix));
        expectSame(
          found.map(({ account }) => account),
          expected,
          `all accounts below "${prefix}", each once, in order`,
        );
      }
    }
    const [first] = answerOf(await store.readAccounts('main', { prefix: 'a_b ', limit: 1 })).rows;
    expectSame(first?.balance, 1n, 'an account is listed with its balance');
  }),

  storeLaw('lists accounts as they stood after any unit', async ({ store }) => {
    await appended(store, 'main', blankJournal, [
      moveDraft('a', 'world:bank', 'users:u:available', 10n),
      moveDraft('b', 'users:u:available', 'users:v:available', 4n),
      moveDraft('c', 'users:v:available', 'users:u:available', 3n),
    ]);
    const history: unknown[] = [];
    for (const asOf of [0, 1, 2, 3]) {
      const { rows } = answerOf(await store.readAccounts('main', { prefix: 'users:', asOf, limit: 10 }));
      history.push(rows.map(({ balance }) => balance));
    }
    expectSame(history, [[], [10n], [6n, 4n], [9n, 1n]], 'balances are as of the sequence that was asked for');
  }),

  storeLaw('lists records of one kind by id and by the status in which they stand', async ({ store }) => {
    const ids = ['b', 'B', 'a', 'a-1', 'a.1', 'a_1', 'a~1', '10', '9'];
    const drafts: Draft[] = ids.map((id) => ({
      key: `host ${id}`,
      records: [{ record: `seat/${id}`, status: 'held' }],
    }));
    drafts.push({ key: 'host k1', records: [{ record: 'seats/a', status: 'held' }] });
    drafts.push({ key: 'host k2', records: [{ record: 'sea/a', status: 'held' }] });
    const left = ['a', 'b', '9'];
    drafts.push(...left.map((id) => ({ key: `host x${id}`, records: [{ record: `seat/${id}`, status: 'left' }] })));
    await appended(store, 'main', blankJournal, drafts);
    for (const limit of [1, 2, 1_000]) {
      const listed = async (status?: string) => {
        const query = status === undefined ? { kind: 'seat', limit } : { kind: 'seat', status, limit };
        return (await allPages((after) => store.readRecords('main', { ...query, ...after }), limit)).map(
          ({ record, version }) => [record, version],
        );
      };
      const expected = [...ids].sort(byCodeUnit).map((id) => [`seat/${id}`, left.includes(id) ? 2 : 1] as const);
      const inStatus = (version: number) => expected.filter((row) => row[1] === version).map((row) => [...row]);
      expectSame(
        await listed(),
        expected.map((row) => [...row]),
        'each record once, as it stands, in order',
      );
      expectSame(await listed('left'), inStatus(2), 'records that came into the status are listed');
      expectSame(await listed('held'), inStatus(1), 'records that left the status are not listed');
      expectSame(await listed('none'), [], 'no record has this status');
    }
  }),

  storeLaw('lists the lines of one account, newest or oldest first, page by page', async ({ store }) => {
    await severalLines(store, blankJournal, 7);
    for (const limit of [1, 2, 5, 1_000]) {
      const newest = await allPages(
        (after) => store.readLines('main', { ...linesOf, order: 'newest', limit, ...after }),
        limit,
      );
      const oldest = await allPages(
        (after) => store.readLines('main', { ...linesOf, order: 'oldest', limit, ...after }),
        limit,
      );
      expectSame(oldest.map(placed), expectedLines(7), 'each line once, oldest first');
      expectSame([...newest].reverse(), oldest, 'newest first is the same, the other way round');
    }
    const none = answerOf(await store.readLines('main', { account: 'users:none USD', order: 'newest', limit: 5 }));
    expectSame([none.rows, none.next], [[], undefined], 'an account without lines has one empty page');
  }),

  storeLaw('loses and repeats no line of a page while others write', async ({ store }) => {
    for (const order of ['newest', 'oldest'] as const) {
      const book = `under-${order}`;
      let journal = await severalLines(store, blankJournal, 5, book);
      let written = 5;
      const seen: Line[] = [];
      let after: string | undefined;
      for (let page = 0; page < 50; page++) {
        const from = after === undefined ? {} : { after };
        const answer: Page<Line> = answerOf(await store.readLines(book, { ...linesOf, order, limit: 3, ...from }));
        seen.push(...answer.rows);
        after = answer.next;
        if (after === undefined) break;
        if (page < 4) {
          journal = await severalLines(store, journal, 1, book, written);
          written += 1;
        }
      }
      // Newest first ends with what was there at the first page; oldest first meets what came since.
      const expected = order === 'newest' ? expectedLines(5).reverse() : expectedLines(written);
      expectSame(seen.map(placed), expected, `each line once, ${order} first, while others write`);
    }
  }),

  storeLaw('goes on after a record that has left the list meanwhile', async ({ store }) => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const held: Draft[] = ids.map((id) => ({ key: `host ${id}`, records: [{ record: `seat/${id}`, status: 'held' }] }));
    const journal = await appended(store, 'main', blankJournal, held);
    const query = { kind: 'seat', status: 'held', limit: 2 };
    const first = answerOf(await store.readRecords('main', query));
    const gone = ['a', 'b'].map((id) => ({ key: `host x${id}`, records: [{ record: `seat/${id}`, status: 'left' }] }));
    await appended(store, 'main', journal, gone);
    expectThat(first.next !== undefined, 'there is a second page');
    const second = answerOf(await store.readRecords('main', { ...query, after: first.next }));
    expectSame(
      second.rows.map(({ record }) => record),
      ['seat/c', 'seat/d'],
      'no record is skipped or repeated',
    );
  }),

  storeLaw('says with every page of which sequence it is', async ({ store }) => {
    let journal = blankJournal;
    for (let round = 1; round <= 3; round++) {
      journal = await severalLines(store, journal, 1, 'main', round - 1);
      const pages = [
        answerOf(await store.readAccounts('main', { limit: 1 })),
        answerOf(await store.readLines('main', { ...linesOf, order: 'newest', limit: 1 })),
        answerOf(await store.readRecords('main', { kind: 'seat', limit: 1 })),
      ];
      expectSame(
        pages.map(({ sequence }) => sequence),
        [round, round, round],
        'a page carries the sequence of the head',
      );
    }
  }),
];

const linesOf = { account: 'users:u:available USD' };

/** Each unit has two lines on the account: 20 in, 5 out. */
function severalLines(
  store: Store<unknown>,
  journal: Journal,
  count: number,
  book = 'main',
  from = 0,
): Promise<Journal> {
  const drafts = Array.from({ length: count }, (_, index) => ({
    key: `host line-${from + index}`,
    transfers: [
      { from: 'world:bank', to: 'users:u:available', amount: 20n },
      { from: 'users:u:available', to: 'seats:1:held', amount: 5n },
    ],
  }));
  return appended(store, book, journal, drafts);
}

function expectedLines(units: number): (readonly [number, number, bigint, bigint])[] {
  return Array.from({ length: units }, (_, index) => {
    const before = 15n * BigInt(index);
    return [
      [index + 1, 1, 20n, before + 20n],
      [index + 1, 2, -5n, before + 15n],
    ] as const;
  }).flat();
}

function placed({ sequence, ordinal, amount, balance }: Line): readonly [number, number, bigint, bigint] {
  return [sequence, ordinal, amount, balance];
}

async function allPages<Row>(
  read: (after: { readonly after?: string }) => Promise<Result<Page<Row>, StoreFault>>,
  limit: number,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let after: { readonly after?: string } = {};
  for (let page = 0; page < 1_000; page++) {
    const answer = answerOf(await read(after), 'a list');
    expectThat(answer.rows.length <= limit, 'a page has at most as many rows as were asked for');
    rows.push(...answer.rows);
    if (answer.next === undefined) return rows;
    after = { after: answer.next };
  }
  throw new LawBroken('a list ends after finitely many pages');
}

function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
