import { blankJournal } from '../journal/draft-batch.ts';
import { moveDraft, richDraft, richNeeds, richTextHash } from './drafts.ts';
import { answerOf, collect, expectSame } from './expect.ts';
import { type Law, storeLaw } from './law.ts';
import { appended, loaded } from './steps.ts';

/** What is promised of records, of claims, of what a record touches, and of texts. */
export const recordLaws: readonly Law[] = [
  storeLaw('gives a record as it stands, and as it stood after any unit', async ({ store }) => {
    const held = { record: 'seat/1', status: 'held', state: { price: '10.00' } };
    const left = { record: 'seat/1', status: 'left', state: { price: '0.00' } };
    const first = await appended(store, 'main', blankJournal, [
      { key: 'host other' },
      { key: 'host a', records: [held] },
    ]);
    const drafts = [{ key: 'host b', records: [left] }, { key: 'host c' }, { key: 'host d', records: [held] }];
    await appended(store, 'main', first, drafts);
    const versions: (number | undefined)[] = [];
    for (const asOf of [0, 1, 2, 3, 4, 5]) {
      const read = answerOf(await store.readRecord('main', 'seat/1', { asOf }));
      versions.push(read.row?.version);
    }
    expectSame(versions, [undefined, undefined, 1, 2, 2, 3], 'a record is read as of any sequence');
    const now = answerOf(await store.readRecord('main', 'seat/1'));
    expectSame([now.row?.version, now.row?.status, now.sequence], [3, 'held', 5], 'the newest row is how it stands');
    const { records } = await loaded(store, 'main', { records: ['seat/1'] });
    expectSame(records.get('seat/1'), now.row, 'a round sees it as it stands');
    const none = answerOf(await store.readRecord('main', 'seat/none'));
    expectSame(none, { row: undefined, sequence: 5 }, 'a record that never was is not there');
  }),

  storeLaw('lets the last of several units in one batch stand', async ({ store }) => {
    const seat = (key: string, status: string, holder: string | null) => ({
      ...moveDraft(key, 'world:bank', 'users:u:available', 10n),
      records: [{ record: 'seat/1', status }],
      claims: [{ claim: 'seat:1', holder }],
    });
    const drafts = [seat('a', 'held', 'seat/1'), seat('b', 'left', null), seat('c', 'confirmed', 'seat/2')];
    await appended(store, 'main', blankJournal, drafts);
    const seen = await loaded(store, 'main', {
      records: ['seat/1'],
      claims: ['seat:1'],
      accounts: ['users:u:available USD', 'world:bank USD'],
    });
    expectSame(seen.records.get('seat/1')?.status, 'confirmed', 'the last state stands');
    expectSame(seen.records.get('seat/1')?.version, 3, 'the last version stands');
    expectSame(seen.claims.get('seat:1'), 'seat/2', 'the last holder stands');
    expectSame(seen.accounts.get('users:u:available USD')?.balance, 30n, 'the last balance stands');
    expectSame(seen.accounts.get('world:bank USD')?.balance, -30n, 'the last balance stands');
  }),

  storeLaw('gives the last of several lines of one account in one unit as its balance', async ({ store }) => {
    const transfers = Array.from({ length: 12 }, (_, index) => ({
      from: index % 3 === 2 ? 'users:u:available' : 'world:bank',
      to: index % 3 === 2 ? 'world:bank' : 'users:u:available',
      amount: BigInt(100 - index),
    }));
    const journal = await appended(store, 'main', blankJournal, [{ key: 'host many', transfers }]);
    const names = ['users:u:available USD', 'world:bank USD'];
    const { accounts } = await loaded(store, 'main', { accounts: names });
    for (const name of names) {
      expectSame(
        accounts.get(name)?.balance,
        journal.balances.get(name),
        'the line with the highest ordinal is the newest',
      );
    }
    const listed = answerOf(await store.readAccounts('main', { limit: 10 }));
    expectSame(
      listed.rows.map((row) => row.balance),
      names.map((name) => journal.balances.get(name)),
      'a list agrees',
    );
  }),

  storeLaw(
    'hands a claim on: taken, given back, and taken by another in the unit that gives it back',
    async ({ store }) => {
      let journal = blankJournal;
      const holders: (string | undefined)[] = [];
      for (const [index, holder] of ['seat/1', null, 'seat/2', 'seat/3', null].entries()) {
        journal = await appended(store, 'main', journal, [
          {
            key: `host ${index}`,
            claims: [
              { claim: 'seat:1', holder },
              { claim: `other:${index}`, holder: 'seat/9' },
            ],
          },
        ]);
        const { claims } = await loaded(store, 'main', { claims: ['seat:1', 'seat:none'] });
        holders.push(claims.get('seat:1'));
      }
      expectSame(
        holders,
        ['seat/1', undefined, 'seat/2', 'seat/3', undefined],
        'a claim has the holder of its newest row',
      );
      const rows = (await collect(store.projectClaims('main'))).filter(({ claim }) => claim === 'seat:1');
      const history = rows.map(({ sequence, holder }) => [sequence, holder]);
      expectSame(
        history,
        [
          [1, 'seat/1'],
          [2, null],
          [3, 'seat/2'],
          [4, 'seat/3'],
          [5, null],
        ],
        'no row is overwritten',
      );
    },
  ),

  storeLaw('loads the accounts that a record touches, which never changes an answer', async ({ store }) => {
    const touching = {
      key: 'host a',
      records: [{ record: 'seat/1', status: 'held', touches: ['users:u:available USD', 'users:never USD'] }],
    };
    const money = [
      moveDraft('m', 'world:bank', 'users:u:available', 500n),
      moveDraft('n', 'world:bank', 'users:v:available', 1n),
    ];
    await appended(store, 'main', blankJournal, [touching, ...money]);
    const hinted = await loaded(store, 'main', { records: ['seat/1'], accounts: ['users:v:available USD'] });
    expectSame(hinted.accounts.get('users:u:available USD')?.balance, 500n, 'what a record touches is loaded with it');
    expectSame(hinted.accounts.has('users:never USD'), false, 'a hint does not make an account exist');
    const plain = await loaded(store, 'main', { accounts: ['users:v:available USD', 'users:u:available USD'] });
    for (const name of ['users:v:available USD', 'users:u:available USD']) {
      expectSame(hinted.accounts.get(name), plain.accounts.get(name), 'an account is the same, hinted or asked for');
    }
    expectSame(
      [...hinted.accounts.keys()].sort(),
      ['users:u:available USD', 'users:v:available USD'],
      'nothing else comes',
    );
  }),

  storeLaw('shows an account that opened without a line, at zero', async ({ store }) => {
    const journal = await appended(store, 'main', blankJournal, [
      moveDraft('m', 'world:bank', 'users:u:available', 5n),
    ]);
    await appended(store, 'main', journal, [{ key: 'host open', opens: ['users:new'] }]);
    const { accounts } = await loaded(store, 'main', { accounts: ['users:new USD'] });
    expectSame(accounts.get('users:new USD')?.balance, 0n, 'its balance is zero');
    const { rows } = answerOf(await store.readAccounts('main', { prefix: 'users:new', limit: 5 }));
    expectSame(
      rows.map(({ account, balance }) => [account, balance]),
      [['users:new USD', 0n]],
      'a list shows it too',
    );
  }),

  storeLaw('erases texts for good, and the chain stays as it is', async ({ store }) => {
    const journal = await appended(store, 'main', blankJournal, [richDraft('a'), richDraft('b')]);
    const units = await collect(store.projectUnits('main'));
    const hashes = ['a', 'b'].map(richTextHash);
    const before = answerOf(await store.readTexts('main', [...hashes, 'f'.repeat(64)]));
    expectSame([...before.keys()].sort(), [...hashes].sort(), 'texts are found by their hashes');
    expectSame(
      answerOf(await store.eraseTexts('main', [hashes[0] ?? '', 'f'.repeat(64)])),
      1,
      'one text was there to erase',
    );
    const after = answerOf(await store.readTexts('main', hashes));
    expectSame([...after.keys()], hashes.slice(1), 'the erased text is missing, the other is not');
    expectSame(answerOf(await store.eraseTexts('main', [hashes[0] ?? ''])), 0, 'it cannot be erased again');
    expectSame(await collect(store.projectUnits('main')), units, 'the units stay');
    await appended(store, 'main', journal, [moveDraft('m', 'world:bank', 'users:u:available', 5n)]);
    expectSame([...answerOf(await store.readTexts('main', hashes)).keys()], hashes.slice(1), 'it stays erased');
    const { records } = await loaded(store, 'main', richNeeds('a'));
    expectSame(records.get('seat/a')?.version, 1, 'its record is still there');
  }),
];
