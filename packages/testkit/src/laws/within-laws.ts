import type { Receipt } from '@holdfast/kernel';
import { counters, plainTransfers } from '@holdfast/kernel/testing';
import { money, usd } from '@holdfast/money';
import { blankJournal, draftBatch } from '../journal/draft-batch.ts';
import { openSample } from '../sample/open-sample.ts';
import { verifyJournal } from '../verify/verify-journal.ts';
import { moveDraft, richDraft } from './drafts.ts';
import { answerOf, collect, errorOf, expectSame, expectThat, inTime } from './expect.ts';
import { type Host, type Law, storeLaw, type Trial } from './law.ts';
import { appended } from './steps.ts';

/** What a host may rely on that writes its own tables and the book in one transaction. */
export const withinLaws: readonly Law[] = [
  hostLaw('stands when the host commits, together with what the host wrote', async ({ store }, host) => {
    const { changes, journal } = draftBatch(blankJournal, [richDraft('a')]);
    const transaction = await host.begin();
    await transaction.note('mine');
    const rounds = store.within(transaction.client, 'main');
    const seen = answerOf(await rounds.load('main', { keys: ['host a'], accounts: [], records: [], claims: [] }));
    expectSame(seen.head.number, 0, 'the book is at genesis');
    expectSame(answerOf(await rounds.append('main', seen.head, changes)), 'appended', 'the batch is appended');
    const inside = answerOf(await rounds.load('main', { keys: ['host a'], accounts: [], records: [], claims: [] }));
    expectSame(inside.units.size, 1, 'the host sees its own unit');
    await transaction.commit();
    expectSame(answerOf(await store.readHead('main')), journal.head, 'the head is there after the commit');
    expectSame(await host.notes(), ['mine'], 'so is what the host wrote');
  }),

  hostLaw('leaves nothing when the host rolls back, kept balances included', async ({ store }, host) => {
    const sample = openSample(store);
    const spend = transferOf('users:ann:available', 'users:ben:available', 60n);
    answerOf(await sample.transfers.execute(transferOf('world:bank', 'users:ann:available', 100n), asked('fund')));
    const transaction = await host.begin();
    await transaction.note('gone');
    const receipt = await sample.book.within(transaction.client, async (joined) =>
      answerOf(await joined.use(plainTransfers).execute(spend, asked('spend'))),
    );
    expectSame((receipt as Receipt).status, 'provisional', 'the receipt is provisional');
    await transaction.rollback();
    expectSame(await host.notes(), [], 'what the host wrote is gone');
    expectSame((await collect(store.projectUnits('main'))).length, 1, 'no unit is left');
    const again = answerOf(await sample.transfers.execute(spend, asked('spend')));
    expectSame([again.status, again.sequence], ['committed', 2], 'the key is free, and the sequence has no gap');
    const balance = answerOf(await sample.book.balance('users:ann:available', usd));
    expectSame(balance.minor, 40n, 'money moved once');
    expectSame(await verifyJournal(store, 'main'), undefined, 'the journal verifies');
  }),

  hostLaw('reads a record as the transaction has left it so far', async ({ store }, host) => {
    const sample = openSample(store);
    const outside = sample.book.use(counters);
    const before = await outside.execute('a', { type: 'Count', by: 1 }, asked('before'));
    expectSame(answerOf(before).status, 'committed', 'the record is there');
    const transaction = await host.begin();
    await sample.book.within(transaction.client, async (joined) => {
      const here = joined.use(counters);
      answerOf(await here.execute('a', { type: 'Count', by: 2 }, asked('inside')));
      expectSame(answerOf(await here.read('a')).state?.count, 3, 'its own unit is seen');
      expectSame(answerOf(await here.read('nobody')).state, undefined, 'what is not there is not there');
    });
    await transaction.rollback();
    expectSame(answerOf(await outside.read('a')).state?.count, 1, 'and is gone with the transaction');
  }),

  hostLaw('leaves the transaction usable after a refusal', async ({ store }, host) => {
    const sample = openSample(store);
    const transaction = await host.begin();
    await transaction.note('before');
    await sample.book.within(transaction.client, async (joined) => {
      const transfers = joined.use(plainTransfers);
      const refused = await transfers.execute(
        transferOf('users:ann:available', 'users:ben:available', 1n),
        asked('k1'),
      );
      expectSame(errorOf(refused, 'a transfer of nothing').code, 'insufficient_funds', 'the refusal is heard');
      await transaction.note('after');
      answerOf(await transfers.execute(transferOf('world:bank', 'users:ann:available', 5n), asked('k2')));
    });
    await transaction.commit();
    expectSame([...(await host.notes())].sort(), ['after', 'before'], 'the host goes on');
    expectSame(
      (await collect(store.projectUnits('main'))).map(({ key }) => key),
      ['ann k2'],
      'what was done is there',
    );
  }),

  hostLaw('leaves the transaction usable after a batch that the store refuses', async ({ store }, host) => {
    const journal = await appended(store, 'main', blankJournal, [richDraft('a')]);
    const { changes } = draftBatch(journal, [{ ...richDraft('b'), key: richDraft('a').key }]);
    const transaction = await host.begin();
    const rounds = store.within(transaction.client, 'main');
    answerOf(await rounds.load('main', { keys: [], accounts: [], records: [], claims: [] }));
    const fault = errorOf(await rounds.append('main', journal.head, changes), 'an append of a key that is there');
    expectSame(fault.code, 'store_refused', 'the store refuses it');
    await transaction.note('after');
    await transaction.commit();
    expectSame(await host.notes(), ['after'], 'the host goes on');
    expectSame(answerOf(await store.readHead('main')), journal.head, 'nothing of the batch is there');
  }),

  hostLaw('keeps everybody else out until the host ends its transaction', async (trial, host) => {
    const rival = trial.another ? await trial.another() : trial.store;
    for (const end of ['commit', 'rollback'] as const) {
      const book = `held-${end}`;
      const ours = draftBatch(blankJournal, [moveDraft('ours', 'world:bank', 'users:u:available', 1n)]);
      const theirs = draftBatch(blankJournal, [moveDraft('theirs', 'world:bank', 'users:u:available', 2n)]);
      const transaction = await host.begin();
      const rounds = trial.store.within(transaction.client, book);
      answerOf(await rounds.load(book, { keys: [], accounts: [], records: [], claims: [] }));
      answerOf(await rounds.append(book, blankJournal.head, ours.changes));
      let answered = false;
      const waiting = rival.append(book, blankJournal.head, theirs.changes).then((answer) => {
        answered = true;
        return answer;
      });
      await new Promise((resolve) => setTimeout(resolve, 40));
      expectThat(!answered, 'another append waits for the host');
      await transaction[end]();
      const answer = answerOf(await inTime(waiting, 'another append goes on when the host has ended'));
      expectSame(answer, end === 'commit' ? 'head_moved' : 'appended', `it hears the truth after a ${end}`);
      const expected = end === 'commit' ? ours.journal.head : theirs.journal.head;
      expectSame(answerOf(await trial.store.readHead(book)), expected, 'the head is of the one that stands');
    }
  }),

  hostLaw(
    'throws at once where the host asks the book itself instead of what it was given',
    async ({ store }, host) => {
      const sample = openSample(store);
      const transaction = await host.begin();
      const thrown = await sample.book.within(transaction.client, async () => {
        const call = async () =>
          sample.transfers.execute(transferOf('world:bank', 'users:ann:available', 1n), asked('k1'));
        return inTime(
          call().then(
            () => undefined,
            (error: unknown) => error,
          ),
          'the call does not wait for itself',
        );
      });
      await transaction.rollback();
      expectThat(
        thrown instanceof Error && thrown.name === 'HoldfastDefect',
        'a call that would wait for itself is a defect',
      );
      answerOf(await sample.transfers.execute(transferOf('world:bank', 'users:ann:available', 1n), asked('k1')));
    },
  ),
];

function hostLaw(fact: string, body: (trial: Trial, host: Host) => Promise<void>): Law {
  return storeLaw(
    `in a host's transaction: ${fact}`,
    async (trial) => {
      expectThat(trial.host !== undefined, 'a harness that does not lack `host` gives one');
      await body(trial, trial.host);
    },
    ['host'],
  );
}

function transferOf(from: string, to: string, minor: bigint) {
  return { type: 'Move', transfers: [{ from, to, amount: money(minor, usd), kind: 'moved' }] } as const;
}

function asked(key: string) {
  return { actor: { id: 'ann', role: 'customer' }, key };
}
