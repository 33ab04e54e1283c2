import type { Store } from '@holdfast/kernel';
import { interceptStore } from '../faults/intercept-store.ts';
import type { SampleAsk, SampleStep } from '../sample/history.ts';
import { openSample } from '../sample/open-sample.ts';
import { askFor } from '../sample/play-history.ts';
import { verifyJournal } from '../verify/verify-journal.ts';
import { answerOf, expectSame } from './expect.ts';
import { type Law, storeLaw } from './law.ts';

/** What holds of a process that keeps what it wrote, so that it need not be loaded again: it never decides on what is no longer so. */
export const keptLaws: readonly Law[] = [
  storeLaw('sees what another book wrote since its own last unit: balances, records and claims', async (trial) => {
    const one = openSample(trial.store);
    const two = openSample(trial.another ? await trial.another() : trial.store);
    const kinds: string[] = [];
    const ask = async (book: typeof one, key: string, asked: SampleAsk): Promise<void> => {
      const answer = await askFor(book, step(key, asked));
      kinds.push(answer.kind === 'error' ? answer.code : answer.kind);
    };
    await ask(one, 'fund', move('world:bank', 'users:ann:available', 100n));
    for (let n = 0; n < 5; n++) {
      await ask(one, `a${n}`, move('users:ann:available', 'users:ben:available', 10n));
      await ask(two, `b${n}`, move('users:ann:available', 'users:ben:available', 10n));
    }
    await ask(one, 'dry', move('users:ann:available', 'users:ben:available', 1n));
    await ask(two, 'back', move('users:ben:available', 'users:ann:available', 60n));
    await ask(one, 'hold', hold('s1', 'A1'));
    await ask(two, 'taken', hold('s2', 'A1'));
    await ask(two, 'leave', { ask: 'end', id: 's1', type: 'LeaveSeat' });
    await ask(one, 'late', { ask: 'end', id: 's1', type: 'ConfirmSeat' });
    await ask(one, 'free', hold('s2', 'A1'));
    const done = Array.from({ length: 11 }, () => 'committed');
    const after = [
      'insufficient_funds',
      'committed',
      'committed',
      'claim_taken',
      'committed',
      'seat_not_held',
      'committed',
    ];
    expectSame(kinds, [...done, ...after], 'each decides on what is so');
    expectSame(await verifyJournal(trial.store, 'main'), undefined, 'the journal verifies');
  }),

  storeLaw('forgets what it kept when the numbers of its batches come back with other content', async ({ store }) => {
    // As after a fail-over that lost commits: two histories of one length, and the second takes the place of the first.
    await askFor(openSample(store, 'lost'), step('fund', move('world:bank', 'users:ann:available', 100n)));
    await askFor(openSample(store, 'lost'), step('more', move('world:bank', 'users:ann:available', 100n)));
    await askFor(openSample(store, 'kept'), step('fund', move('world:bank', 'users:ann:available', 30n)));
    let current = 'lost';
    const sample = openSample(standingIn(store, () => current));
    const spent = await askFor(sample, step('spend', move('users:ann:available', 'users:ben:available', 190n)));
    expectSame(spent.kind, 'committed', 'there was enough');
    // The second history reaches the number at which the first stood when the process last looked.
    await askFor(openSample(store, 'kept'), step('more', move('world:bank', 'users:cid:available', 1n)));
    await askFor(openSample(store, 'kept'), step('again', move('world:bank', 'users:ann:available', 100n)));
    const heads = [answerOf(await store.readHead('lost')).number, answerOf(await store.readHead('kept')).number];
    expectSame(heads, [3, 3], 'both histories have as many batches');
    current = 'kept';
    // Who was poor is rich now, and who was rich is poor.
    const rich = await askFor(sample, step('rich', move('users:ann:available', 'users:cid:available', 120n)));
    expectSame(rich.kind, 'committed', 'it decides on the history that is there');
    const poor = await askFor(sample, step('poor', move('users:ben:available', 'users:cid:available', 90n)));
    expectSame(poor.kind === 'error' && poor.code, 'insufficient_funds', 'it decides on the history that is there');
    const again = await askFor(sample, step('spend', move('users:ann:available', 'users:ben:available', 10n)));
    expectSame(again.kind, 'committed', 'what was lost is lost, its keys included');
    expectSame(await verifyJournal(store, 'kept'), undefined, 'the journal verifies');
  }),
];

function step(key: string, ask: SampleAsk): SampleStep {
  return { actor: 'ann', key, keepRefusal: false, asks: [ask] };
}

function move(from: string, to: string, minor: bigint): SampleAsk {
  return { ask: 'move', from, to, minor, currency: 'USD' };
}

function hold(id: string, place: string): SampleAsk {
  return { ask: 'hold', id, place, buyer: 'ann', minor: 5n, currency: 'USD', expiresAt: '2024-02-01T00:00:00.000Z' };
}

/** A store on which every round is for the book that stands in at that moment. */
function standingIn(store: Store<unknown>, book: () => string): Store<unknown> {
  return {
    ...interceptStore(store, (_call, run) => run()),
    load: (_name, needs) => store.load(book(), needs),
    append: (_name, head, changes) => store.append(book(), head, changes),
    locked: (_name, work) =>
      store.locked(book(), (rounds) =>
        work({
          load: (_inner, needs) => rounds.load(book(), needs),
          append: (_inner, head, changes) => rounds.append(book(), head, changes),
        }),
      ),
  };
}
