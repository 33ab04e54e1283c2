import { bookKeeping, type Head } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { blankJournal, type Draft } from '../journal/draft-batch.ts';
import { openSample } from '../sample/open-sample.ts';
import { createVirtualClock } from '../simulation/create-virtual-clock.ts';
import { verifyJournal } from '../verify/verify-journal.ts';
import { lawInstant, moveDraft, richDraft } from './drafts.ts';
import { answerOf, collect, errorOf, expectSame } from './expect.ts';
import { type Law, lawEpoch, storeLaw } from './law.ts';
import { appended, loaded } from './steps.ts';

/** What holds of how the book itself stands: closed periods, epochs, formats. */
export const standingLaws: readonly Law[] = [
  storeLaw('keeps with every batch how the book itself stands: closed periods, epoch and format', async ({ store }) => {
    const batches: readonly (readonly Draft[])[] = [
      [richDraft('a')],
      [{ key: 'host close', book: { closedBefore: lawInstant(-1), format: 2 } }],
      [],
      [moveDraft('b', 'world:bank', 'users:b:available', 1n), { key: 'host epoch', book: { epoch: 1 } }],
      [
        { key: 'host later', book: { closedBefore: lawEpoch } },
        { key: 'host again', book: { epoch: 2 } },
        richDraft('c'),
      ],
      [],
    ];
    const heads: Head[] = [];
    let journal = blankJournal;
    for (const drafts of batches) {
      journal = await appended(store, 'main', journal, drafts);
      heads.push(journal.head);
      const { head } = await loaded(store, 'main', {});
      expectSame(head, journal.head, 'a round loads how the book stands');
      expectSame(answerOf(await store.readHead('main')), journal.head, 'the head says how the book stands');
      const { head: fed } = answerOf(await store.readUnits('main', { after: 0, limit: 5 }));
      expectSame(fed, journal.head, 'the feed says how the book stands');
    }
    expectSame(await collect(store.projectBatches('main')), heads, 'every batch says how the book stood after it');
    expectSame(await verifyJournal(store, 'main'), undefined, 'the journal verifies');
    await appended(store, 'side', blankJournal, [richDraft('a')]);
    const side = answerOf(await store.readHead('side'));
    expectSame(
      [side.closedBefore, side.epoch, side.format],
      ['1970-01-01T00:00:00.000Z', 0, 1],
      'each book stands alone',
    );
  }),

  storeLaw('lets nothing take effect in a period that was closed, in any book on the data', async (trial) => {
    const clock = createVirtualClock(lawInstant(1_000));
    const one = openSample(trial.store, 'main', { clock });
    const two = openSample(trial.another ? await trial.another() : trial.store, 'main', { clock });
    const by = (key: string) => ({ actor: { id: 'olga', role: 'operator' }, key });
    const move = (effectiveAt?: string) => {
      const transfers = [{ from: 'world:bank', to: 'users:ann:available', amount: usd('1'), kind: 'gift' }];
      return { type: 'Move', transfers, ...(effectiveAt === undefined ? {} : { effectiveAt }) } as const;
    };
    // The second book keeps what it wrote, and need not load it again.
    for (let n = 0; n < 3; n++) answerOf(await two.transfers.execute(move(lawInstant(n)), by(`before-${n}`)));
    const closedBefore = lawInstant(500);
    const close = { type: 'ClosePeriod', before: closedBefore } as const;
    const receipt = answerOf(await one.book.use(bookKeeping).execute(close, by('close')));
    for (const [name, book] of [
      ['two', two],
      ['one', one],
    ] as const) {
      const late = await book.transfers.execute(move(lawInstant(499)), by(`late-${name}`));
      const refused = { code: 'period_closed', effectiveAt: lawInstant(499), closedBefore };
      expectSame<object>(errorOf(late, 'a booking in a closed period'), refused, 'a closed period is closed for all');
      answerOf(await book.transfers.execute(move(closedBefore), by(`at-${name}`)));
      answerOf(await book.transfers.execute(move(), by(`now-${name}`)));
    }
    const again = answerOf(await two.book.use(bookKeeping).execute(close, by('close')));
    expectSame([again.status, again.sequence], ['replayed', receipt.sequence], 'a period is closed once');
    const head = answerOf(await two.book.head());
    expectSame([head.closedBefore, head.epoch, head.format], [closedBefore, 0, 2], 'the head says what is closed');
    expectSame(await verifyJournal(trial.store, 'main'), undefined, 'the journal verifies');
  }),

  storeLaw('begins an epoch at the unit that it names and at no other, for every book on the data', async (trial) => {
    const one = openSample(trial.store);
    const two = openSample(trial.another ? await trial.another() : trial.store);
    const by = (key: string) => ({ actor: { id: 'olga', role: 'operator' }, key });
    const write = async (book: typeof one, key: string) => {
      const transfers = [{ from: 'world:bank', to: 'users:ann:available', amount: usd('1'), kind: 'gift' }];
      answerOf(await book.transfers.execute({ type: 'Move', transfers }, by(key)));
    };
    const begin = async (believed: Head, key: string) => {
      const { sequence, digest } = believed;
      const command = { type: 'BeginEpoch', continues: { sequence, digest }, reason: 'restored' } as const;
      return one.book.use(bookKeeping).execute(command, by(key));
    };
    await write(one, 'a');
    const believed = answerOf(await one.book.head());
    await write(two, 'b');
    const { sequence, digest } = answerOf(await two.book.head());
    const differs = errorOf(await begin(believed, 'epoch-1'), 'an epoch after a unit that is not the newest');
    expectSame<object>(differs, { code: 'head_differs', sequence, digest }, 'it says which unit is the newest');
    for (const epoch of [1, 2]) {
      answerOf(await begin(answerOf(await one.book.head()), `epoch-${epoch}-again`));
      await write(two, `c${epoch}`);
      const head = answerOf(await two.book.head());
      expectSame([head.epoch, head.format], [epoch, 2], 'the epoch is the same for every book');
    }
    expectSame(await verifyJournal(trial.store, 'main'), undefined, 'the journal verifies');
  }),
];
