import { type AccountState, genesis } from '@holdfast/kernel';
import { blankJournal, draftBatch } from '@holdfast/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAccountState, encodeAccountState } from './account-state.ts';
import { decodeAccount, decodeClaim, decodeHead, decodeLine, decodeRecord, decodeTask, decodeUnit } from './decode.ts';
import {
  accountChanges,
  batchDocument,
  claimDocuments,
  recordDocuments,
  taskDocument,
  unitDocuments,
} from './encode.ts';

const runs = Number(process.env.HOLDFAST_RUNS ?? '300');
const minors = fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n });

describe('documents', () => {
  it('law: amounts of up to 38 digits come back as they were written', () => {
    fc.assert(
      fc.property(minors, minors, (amount, balance) => {
        const written = JSON.parse(JSON.stringify({ ordinal: 0, amount: `${amount}`, balance: `${balance}` }));
        expect(decodeLine('a USD', 1, written)).toEqual({ account: 'a USD', sequence: 1, ordinal: 0, amount, balance });
      }),
      { numRuns: runs },
    );
  });

  it('law: how an account stands comes back as it was written', () => {
    const states: fc.Arbitrary<AccountState> = fc.record({
      type: fc.constantFrom('asset', 'liability', 'income', 'expense', 'equity'),
      floor: fc.option(minors),
      breach: fc.constantFrom('refusal', 'defect'),
      currency: fc.constant({ code: 'USD', scale: 2 }),
      frozen: fc.constantFrom('none', 'debits', 'all'),
      closed: fc.boolean(),
    });
    fc.assert(
      fc.property(states, fc.option(fc.string()), (state, owner) => {
        const given = owner === null ? state : { ...state, owner };
        const read = decodeAccountState('a USD', { ...encodeAccountState(given) });
        expect({ ...read, currency: { code: read.currency.code, scale: read.currency.scale } }).toEqual(given);
      }),
      { numRuns: runs },
    );
  });

  it('of a batch come back as its rows', () => {
    const { changes } = draftBatch(blankJournal, [
      {
        key: 'host a',
        transfers: [
          { from: 'world:bank', to: 'users:a', amount: 10n },
          { from: 'users:a', to: 'users:b', amount: 3n },
        ],
        records: [{ record: 'seat/a', status: 'held', state: { n: 1 }, touches: ['users:a USD'] }],
        claims: [{ claim: 'seat:a', holder: 'seat/a' }],
      },
      {
        key: 'host b',
        transfers: [{ from: 'users:a', to: 'users:b', amount: 2n }],
        claims: [{ claim: 'seat:a', holder: null }],
      },
    ]);
    const units = unitDocuments('main', changes);
    expect(units.map((unit) => decodeUnit({ ...unit }))).toEqual(changes.units);
    const lines = units.flatMap(({ sequence, lines: rows = [] }) =>
      rows.map((line) => decodeLine(line.account, sequence, { ...line })),
    );
    expect(lines).toEqual(changes.lines);
    expect(recordDocuments('main', changes).map((row) => decodeRecord(row.sequence, { ...row }))).toEqual(
      changes.records,
    );
    expect(claimDocuments('main', changes).map((row) => decodeClaim(row.sequence, { ...row }))).toEqual(
      changes.claims.slice(1),
    );
    const balances = accountChanges('main', changes).map((account) => decodeAccount({ ...account }));
    expect(balances.map(({ account, balance }) => [account, balance])).toEqual([
      ['world:bank USD', -10n],
      ['users:a USD', 5n],
      ['users:b USD', 5n],
    ]);
    const standing = { ...changes.head, closedBefore: '2026-01-01T00:00:00.000Z', epoch: 3, format: 2 };
    expect(decodeHead({ ...batchDocument('main', standing) })).toEqual(standing);
    // As it was written before there was format 2.
    const { closedBefore: _closed, epoch: _epoch, ...old } = batchDocument('main', changes.head);
    expect(decodeHead(old)).toEqual(changes.head);
    const task = {
      id: 'seat/a/expiry',
      dueAt: '2026-01-01T00:00:00.000Z',
      record: 'seat/a',
      command: { type: 'Expire', $set: 1 },
    };
    expect(decodeTask({ ...taskDocument('main', task) })).toEqual(task);
  });

  it.each<[what: string, balance: unknown]>([
    ['a number', 5],
    ['a fraction', '1.5'],
    ['an exponent', '1e3'],
    ['39 digits', '1'.repeat(39)],
    ['nothing', undefined],
    ['no number', 'NaN'],
    ['another Decimal', { $numberDecimal: '5' }],
  ])('with %s for a balance are corrupt', (_what, balance) => {
    expect(() => decodeLine('users:a USD', 1, { ordinal: 0, amount: '1', balance })).toThrow(
      'the balance of a line of users:a USD is',
    );
  });

  it('with another type, currency or text than was ever written are corrupt', () => {
    const state = { type: 'liability', floor: '0', breach: 'refusal', scale: 2, frozen: 'none', closed: false };
    for (const [field, value] of [
      ['type', 'loan'],
      ['floor', 0],
      ['breach', ''],
      ['scale', 'two'],
      ['frozen', true],
      ['closed', 0],
      ['owner', 7],
    ] as const)
      expect(() => decodeAccountState('users:a USD', { ...state, [field]: value })).toThrow('account users:a USD is');
    expect(() => decodeHead({ number: 1, sequence: 1, digest: 'x', at: '', format: 1 })).toThrow('no digest');
    const old = { number: 1, sequence: 1, digest: 'a'.repeat(64), at: genesis.at, format: 1 };
    expect(() => decodeHead({ ...old, closedBefore: 7 })).toThrow('the closed period of the head is 7');
    expect(() => decodeHead({ ...old, epoch: '1' })).toThrow('the epoch of the head is "1"');
    expect(() => decodeTask({ id: 'a', dueAt: '', record: '', command: '{' })).toThrow('no JSON');
    expect(() => decodeRecord(1, { record: 'a/b', version: 1, status: '', state: '', touches: 'x' })).toThrow(
      'touches',
    );
  });
});
