import { instantAt, type LeasedTask, storeFault, type TaskHandler } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { err, ok } from 'neverthrow';
import { afterEach, describe, expect, it } from 'vitest';
import { deliveryOf, misbehaviour, observationOf, openDesk, start } from '../../test/money-book.ts';
import type { Observation } from '../port/observation.ts';
import { type Inbox, openInbox } from './open-inbox.ts';
import type { InboxOptions } from './options.ts';
import { readBody } from './stored-body.ts';

const operator = { id: 'olga', role: 'operator' };
const back = { id: 're_1', amount: usd('1'), at: instantAt(start) };

afterEach(() => {
  misbehaviour.how = undefined;
});

describe('a delivery', () => {
  it('is stored first, and then routed to the book that our metadata names', async () => {
    const desk = openDesk();
    const said = { data: [{ metadata: { book: 'money' } }] };
    const received = (await desk.inbox.receive(deliveryOf('evt_1', said)))._unsafeUnwrap();
    expect(received).toMatchObject({ id: 'evt_1', applied: false, receipt: { status: 'committed' } });
    expect(await desk.delivery('evt_1')).toMatchObject({
      status: 'due',
      state: { type: 'transfer.updated', times: 1 },
    });
    expect(await desk.movement()).toBeUndefined();
    expect(await desk.sweep()).toMatchObject({ leased: 1, done: 1 });
    expect(await desk.movement()).toMatchObject({ seen: ['succeeded'], heard: 1 });
    expect(await desk.delivery('evt_1')).toMatchObject({
      status: 'applied',
      state: { books: ['money'], objects: ['tr_1'] },
    });
    expect(await desk.sweep()).toMatchObject({ leased: 0 });
  });

  it('is routed to the book that knows the object, where no book is named', async () => {
    const desk = openDesk();
    await desk.know('tr_1');
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    await desk.settle();
    expect(await desk.movement()).toMatchObject({ seen: ['pending', 'succeeded'] });
  });

  it('is unmatched where no book knows it, tried again ever later, and applied when its object appears', async () => {
    const desk = openDesk();
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    await desk.settle();
    expect(await desk.delivery('evt_1')).toMatchObject({ status: 'unmatched', state: { why: 'object_unknown' } });
    const waits: number[] = [];
    for (let times = 0; times < 12; times++) {
      const { nextTryAt } = (await desk.delivery('evt_1')).state ?? {};
      waits.push((Date.parse(nextTryAt ?? '') - desk.now.ms) / 1_000);
      desk.now.ms = Date.parse(nextTryAt ?? '');
      await desk.settle();
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600, 3_600]);
    await desk.know('tr_1');
    expect((await desk.inbox.objectAppeared('tr_2'))._unsafeUnwrap()).toBe(0);
    expect((await desk.inbox.objectAppeared('tr_1'))._unsafeUnwrap()).toBe(1);
    await desk.settle();
    expect(await desk.movement()).toMatchObject({ seen: ['pending', 'succeeded'] });
    expect(await desk.delivery('evt_1')).toMatchObject({ status: 'applied' });
  });

  it('is unmatched where a book is named that is none of these, whoever knows the object', async () => {
    const desk = openDesk();
    await desk.know('tr_1');
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{ metadata: { book: 'another' } }] }));
    await desk.settle();
    expect(await desk.delivery('evt_1')).toMatchObject({ status: 'unmatched', state: { why: 'book_unknown' } });
    expect((await desk.movement())?.seen).toEqual(['pending']);
  });

  it('raises the alarm once after ten minutes without an end, and goes on trying', async () => {
    const desk = openDesk();
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    await desk.settle();
    desk.now.ms = start + 599_999;
    await desk.settle();
    expect((await desk.delivery('evt_1')).status).toBe('unmatched');
    desk.now.ms = start + 600_000;
    await desk.settle();
    expect(await desk.delivery('evt_1')).toMatchObject({ status: 'alarmed', state: { alarmed: true } });
    const left: string[] = [];
    for await (const { id } of desk.store.projectTasks(desk.book.name)) left.push(id);
    expect(left).toEqual(['delivery/evt_1/route']);
    await desk.know('tr_1');
    expect((await desk.inbox.objectAppeared('tr_1'))._unsafeUnwrap()).toBe(1);
    await desk.settle();
    expect((await desk.delivery('evt_1')).status).toBe('applied');
  });

  it('raises the alarm where nobody routes it', async () => {
    const desk = openDesk();
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    desk.now.ms = start + 600_000;
    await desk.book.runDueTasks({ handlers: { delivery: onlyAlarms(desk.inbox) } });
    expect((await desk.delivery('evt_1')).state).toMatchObject({ status: 'due', alarmed: true });
  });

  it('waits for an operator after thirty days', async () => {
    const desk = openDesk();
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    desk.now.ms = start + 30 * 86_400_000;
    await desk.settle();
    const { status, state } = await desk.delivery('evt_1');
    expect([status, state?.nextTryAt]).toEqual(['alarmed', undefined]);
    await desk.know('tr_1');
    const retried = await desk.kept.execute('evt_1', { type: 'RetryDelivery' }, { actor: operator, key: 'again' });
    expect(retried.isOk()).toBe(true);
    await desk.settle();
    expect((await desk.delivery('evt_1')).status).toBe('applied');
  });

  it('is ignored, and counted, where nothing in it concerns us', async () => {
    const desk = openDesk();
    await desk.inbox.receive(deliveryOf('evt_1', { type: '__proto__', data: [] }));
    await desk.settle();
    expect(await desk.delivery('evt_1')).toMatchObject({ status: 'ignored', state: { type: '__proto__' } });
    expect((await desk.kept.list({ status: 'ignored', limit: 10 }))._unsafeUnwrap().rows).toHaveLength(1);
  });

  it.each([
    ['mode_mismatch', { mode: 'live' }],
    ['account_mismatch', { account: 'acct_2' }],
    ['provider_mismatch', { provider: 'other' }],
  ] as const)('of another place is never applied: %s', async (why, elsewhere) => {
    const desk = openDesk();
    await desk.know('tr_1');
    await desk.inbox.receive(deliveryOf('evt_1', { data: [elsewhere] }));
    await desk.settle();
    expect(await desk.delivery('evt_1')).toMatchObject({ status: 'poison', state: { why } });
    expect((await desk.movement())?.heard).toBe(1);
    const wrong = await desk.inbox.receive(deliveryOf('evt_2', { data: [] }, elsewhere));
    expect(wrong._unsafeUnwrapErr()).toMatchObject({ code: 'intake_mismatch' });
  });

  it('whose headers and event no record could be named after is kept all the same', async () => {
    const desk = openDesk();
    const headers = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`x-${index}`, '"'.repeat(200)]));
    const events = ['evt 1', 'evt/1', '-', 'a'.repeat(200), 'évt', '', '__proto__'];
    for (const event of events) {
      const received = await desk.inbox.receive(
        deliveryOf(event, { data: [{ metadata: { book: 'money' } }] }, { headers }),
      );
      expect(received.isOk()).toBe(true);
    }
    await desk.settle();
    expect((await desk.kept.list({ status: 'applied', limit: 100 }))._unsafeUnwrap().rows).toHaveLength(5);
  });
});

/** A worker that finds no time for routing. */
function onlyAlarms({ handlers }: Inbox): TaskHandler {
  return async (leased) =>
    leased.task.id.endsWith('/alarm') ? handlers.delivery(leased) : { end: 'later', afterMs: 1_000 };
}

describe('the same event again', () => {
  it('is applied once and counted, however many come at once, in one book or in two', async () => {
    for (const shared of [false, true]) {
      const desk = openDesk({ shared });
      await desk.know('tr_1');
      const again = (seconds: number) =>
        deliveryOf('evt_1', { data: [{}], pending: seconds }, { signedAt: instantAt(start + seconds * 1_000) });
      const all = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((seconds) => desk.inbox.receive(again(seconds))));
      expect(all.every((one) => one.isOk())).toBe(true);
      await Promise.all([desk.sweep(), desk.sweep()]);
      expect(await desk.movement()).toMatchObject({ heard: 2 });
      expect(await desk.delivery('evt_1')).toMatchObject({ status: 'applied', state: { times: 8, others: [] } });
    }
  });

  it('is not even a unit where the network repeats one request', async () => {
    const desk = openDesk();
    const first = (await desk.inbox.receive(deliveryOf('evt_1', { data: [] })))._unsafeUnwrap();
    const second = (await desk.inbox.receive(deliveryOf('evt_1', { data: [] })))._unsafeUnwrap();
    expect(second.receipt).toMatchObject({ status: 'replayed', sequence: first.receipt.sequence });
  });

  it('with another body is not believed: both are kept and the provider is asked', async () => {
    const desk = openDesk();
    await desk.know('tr_1');
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    await desk.settle();
    const lie = deliveryOf('evt_1', { data: [{ status: 'failed' }] }, { signedAt: instantAt(start + 5_000) });
    desk.told.push(observationOf({ returns: [back] }));
    await desk.inbox.receive(lie);
    expect((await desk.delivery('evt_1')).state).toMatchObject({ status: 'due', byLookup: true, why: 'contradiction' });
    await desk.settle();
    expect(await desk.movement()).toMatchObject({ seen: ['pending', 'succeeded'], returns: ['re_1'] });
    expect((await desk.delivery('evt_1')).state?.others).toHaveLength(1);
  });

  it('with another body while the first is under way is looked up all the same', async () => {
    const desk = openDesk();
    await desk.know('tr_1');
    desk.told.push(observationOf({ returns: [back] }));
    const [target] = desk.options.targets;
    if (!target) throw new Error('no target');
    const { knows } = target;
    const contradiction = deliveryOf('evt_1', { data: [{ status: 'failed' }] }, { signedAt: instantAt(start + 5_000) });
    Object.assign(target, {
      knows: async (observation: Observation) => {
        Object.assign(target, { knows });
        await desk.inbox.receive(contradiction);
        return knows(observation);
      },
    });
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    await desk.settle();
    expect((await desk.delivery('evt_1')).state).toMatchObject({ status: 'applied', byLookup: true, tries: 1 });
    expect(await desk.movement()).toMatchObject({ returns: ['re_1'] });
  });

  it('keeps five other bodies and counts the rest', async () => {
    const desk = openDesk();
    for (let times = 0; times < 9; times++) {
      const delivery = deliveryOf('evt_1', { created: times, data: [] }, { signedAt: instantAt(start + times) });
      await desk.inbox.receive(delivery);
    }
    expect((await desk.delivery('evt_1')).state).toMatchObject({ times: 9, others: { length: 5 } });
  });
});

describe('what is not applied as it stands', () => {
  it.each([
    ['a reversal', { returns: [back] }],
    ['a status that we do not know', { status: 'unrecognised', rawStatus: 'PAID ' } as const],
    ['the opposite of what is settled', { status: 'failed' } as const],
  ])('%s schedules a look-up, and the provider’s answer is applied', async (_, said) => {
    const desk = openDesk();
    await desk.know('tr_1');
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    await desk.settle();
    await desk.inbox.receive(deliveryOf('evt_2', { data: [said] }));
    expect(await desk.sweep()).toMatchObject({ done: 1 });
    expect((await desk.delivery('evt_2')).state).toMatchObject({ status: 'look_up', nextTryAt: instantAt(start) });
    expect(await desk.movement()).toMatchObject({ seen: ['pending', 'succeeded'], returns: [] });
    await desk.settle();
    // The provider does not find it yet: asked again later.
    expect((await desk.delivery('evt_2')).state).toMatchObject({
      status: 'look_up',
      why: 'the provider did not find it',
    });
    desk.told.push(observationOf({ returns: [{ ...back, id: 're_2' }] }));
    desk.now.ms = start + 3_600_000;
    await desk.settle();
    expect(await desk.movement()).toMatchObject({ seen: ['pending', 'succeeded'], returns: ['re_2'] });
    expect((await desk.delivery('evt_2')).status).toBe('applied');
  });

  it('applies everything that a look-up finds, each by itself', async () => {
    const desk = openDesk();
    await desk.know('tr_1');
    await desk.know('tr_2');
    desk.told.push(observationOf({ returns: [back] }), observationOf({ object: 'tr_2', status: 'failed' }));
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{ status: 'unrecognised' }] }));
    await desk.settle();
    expect((await desk.delivery('evt_1')).status).toBe('applied');
    expect(await desk.movement('tr_1')).toMatchObject({ seen: ['pending', 'succeeded'], returns: ['re_1'] });
    expect(await desk.movement('tr_2')).toMatchObject({ seen: ['failed', 'pending'] });
  });

  it('without a reference waits for an operator, who is told why', async () => {
    const { reference: _reference, ...unreferenced } = observationOf({ returns: [back] });
    const desk = openDesk({ read: () => ok([unreferenced]) });
    await desk.know('tr_1');
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    await desk.settle();
    const { state } = await desk.delivery('evt_1');
    expect(state).toMatchObject({ status: 'look_up', why: 'no reference to look up by' });
  });

  it('without a reference is looked up by the one that its book has of the object', async () => {
    const { reference: _reference, ...unreferenced } = observationOf({ returns: [back] });
    const desk = openDesk({ read: () => ok([unreferenced]) });
    Object.assign(desk.options.targets[0] ?? {}, { referenceOf: async (object: string) => ok(`payout of ${object}`) });
    const asked: string[] = [];
    const lookup: InboxOptions['lookup'] = async ({ reference }) => {
      asked.push(reference);
      return ok({ found: [observationOf({ returns: [back] })] });
    };
    const inbox = openInbox({ ...desk.options, lookup });
    await desk.know('tr_1');
    await inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    for (let times = 0; times < 3; times++) await desk.sweep(inbox);
    expect(asked).toEqual(['payout of tr_1']);
    expect(await desk.movement()).toMatchObject({ returns: ['re_1'] });
  });
});

describe('who applies it', () => {
  it.each([false, true])('hears that it was applied, once, and what it throws then changes nothing', async (shared) => {
    const desk = openDesk({ shared });
    await desk.know('tr_1');
    const heard: string[] = [];
    Object.assign(desk.options.targets[0] ?? {}, {
      applied: ({ object }: Observation, { status }: { status: string }) => {
        heard.push(`${object} ${status}`);
        throw new Error('a bug');
      },
    });
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    await desk.settle();
    expect(heard).toEqual(['tr_1 committed']);
    expect((await desk.delivery('evt_1')).status).toBe('applied');
  });

  it('is not asked for what it cannot name now', async () => {
    const desk = openDesk();
    await desk.know('tr_1');
    const fault = { fault: true, code: 'store_unavailable', message: '', retryable: true, effect: 'none' } as const;
    Object.assign(desk.options.targets[0] ?? {}, { asks: async () => err(fault) });
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    expect(await desk.sweep()).toMatchObject({ later: 1 });
    expect((await desk.delivery('evt_1')).status).toBe('due');
  });
});

describe('what cannot be read or applied', () => {
  it.each([
    ['is no JSON', Buffer.from('<html>')],
    ['is empty', new Uint8Array()],
    ['is null', Buffer.from('null')],
  ])('that %s is poison, with its bytes kept', async (_, body) => {
    const desk = openDesk();
    await desk.inbox.receive(deliveryOf('evt_1', body));
    await desk.settle();
    const { state } = await desk.delivery('evt_1');
    expect(state).toMatchObject({ status: 'poison', why: expect.stringMatching(/^defect: /) });
    if (!state) throw new Error('no delivery');
    const texts = await desk.book.texts(state.body.parts.map(({ textHash }) => textHash));
    expect(readBody(state.body, texts._unsafeUnwrap())).toEqual(Uint8Array.from(body));
  });

  it.each(['throws', 'refuses'] as const)('because applying it %s is poison until it is mended', async (how) => {
    for (const shared of [false, true]) {
      const desk = openDesk({ shared });
      await desk.know('tr_1');
      misbehaviour.how = how;
      expect((await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] })))._unsafeUnwrap().applied).toBe(false);
      await desk.settle();
      expect((await desk.delivery('evt_1')).state).toMatchObject({ status: 'poison' });
      misbehaviour.how = undefined;
      await desk.kept.execute('evt_1', { type: 'RetryDelivery' }, { actor: operator, key: 'again' });
      await desk.settle();
      expect((await desk.delivery('evt_1')).status).toBe('applied');
      expect(await desk.movement()).toMatchObject({ seen: ['pending', 'succeeded'] });
    }
  });

  it('because the reader says so is poison with its reason', async () => {
    const desk = openDesk({ read: () => err({ code: 'delivery_unreadable', why: 'an amount of 1e400' }) });
    await desk.inbox.receive(deliveryOf('evt_1', { data: [] }));
    await desk.settle();
    expect((await desk.delivery('evt_1')).state).toMatchObject({ status: 'poison', why: 'an amount of 1e400' });
  });

  it('because its text was erased is poison', async () => {
    const desk = openDesk();
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    const { state } = await desk.delivery('evt_1');
    await desk.book.eraseTexts(state?.body.parts.map(({ textHash }) => textHash) ?? []);
    await desk.settle();
    expect((await desk.delivery('evt_1')).state).toMatchObject({ status: 'poison', why: 'the body was erased' });
  });

  it('because the world failed stays due', async () => {
    const desk = openDesk();
    await desk.know('tr_1');
    const fault = { fault: true, code: 'store_unavailable', message: '', retryable: true, effect: 'none' } as const;
    const target = desk.options.targets[0];
    if (!target) throw new Error('no target');
    const knows = target.knows;
    Object.assign(target, { knows: async () => err(fault) });
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    expect(await desk.sweep()).toMatchObject({ leased: 1, later: 1, troubles: [] });
    expect((await desk.delivery('evt_1')).status).toBe('due');
    Object.assign(target, { knows });
    desk.now.ms += 2_000;
    await desk.settle();
    expect((await desk.delivery('evt_1')).status).toBe('applied');
  });

  it('was read otherwise the first time: then the provider is asked', async () => {
    const desk = openDesk();
    await desk.know('tr_1');
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{ status: 'failed' }] }));
    const actor = { id: 'inbox', role: 'provider', scope: 'inbox:acme:acct_1:sandbox' };
    const first = { type: 'Observe', status: 'pending', returns: [] } as const;
    await desk.records.execute('tr_1', first, { actor, key: 'observed:evt_1' });
    await desk.sweep();
    expect((await desk.delivery('evt_1')).state).toMatchObject({ status: 'look_up', why: 'read_otherwise' });
  });
});

describe('an intake in the book of the money', () => {
  it('stores and applies in one unit', async () => {
    const desk = openDesk({ shared: true });
    await desk.know('tr_1');
    const before = (await desk.money.head())._unsafeUnwrap().sequence;
    const received = (await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] })))._unsafeUnwrap();
    expect(received).toMatchObject({ applied: true, receipt: { sequence: before + 1 } });
    expect((await desk.money.head())._unsafeUnwrap().sequence).toBe(before + 1);
    expect(await desk.movement()).toMatchObject({ seen: ['pending', 'succeeded'], heard: 2 });
    expect((await desk.delivery('evt_1')).state).toMatchObject({
      status: 'applied',
      books: ['money'],
      objects: ['tr_1'],
    });
  });

  it('is applied in one unit where our metadata names the book, though the object is new to it', async () => {
    const desk = openDesk({ shared: true });
    const said = { data: [{ metadata: { book: 'money' } }] };
    expect((await desk.inbox.receive(deliveryOf('evt_1', said)))._unsafeUnwrap().applied).toBe(true);
    expect(await desk.movement()).toMatchObject({ seen: ['succeeded'], heard: 1 });
  });

  it('never applies a second body that contradicts a first one which still waits', async () => {
    const desk = openDesk({ shared: true });
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    await desk.know('tr_1');
    const other = deliveryOf('evt_1', { data: [{ status: 'failed' }] }, { signedAt: instantAt(start + 1_000) });
    expect((await desk.inbox.receive(other))._unsafeUnwrap().applied).toBe(false);
    expect(await desk.movement()).toMatchObject({ seen: ['pending'], heard: 1 });
    await desk.settle();
    expect(await desk.movement()).toMatchObject({ seen: ['pending'], heard: 1 });
  });

  it('says that it was not stored where the store fails, and tries nothing else', async () => {
    const desk = openDesk({ shared: true });
    await desk.know('tr_1');
    const fault = storeFault('store_unavailable', 'down', { retryable: true, effect: 'unknown' });
    let calls = 0;
    const together = async () => {
      calls += 1;
      return err(fault);
    };
    const { money } = desk;
    const use = money.use.bind(money);
    const book = { name: money.name, use, texts: money.texts.bind(money), together } as never;
    const targets = desk.options.targets.map((target) => ({ ...target, book }));
    const inbox = openInbox({ ...desk.options, book, targets });
    expect((await inbox.receive(deliveryOf('evt_1', { data: [{}] })))._unsafeUnwrapErr()).toBe(fault);
    expect(calls).toBe(1);
  });

  it.each([
    ['an object that nobody knows', { object: 'tr_9' }],
    ['a reversal', { returns: [back] }],
    ['another book’s', { metadata: { book: 'another' } }],
    ['another mode’s', { mode: 'live' } as const],
  ])('stores alone what has to be routed: %s', async (_, said) => {
    const desk = openDesk({ shared: true });
    await desk.know('tr_1');
    expect((await desk.inbox.receive(deliveryOf('evt_1', { data: [said] })))._unsafeUnwrap().applied).toBe(false);
    expect((await desk.delivery('evt_1')).status).toBe('due');
  });
});

describe('a task of a delivery', () => {
  it('that the delivery has outrun does nothing', async () => {
    const desk = openDesk();
    await desk.know('tr_1');
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    await desk.settle();
    const { sequence } = (await desk.book.head())._unsafeUnwrap();
    const leased = (record: string, name: string): LeasedTask => {
      const task = { id: `${record}/${name}`, dueAt: instantAt(start), record, command: { type: 'RetryDelivery' } };
      return { book: desk.book.name, task, attempts: 1, lease: 'x' };
    };
    const ends = [
      leased('delivery/evt_1', 'route'),
      leased('delivery/evt_1', 'alarm'),
      leased('delivery/evt_9', 'route'),
    ];
    for (const late of ends) expect(await desk.inbox.handlers.delivery(late)).toEqual({ end: 'stale' });
    expect((await desk.book.head())._unsafeUnwrap().sequence).toBe(sequence);
  });
});

describe('a command about deliveries', () => {
  it('is refused where there is nothing that it could be about', async () => {
    const desk = openDesk();
    const asked = { actor: operator, key: 'k1' };
    const end = { kind: 'ignored', why: 'x', objects: [] } as const;
    const report = await desk.kept.execute('evt_9', { type: 'ReportRouting', bodies: 1, end }, asked);
    expect(report._unsafeUnwrapErr()).toMatchObject({ code: 'delivery_unknown', delivery: 'evt_9' });
    await desk.inbox.receive(deliveryOf('evt_1', { data: [] }));
    const retry = await desk.kept.execute('evt_1', { type: 'RetryDelivery' }, { actor: operator, key: 'k2' });
    expect(retry._unsafeUnwrapErr()).toEqual({ code: 'delivery_not_waiting', delivery: 'evt_1', status: 'due' });
  });

  it('leaves applied what is applied, whoever reports last', async () => {
    const desk = openDesk();
    await desk.know('tr_1');
    await desk.inbox.receive(deliveryOf('evt_1', { data: [{}] }));
    await desk.settle();
    const end = { kind: 'unmatched', why: 'a slower worker', objects: [] } as const;
    const late = await desk.kept.execute(
      'evt_1',
      { type: 'ReportRouting', bodies: 1, end },
      { actor: operator, key: 'late' },
    );
    expect(late.isOk()).toBe(true);
    expect((await desk.delivery('evt_1')).status).toBe('applied');
  });

  it.each([
    ['another field', { type: 'RetryDelivery', now: true }, 'now'],
    ['another command', { type: 'Forget' }, 'type'],
    ['an end that is none', { type: 'ReportRouting', bodies: 1, end: { kind: 'lost' } }, 'end.kind'],
    [
      'a reason of many pages',
      { type: 'ReportRouting', bodies: 1, end: { kind: 'poison', why: 'x'.repeat(301), objects: [] } },
      'end.why',
    ],
  ])('is refused by shape: %s', async (_, command, field) => {
    const desk = openDesk();
    const end = await desk.kept.execute('evt_1', command as never, { actor: operator, key: 'k' });
    expect(end._unsafeUnwrapErr()).toMatchObject({ code: 'shape_invalid', field });
  });
});
