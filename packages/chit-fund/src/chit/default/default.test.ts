import { describe, expect, it } from 'vitest';
import { checkChits } from '../../check-chits.ts';
import { quoteExit } from '../../reports/quote-exit.ts';
import type { SchemeTerms } from '../../terms/terms.ts';
import { foreman, type OpenedChits, openChits, registrar, rupees, smallTerms } from '../../testing/open-chits.ts';
import { depositAccount, schemeAccount, ticketAccount } from '../accounts.ts';

const ID = 'late';
const DAYS = ['2026-01-05', '2026-02-05', '2026-03-05'] as const;
const SETTLED = ['2026-01-16', '2026-02-16', '2026-03-16'] as const;

/**
 * A scheme of five after so many instalments of 850 each: tickets 1, 2 … have won at a discount of 1,000, and `late` has paid only the first one.
 */
async function afterInstalments(count: number, late: number, change: Partial<SchemeTerms> = {}): Promise<OpenedChits> {
  const world = openChits();
  await world.found(ID, smallTerms(change));
  for (let at = 0; at < count; at += 1) {
    world.goTo(DAYS[at] as string);
    await world.draw(ID, [[at + 1, rupees(1_000)]]);
    for (let ticket = 1; ticket <= 5; ticket += 1) {
      if (ticket === late && at > 0) continue;
      await world.done(ID, {
        type: 'PayInstalment',
        ticket,
        amount: rupees(850),
        channel: 'bank',
        payment: `${at}-${ticket}`,
      });
    }
    world.goTo(SETTLED[at] as string);
    await world.sweep();
  }
  return world;
}

async function removed(change?: Partial<SchemeTerms>): Promise<OpenedChits> {
  const world = await afterInstalments(2, 5, change);
  await world.done(ID, { type: 'DeclareDefault', ticket: 5 });
  await world.done(ID, { type: 'RemoveSubscriber', ticket: 5, notice: 'letter 1' });
  return world;
}

async function holds(world: OpenedChits): Promise<void> {
  expect((await checkChits(world.book, world.chits))._unsafeUnwrap()).toEqual([]);
}

describe('who has not won and does not pay', () => {
  it('is declared a defaulter only when he is late, and then bids no more', async () => {
    const world = await afterInstalments(2, 5);
    expect(await world.code(ID, { type: 'DeclareDefault', ticket: 4 })).toBe('nothing_open');
    expect(await world.code(ID, { type: 'RemoveSubscriber', ticket: 5, notice: 'x' })).toBe('membership_wrong');
    await world.done(ID, { type: 'DeclareDefault', ticket: 5 });
    expect(await world.code(ID, { type: 'DeclareDefault', ticket: 5 })).toBe('membership_wrong');
    expect((await world.chit(ID)).tickets[4]?.membership).toBe('defaulted');
    await holds(world);
  });

  it('comes back within seven days, with everything paid', async () => {
    const world = await removed();
    expect(await world.code(ID, { type: 'ReinstateSubscriber', ticket: 5 })).toBe('arrears_open');
    const amount = rupees(900);
    await world.done(ID, { type: 'PayInstalment', ticket: 5, amount, channel: 'bank', payment: 'back' });
    await world.done(ID, { type: 'ReinstateSubscriber', ticket: 5 });
    const ticket = (await world.chit(ID)).tickets[4];
    expect(ticket).toMatchObject({ membership: 'active', arrears: [] });
    expect(ticket?.removal).toBeUndefined();
    await holds(world);
  });

  it('is too late after seven days, and nobody takes the place before', async () => {
    const world = await removed();
    const substitute = {
      type: 'SubstituteSubscriber',
      ticket: 5,
      holders: [{ person: 'p9' }],
      deduction: rupees(100),
      channel: 'bank',
    } as const;
    expect(await world.code(ID, substitute)).toBe('notice_time_wrong');
    expect(await world.code(ID, { type: 'HoldVacantTicket', ticket: 5 })).toBe('notice_time_wrong');
    world.goTo('2026-02-24');
    const amount = rupees(900);
    await world.done(ID, { type: 'PayInstalment', ticket: 5, amount, channel: 'bank', payment: 'back' });
    expect(await world.code(ID, { type: 'ReinstateSubscriber', ticket: 5 })).toBe('notice_time_wrong');
  });

  it('is replaced by who pays all so far; his contributions less interest and deduction lie for him', async () => {
    const world = await removed();
    world.goTo('2026-02-24');
    const paidBefore = await world.balance('world:bank');
    await world.done(ID, {
      type: 'SubstituteSubscriber',
      ticket: 5,
      holders: [{ person: 'p9' }],
      deduction: rupees(100),
      channel: 'bank',
    });
    // Two instalments of 850; one of them came out of the advance.
    expect(paidBefore - (await world.balance('world:bank'))).toBe(170_000n);
    expect(await world.balance(schemeAccount(ID, 'advance'))).toBe(0n);
    // Six days of 12 % on 850 from the due day, 10 February, to the removal on the 16th: 1.68 (rounded half up).
    expect(await world.balance(schemeAccount(ID, 'penalties'))).toBe(10_168n);
    expect(await world.balance(depositAccount(ID, 5))).toBe(85_000n - 10_168n);
    expect((await world.chit(ID)).tickets[4]).toMatchObject({
      membership: 'active',
      holders: [{ person: 'p9', parts: 1 }],
      arrears: [],
    });
    await holds(world);
    await world.done(ID, { type: 'RefundDefaulter', ticket: 5, channel: 'bank' });
    expect(await world.code(ID, { type: 'RefundDefaulter', ticket: 5, channel: 'bank' })).toBe('nothing_open');
    await holds(world);
  });

  it('leaves no deposit below zero, however large the deduction', async () => {
    const world = await removed();
    world.goTo('2026-02-24');
    await world.done(ID, {
      type: 'SubstituteSubscriber',
      ticket: 5,
      holders: [{ person: 'p9' }],
      deduction: rupees(5_000),
      channel: 'bank',
    });
    expect(await world.balance(depositAccount(ID, 5))).toBe(0n);
    expect(await world.balance(schemeAccount(ID, 'penalties'))).toBe(85_000n);
    await holds(world);
  });

  it('is paid by the foreman, who holds a ticket that nobody took over', async () => {
    const world = await removed();
    world.goTo('2026-02-24');
    await world.done(ID, { type: 'HoldVacantTicket', ticket: 5 });
    // 850 that the advance had paid, and 850 of contributions less 1.68 of interest.
    expect(await world.balance(`foremen:${foreman.id}:losses`)).toBe(-(85_000n + 85_000n - 168n));
    expect(await world.balance(depositAccount(ID, 5))).toBe(85_000n - 168n);
    expect((await world.chit(ID)).tickets[4]).toMatchObject({ membership: 'held', holders: [{ person: foreman.id }] });
    await holds(world);
  });
});

describe('what is kept of the contributions where the foreman holds the ticket', () => {
  it.each([
    // 850 of contributions, 1.68 of interest up to the removal on 16 February; 5 % of 850 are 42.50.
    ['nothing unless agreed', undefined, 84_832n],
    ['the agreed part', [{ from: '2026-01-01', basisPoints: 500n }], 80_582n],
    // 333 of 10,000 of 85,000 paise are 2,830.5: half a paisa less is kept.
    ['rounded down', [{ from: '2026-01-01', basisPoints: 333n }], 82_002n],
    [
      'that of the day of the removal, and not of the day on which the ticket is held',
      [
        { from: '2026-01-01', basisPoints: 500n },
        { from: '2026-02-17', basisPoints: 1_000n },
      ],
      80_582n,
    ],
    ['nothing before its first day', [{ from: '2026-02-17', basisPoints: 500n }], 84_832n],
    ['no more than there is', [{ from: '2026-01-01', basisPoints: 10_000n }], 0n],
  ])('is %s', async (_, vacantDeduction, deposit) => {
    const world = await removed(vacantDeduction && { custom: { vacantDeduction } });
    const { tickets } = await world.chit(ID);
    const quoted = quoteExit(await world.chit(ID), 5, { asOf: '2026-02-24', deduction: rupees(0), credit: rupees(0) });
    world.goTo('2026-02-24');
    await world.done(ID, { type: 'HoldVacantTicket', ticket: 5 });
    expect(tickets[4]?.membership).toBe('removed');
    expect(await world.balance(depositAccount(ID, 5))).toBe(deposit);
    expect(quoted._unsafeUnwrap()).toMatchObject({
      atTermination: { amount: { minor: deposit } },
      interest: { minor: 168n },
      deduction: { minor: 0n },
    });
    // The foreman bears what the advance had paid, and what lies for who was removed.
    expect(await world.balance(`foremen:${foreman.id}:losses`)).toBe(-(85_000n + deposit));
    expect(await world.balance(schemeAccount(ID, 'penalties'))).toBe(0n);
    await holds(world);
  });
});

describe('who has won and does not pay', () => {
  async function demanded(): Promise<OpenedChits> {
    const world = await afterInstalments(2, 1);
    await world.done(ID, { type: 'DeclareDefault', ticket: 1 });
    expect(await world.code(ID, { type: 'RemoveSubscriber', ticket: 1, notice: 'x' })).toBe('membership_wrong');
    await world.done(ID, { type: 'DemandFuture', ticket: 1, notice: 'letter 2' });
    return world;
  }

  it('owes all that is to come seven days after the demand, and recovers once it lies there', async () => {
    const world = await demanded();
    expect(await world.code(ID, { type: 'AccelerateLiability', ticket: 1 })).toBe('notice_time_wrong');
    world.goTo('2026-02-24');
    await world.done(ID, { type: 'AccelerateLiability', ticket: 1 });
    expect(await world.code(ID, { type: 'CureDefault', ticket: 1 })).toBe('arrears_open');
    const amount = rupees(4_000);
    await world.done(ID, { type: 'PayInstalment', ticket: 1, amount, channel: 'bank', payment: 'all' });
    // 850 overdue and 14 days of interest on it; the rest covers three instalments of 1,000.
    expect(await world.balance(ticketAccount(ID, 1))).toBe(400_000n - 85_000n - 391n);
    await world.done(ID, { type: 'CureDefault', ticket: 1 });
    expect((await world.chit(ID)).tickets[0]).toMatchObject({ membership: 'active', liability: 'recovered' });
    await holds(world);
  });

  it('pays by instalments again once what is open is paid', async () => {
    const world = await demanded();
    const amount = rupees(900);
    await world.done(ID, { type: 'PayInstalment', ticket: 1, amount, channel: 'bank', payment: 'cure' });
    await world.done(ID, { type: 'CureDefault', ticket: 1 });
    expect((await world.chit(ID)).tickets[0]).toMatchObject({ membership: 'active', liability: 'normal' });
    expect(await world.code(ID, { type: 'CureDefault', ticket: 1 })).toBe('membership_wrong');
  });

  it('may dispute it; an award to write off is borne by the foreman', async () => {
    const world = await demanded();
    await world.done(ID, { type: 'OpenDispute', ticket: 1, reference: 'case 7' });
    expect(await world.code(ID, { type: 'AccelerateLiability', ticket: 1 })).toBe('liability_wrong');
    await world.done(ID, { type: 'CloseDispute', ticket: 1, award: 'write_off' }, registrar);
    expect(await world.balance(`foremen:${foreman.id}:losses`)).toBe(-85_000n);
    expect((await world.chit(ID)).tickets[0]).toMatchObject({ liability: 'written_off', arrears: [] });
    await holds(world);
  });
});
