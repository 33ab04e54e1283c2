import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { ann, asking, Desk, ended, moving, plainContext, probing, transfersOf } from '../../test/desk.ts';
import { type BookOptions, bookKeeping, createMemoryStore, decodeUnit, openBook, type Store } from '../index.ts';
import { openChart, plainTransfers } from '../testing/index.ts';
import { unitDigest } from '../unit.ts';

const one = usd('1.00');
const fund = moving(['world:bank', 'users:1', usd('100.00')]);
const march = '2026-03-01T00:00:00.000Z';
const april = '2026-04-01T00:00:00.000Z';
const may = '2026-05-01T00:00:00.000Z';
const noon = '2026-05-07T12:00:00.000Z';

const closing = (before: unknown) => ({ decider: bookKeeping, id: '', command: { type: 'ClosePeriod', before } });
const beginning = (continues: unknown, reason: unknown = 'restored from the backup of Tuesday') => ({
  decider: bookKeeping,
  id: '',
  command: { type: 'BeginEpoch', continues, reason },
});
const raising = (format: unknown) => ({ decider: bookKeeping, id: '', command: { type: 'RaiseFormat', format } });
const transfers = transfersOf([['users:1', 'users:2', one]]);
const dated = (effectiveAt: string, more: object = {}) => probing('a', { transfers, effectiveAt, ...more });
const reported = (effectiveAt: string) => {
  const ask = dated(effectiveAt);
  return { ...ask, decider: { ...ask.decider, facts: ['Probe'] } };
};

/** A desk with money on it, whose newest unit is of the noon of a day in May. */
function funded(): Desk {
  const desk = new Desk();
  expect(desk.run(asking('fund', fund, { at: noon })).map(ended)).toEqual(['done']);
  return desk;
}
const run = (desk: Desk, key: string, ...asks: Parameters<typeof asking>[1][]) =>
  desk.run(...asks.map((ask, index) => asking(`${key}${index}`, ask, { at: noon }))).map(ended);
const newest = (desk: Desk) => decodeUnit(desk.texts.at(-1) as string);

describe('a closed period', () => {
  it('is in the head and in the bytes of the unit that closed it', () => {
    const desk = funded();
    expect(desk.knowledge.head).toMatchObject({ closedBefore: '1970-01-01T00:00:00.000Z', epoch: 0, format: 1 });
    expect(run(desk, 'close', closing(april))).toEqual(['done']);
    expect(desk.knowledge.head).toMatchObject({ closedBefore: april, epoch: 0, format: 2 });
    expect(newest(desk)).toMatchObject({
      actor: { id: 'ann' },
      book: { closedBefore: april, epoch: 0, format: 2 },
      events: [
        { type: 'FormatRaised', data: { format: 2 } },
        { type: 'PeriodClosed', data: { before: april } },
      ],
    });
    expect(desk.texts.at(-1)).toContain(`"book":{"closedBefore":"${april}","epoch":0,"format":2}`);
    expect(run(desk, 'later', closing(may))).toEqual(['done']);
    expect(newest(desk).events).toEqual([{ type: 'PeriodClosed', version: 1, data: { before: may } }]);
  });

  it('moves only forwards, and never past the unit that closes it', () => {
    const desk = funded();
    expect(run(desk, 'a', closing(april))).toEqual(['done']);
    const at = (time: string, key: string) => desk.run(asking(key, closing(time), { at: noon }))[0];
    expect(at(april, 'again')).toEqual({
      kind: 'refused',
      refusal: { code: 'period_not_later', before: april, closedBefore: april },
    });
    expect(ended(at(march, 'back'))).toBe('period_not_later');
    const later = '2026-05-07T12:00:00.001Z';
    expect(at(later, 'ahead')).toEqual({
      kind: 'refused',
      refusal: { code: 'period_not_over', before: later, at: noon },
    });
    expect(ended(at(noon, 'now'))).toBe('done');
    expect(run(desk, 'clock', probing('x', { transfers }))).toEqual(['done']);
    expect(ended(new Desk().run(asking('k', closing('1970-01-01T00:00:00.000Z')))[0])).toBe('period_not_later');
  });

  it('takes no entry any more, whoever decides it, from the very unit on that closes it', () => {
    const desk = funded();
    const before = dated(march);
    expect(run(desk, 'a', before, closing(april), before, dated(april), probing('b', { transfers }))).toEqual([
      'done',
      'done',
      'period_closed',
      'done',
      'done',
    ]);
    const refused = desk.run(asking('r', before, { at: noon }))[0];
    expect(refused).toEqual({
      kind: 'refused',
      refusal: { code: 'period_closed', effectiveAt: march, closedBefore: april },
    });
    expect(desk.balance('users:2 USD')).toBe(300n);
  });

  it('can be closed in the unit of its last entries, in their order', () => {
    const desk = funded();
    expect(run(desk, 'wrong', [closing(april), dated(march)])).toEqual(['period_closed']);
    expect(desk.knowledge.head.closedBefore).toBe('1970-01-01T00:00:00.000Z');
    expect(run(desk, 'right', [dated(march), closing(april)])).toEqual(['done']);
    expect(newest(desk)).toMatchObject({ effective: [[0, march]], book: { closedBefore: april } });
  });

  it('is asked for after accounts, and before floors', () => {
    const desk = funded();
    const frozen = { account: 'users:frozen', currency: usd.toJSON(), frozen: 'all' } as const;
    expect(run(desk, 'a', closing(april), probing('f', { flags: [frozen] }))).toEqual(['done', 'done']);
    const poor = transfersOf([['users:poor', 'users:2', one]]);
    const stuck = transfersOf([['users:frozen', 'users:2', one]]);
    expect(run(desk, 'b', dated(march, { transfers: poor }))).toEqual(['period_closed']);
    expect(run(desk, 'c', [dated(march), probing('b', { transfers: stuck })])).toEqual(['account_frozen']);
    expect(run(desk, 'd', dated(april, { transfers: poor }))).toEqual(['insufficient_funds']);
  });

  it('never refuses a fact: it takes effect now, and what was stated is kept', () => {
    const desk = funded();
    expect(
      run(desk, 'a', closing(april), reported(march), reported(april), reported('2027-01-01T00:00:00.000Z')),
    ).toEqual(['done', 'done', 'done', 'done']);
    expect(desk.texts.slice(-3).map((bytes) => decodeUnit(bytes).effective)).toEqual([
      [[0, noon, march]],
      [[0, april]],
      [[0, noon, '2027-01-01T00:00:00.000Z']],
    ]);
    expect(run(desk, 'c', [reported(march), probing('b')])).toEqual(['period_closed']);
  });

  it('lets nothing take effect after its own unit: that is a defect of the decider', () => {
    const desk = funded();
    expect(run(desk, 'a', dated(noon), dated('2026-05-07T12:00:00.001Z'), dated('soon'))).toEqual([
      'done',
      'defect: an entry takes effect at 2026-05-07T12:00:00.001Z, after its unit at 2026-05-07T12:00:00.000Z',
      'defect: an entry takes effect at "soon"',
    ]);
    expect(run(desk, 'b', dated('then', { transfers: [] }))).toEqual(['done']);
  });
});

describe('an epoch', () => {
  it('names the unit that it continues, and counts', () => {
    const desk = funded();
    const { sequence, digest } = desk.knowledge.head;
    expect(run(desk, 'a', beginning({ sequence, digest }))).toEqual(['done']);
    expect(desk.knowledge.head).toMatchObject({ epoch: 1, format: 2, closedBefore: '1970-01-01T00:00:00.000Z' });
    expect(newest(desk)).toMatchObject({
      actor: { id: 'ann', role: 'customer' },
      book: { epoch: 1 },
      events: [
        { type: 'FormatRaised' },
        {
          type: 'EpochBegun',
          data: { continues: { sequence, digest }, epoch: 1, reason: { textHash: expect.any(String) } },
        },
      ],
    });
    expect(desk.texts.at(-1)).not.toContain('Tuesday');
    expect(desk.batches.at(-1)?.texts[0]?.text).toContain('Tuesday');
    const { head } = desk.knowledge;
    expect(run(desk, 'b', beginning({ sequence: head.sequence, digest: head.digest }))).toEqual(['done']);
    expect(desk.knowledge.head.epoch).toBe(2);
    expect(run(new Desk(), 'new', beginning({ sequence: 0, digest: '0'.repeat(64) }))).toEqual(['done']);
  });

  it('is refused where another unit is the newest, and says which', () => {
    const desk = funded();
    const { sequence, digest } = desk.knowledge.head;
    const refused = { kind: 'refused', refusal: { code: 'head_differs', sequence, digest } };
    const ask = (continues: object, key: string) => desk.run(asking(key, beginning(continues), { at: noon }))[0];
    expect(ask({ sequence, digest: 'f'.repeat(64) }, 'a')).toEqual(refused);
    expect(ask({ sequence: sequence + 1, digest }, 'b')).toEqual(refused);
    // Somebody else's unit of the same round comes before it.
    expect(run(desk, 'c', probing('x'), beginning({ sequence, digest }))).toEqual(['done', 'head_differs']);
  });

  it('is seen by deciders, from the unit after it on', () => {
    const desk = funded();
    const epochs: number[] = [];
    const looking = () => {
      const ask = probing('look');
      const decide: typeof ask.decider.decide = (seen, command, context) => {
        epochs.push(seen.book().epoch);
        return ask.decider.decide(seen, command, context);
      };
      return { ...ask, decider: { ...ask.decider, decide } };
    };
    const { sequence, digest } = desk.knowledge.head;
    run(desk, 'a', [beginning({ sequence, digest }), looking()]);
    run(desk, 'b', looking());
    expect(epochs.slice(-2)).toEqual([1, 1]);
  });
});

describe('the format of a book', () => {
  it('is a part of the digests from the unit on that raises it', () => {
    const desk = funded();
    run(desk, 'a', raising(2));
    const units = desk.batches.flatMap((batch) => batch.units);
    const [first, second] = units.map(({ digest }) => digest) as [string, string];
    expect(second).toBe(unitDigest(first, 2, units[1]?.bytes as string, 2));
    run(desk, 'b', probing('x'));
    const third = desk.batches.at(-1)?.units[0];
    expect(third?.digest).toBe(unitDigest(second, 3, third?.bytes as string, 2));
    expect(decodeUnit(third?.bytes as string).book).toBeUndefined();
    expect(run(desk, 'c', raising(2), raising(1))).toEqual(['format_not_higher', 'format_not_higher']);
  });

  it('leaves a book that uses none of this byte for byte as it was', () => {
    const desk = new Desk();
    desk.run(asking('fund', fund));
    const [unit] = desk.batches[0]?.units ?? [];
    expect(unit?.bytes).not.toMatch(/"book"|"effective"/);
    expect(unit?.digest).toBe('255a9f4b44abac366b8224b377a980940f9a8207324030a9ebe168a2b7d295f5');
  });

  it.each([
    ['type', { type: 'CloseBook' }],
    ['before', { type: 'ClosePeriod', before: '2026-04-01' }],
    ['after', { type: 'ClosePeriod', before: april, after: march }],
    ['continues', { type: 'BeginEpoch', continues: 7, reason: 'x' }],
    ['continues.sequence', { type: 'BeginEpoch', continues: { sequence: -1, digest: '0'.repeat(64) }, reason: 'x' }],
    ['continues.digest', { type: 'BeginEpoch', continues: { sequence: 1, digest: 'x' }, reason: 'x' }],
    ['continues.at', { type: 'BeginEpoch', continues: { sequence: 1, digest: '0'.repeat(64), at: noon }, reason: 'x' }],
    ['reason', { type: 'BeginEpoch', continues: { sequence: 0, digest: '0'.repeat(64) }, reason: '' }],
    ['format', { type: 'RaiseFormat', format: 3 }],
  ])('refuses a command for its shape, and names %s', (field, command) => {
    const outcome = new Desk().run(asking('k', { decider: bookKeeping, id: '', command }))[0];
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'shape_invalid', field } });
  });
});

describe('the commands of a book itself', () => {
  const open = (more: Partial<BookOptions> = {}) => {
    const book = openBook({ store: createMemoryStore(), name: 'main', chart: openChart, clock: () => noon, ...more });
    return { book, keeping: book.use(bookKeeping) };
  };
  const by = (key: string) => ({ actor: ann, key });

  it('are previewed, replayed, and asked of the host like any other', async () => {
    const asked: unknown[] = [];
    const authorise: BookOptions['authorise'] = (actor, about) => {
      asked.push([actor.id, about.kind, about.command.type]);
      return actor.id === 'ann';
    };
    const { book, keeping } = open({ authorise });
    const close = { type: 'ClosePeriod', before: april } as const;
    expect((await keeping.preview(close, by('p')))._unsafeUnwrap().status).toBe('previewed');
    expect((await book.head())._unsafeUnwrap().closedBefore).toBe('1970-01-01T00:00:00.000Z');
    const first = (await keeping.execute(close, by('1')))._unsafeUnwrap();
    expect((await keeping.execute(close, by('1')))._unsafeUnwrap()).toMatchObject({
      status: 'replayed',
      sequence: first.sequence,
    });
    expect((await book.head())._unsafeUnwrap()).toMatchObject({ closedBefore: april, sequence: 1 });
    const no = await keeping.execute(close, { actor: { id: 'eve', role: 'customer' }, key: '2' });
    expect(no._unsafeUnwrapErr()).toMatchObject({ code: 'not_authorised', command: 'ClosePeriod' });
    expect(asked.at(-1)).toEqual(['eve', 'book', 'ClosePeriod']);
  });

  it('belong to the one decider of their kind', () => {
    // Also where nobody has used it yet.
    const book = openBook({ store: createMemoryStore(), name: 'main', chart: openChart });
    expect(() => book.use({ ...plainTransfers, kind: 'book' })).toThrow('two deciders of the kind book');
    expect(() => book.use({ ...bookKeeping })).toThrow('two deciders of the kind book');
  });

  it('are not taken, nor is anything else, by a process that does not know the format', async () => {
    const store = createMemoryStore();
    const newer: Store = Object.assign(Object.create(store), {
      load: async (...args: Parameters<Store['load']>) =>
        (await store.load(...args)).map((snapshot) => ({ ...snapshot, head: { ...snapshot.head, format: 3 } })),
    });
    const { book, keeping } = open({ store: newer });
    const move = { type: 'Move', transfers: transfersOf([['world:bank', 'users:1', one]]) } as const;
    const fault = { code: 'format_unknown', retryable: false, effect: 'none' };
    expect((await book.use(plainTransfers).execute(move, by('1')))._unsafeUnwrapErr()).toMatchObject(fault);
    expect((await book.use(plainTransfers).preview(move, by('1')))._unsafeUnwrapErr()).toMatchObject(fault);
    expect((await keeping.execute({ type: 'RaiseFormat', format: 2 }, by('2')))._unsafeUnwrapErr()).toMatchObject(
      fault,
    );
    expect((await store.readHead('main'))._unsafeUnwrap().number).toBe(0);
  });

  it('say in their types what each may be refused for', async () => {
    const { keeping } = open();
    const closed = await keeping.execute({ type: 'ClosePeriod', before: april }, by('1'));
    // @ts-expect-error only an epoch says so
    expect(closed.isErr() && closed.error.code === 'head_differs').toBe(false);
  });

  it('change nothing where they are refused, and are free of plain context', () => {
    const desk = new Desk({ ...plainContext, authorise: () => false });
    expect(ended(desk.run(asking('k', closing(april), { at: noon }))[0])).toBe('not_authorised');
    expect(desk.knowledge.head.closedBefore).toBe('1970-01-01T00:00:00.000Z');
  });
});
