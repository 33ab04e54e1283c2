import { days, hours } from '@holdfast/kernel';
import { transferMoney } from '@holdfast/ledger';
import { cad, convert, eur, quoteConversion, rate, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { splitReserve } from '../../eligibility/reserve.ts';
import { earn, type OpenedPayouts, openPayouts } from '../../testing/open-payouts.ts';
import type { Obligation } from './obligation.ts';

const refund = (amount: object) => ({ type: 'RefundObligation', amount, to: 'buyers:bea:refunds' });
const read = async (world: OpenedPayouts, id: string) =>
  (await world.book.use(world.payouts.obligation).read(id))._unsafeUnwrap() as { state: Obligation; status: string };
const minor = async (world: OpenedPayouts, account: string, currency: typeof usd | typeof cad | typeof eur) =>
  (await world.book.balance(account, currency as typeof usd))._unsafeUnwrap().minor;

describe('an obligation', () => {
  it('keeps when its delay is over and by which calendar, and is never computed again', async () => {
    const calendar = {
      version: 'UTC@1',
      offsets: [{ from: '1970-01-01T00:00:00.000Z', minutes: 0 }],
      weekend: [6, 7],
      holidays: [],
    };
    const world = await openPayouts({ policy: { delay: { businessDays: 2, calendar } } });
    await world.done('obligation', 'b0', earn(usd('80'), { completedAt: '2026-03-06T10:00:00.000Z' }));
    expect((await read(world, 'b0')).state).toMatchObject({
      eligibleAt: '2026-03-10T10:00:00.000Z',
      calendar: 'UTC@1',
    });
  });

  it('takes money that the same unit has put into its account, and none that is not there', async () => {
    const world = await openPayouts();
    const { from: _from, ...there } = earn(usd('80'));
    expect(await world.code('obligation', 'b0', there)).toBe('earning_not_there');
    const move = {
      type: 'Transfer',
      from: 'world:peer:main',
      to: 'payouts:b0:owed',
      amount: usd('80'),
      kind: 'release',
    };
    const asks = [
      world.book.use(transferMoney).ask(move as never),
      world.book.use(world.payouts.obligation).ask('b0', there as never),
    ];
    const end = await world.book.together(asks, { actor: { id: 'host', role: 'service' }, key: 'release-b0' });
    expect([end.isOk(), await world.balance('payouts:b0:owed')]).toEqual([true, 8_000n]);
  });

  it('G29: freezes a conversion when the money is captured, and gives back shares of what it became', async () => {
    const world = await openPayouts();
    const terms = { from: eur, to: cad, rate: rate('1.4705'), rounding: 'halfUp' } as const;
    const amount = convert(eur('10'), quoteConversion({ ...terms, quotedAt: world.now() }));
    const conversion = { captured: eur('10'), quote: 'q-1' };
    await world.done('obligation', 'tip', earn(amount, { conversion, kind: 'tip' }));
    expect([await minor(world, 'world:peer:main', eur), await minor(world, 'payouts:tip:owed', cad)]).toEqual([
      -1_000n,
      1_471n,
    ]);
    await world.done('obligation', 'tip', refund(eur('5')));
    expect([await minor(world, 'buyers:bea:refunds', eur), await minor(world, 'payouts:tip:owed', cad)]).toEqual([
      500n,
      735n,
    ]);
    expect(await world.code('obligation', 'tip', refund(cad('1')))).toBe('shape_invalid');
    await world.done('obligation', 'tip', refund(eur('5')));
    const fx = [await minor(world, 'fx:conversions', eur), await minor(world, 'fx:conversions', cad)];
    expect([await minor(world, 'payouts:tip:owed', cad), ...fx]).toEqual([0n, 0n, 0n]);
    expect(await world.code('obligation', 'tip', refund(eur('0.01')))).toBe('refund_exceeds_earning');
  });

  it('is a reserve that waits for its release, beside what is free', async () => {
    const world = await openPayouts();
    const reserve = splitReserve(
      usd('85'),
      { rate: { num: 1n, den: 20n }, for: days(180) },
      '2026-03-05T10:00:00.000Z',
    );
    await world.done('obligation', 'b0', earn(reserve.free));
    const { completedAt: _at, ...held } = earn(reserve.held, { kind: 'reserve', eligibleAt: reserve.releaseAt });
    await world.done('obligation', 'b0.reserve', held);
    expect((await world.plan('p', 'b0')).isOk()).toBe(true);
    expect((await world.plan('q', 'b0.reserve'))._unsafeUnwrapErr()).toMatchObject({
      code: 'payout_blocked',
      obstacles: [{ code: 'delay_running', clearsAt: '2026-09-02T00:00:00.000Z' }, { code: 'run_not_due' }],
    });
  });

  it('is a tip whose asking decides the window, and whose money is a fact', async () => {
    const world = await openPayouts({ policy: { tips: { window: hours(24), late: 'hold' } } });
    const promise = (completedAt: string) => ({
      type: 'PromiseTip',
      payee: 'ann',
      amount: usd('5'),
      group: 'b',
      completedAt,
    });
    expect(await world.code('obligation', 't0', promise('2026-03-06T10:00:00.000Z'))).toBe('tip_window_closed');
    expect(await world.code('obligation', 't0', promise('2026-03-06T10:00:00.001Z'))).toBe('done');
    expect(await world.code('obligation', 't0', promise('2026-03-06T10:00:00.001Z'))).toBe('obligation_exists');
    expect(await world.code('obligation', 't0', refund(usd('1')))).toBe('obligation_not_open');
    const captured = { type: 'Earn', payee: 'ann', amount: usd('5'), from: 'world:peer:main' };
    world.pass(days(3).ms);
    await world.done('obligation', 't0', captured);
    expect((await read(world, 't0')).state).toMatchObject({ kind: 'tip', group: 'b', holds: [{ reason: 'late_tip' }] });
    expect(await world.code('obligation', 't1', captured)).toBe('shape_invalid');
  });

  it('waits for somebody to ask where the schedule is on request', async () => {
    const world = await openPayouts({ policy: { schedule: { every: 'never' } } });
    await world.done('obligation', 'b0', earn(usd('80')));
    expect((await world.plan('p', 'b0'))._unsafeUnwrapErr()).toMatchObject({
      obstacles: [{ code: 'manual_schedule' }],
    });
    await world.done('obligation', 'b0', { type: 'RequestPayout' });
    expect((await world.plan('p', 'b0')).isOk()).toBe(true);
    expect(await world.code('obligation', 'b0', { type: 'RequestPayout' })).toBe('obligation_not_open');
  });

  it('waits for the provider to have the money', async () => {
    const world = await openPayouts();
    await world.done('obligation', 'b0', earn(usd('80')));
    await world.done('obligation', 'b0', { type: 'ExpectFunds', at: '2026-03-09T00:00:00.000Z' });
    expect((await world.plan('p', 'b0'))._unsafeUnwrapErr()).toMatchObject({
      obstacles: [{ code: 'funds_pending', clearsAt: '2026-03-09T00:00:00.000Z' }],
    });
  });

  it('is taken up and opened only with the payout that has it', async () => {
    const world = await openPayouts();
    await world.done('obligation', 'b0', earn(usd('80')));
    expect(await world.code('obligation', 'b0', { type: 'TakeUp', payout: 'p' })).toBe('payout_disagrees');
    expect(await world.code('obligation', 'b0', { type: 'Reopen' })).toBe('obligation_not_open');
    (await world.plan('p', 'b0'))._unsafeUnwrap();
    expect(await world.code('obligation', 'b0', { type: 'Reopen' })).toBe('payout_disagrees');
  });

  const rows: readonly (readonly [object, string])[] = [
    [{ type: 'Pay' }, 'type'],
    [earn(usd('80'), { amount: 80 }), 'amount'],
    [earn(usd('80'), { amount: usd('-1') }), 'amount'],
    [earn(usd('80'), { payee: 'a:b' }), 'payee'],
    [earn(usd('80'), { payee: 'x'.repeat(65) }), 'payee'],
    [earn(usd('80'), { completedAt: 'soon' }), 'completedAt'],
    [earn(usd('80'), { bonus: true }), 'bonus'],
    [earn(usd('80'), { conversion: { captured: usd('80'), quote: 'q' } }), 'conversion'],
    [{ type: 'AddHold', reason: 'mood' }, 'reason'],
  ];
  it.each(rows)('refuses %j for its %s', async (command, field) => {
    const world = await openPayouts();
    const end = await world.book
      .use(world.payouts.obligation)
      .execute('b0', command as never, { actor: { id: 'a', role: 'service' }, key: 'k' });
    expect(end._unsafeUnwrapErr()).toMatchObject({ code: 'shape_invalid', field });
  });

  it('refuses what is about nothing', async () => {
    const world = await openPayouts();
    for (const command of [refund(usd('1')), { type: 'RequestPayout' }, { type: 'AddHold', reason: 'risk' }])
      expect(await world.code('obligation', 'none', command)).toBe('obligation_unknown');
    await world.done('obligation', 'b0', earn(usd('80')));
    expect(await world.code('obligation', 'b0', { type: 'ReleaseHold', reason: 'risk' })).toBe('payout_hold_unknown');
    expect(await world.code('obligation', 'b0', earn(usd('80')))).toBe('obligation_exists');
    expect(await world.code('obligation', 'b0', refund(usd('80.01')))).toBe('refund_exceeds_earning');
  });
});
