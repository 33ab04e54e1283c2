import { days, hours, minutes } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import type { Operation } from '@holdfast/providers';
import { describe, expect, it } from 'vitest';
import { readAudit } from '../src/audit/read-audit.ts';
import type { Charge } from '../src/payments/charge.ts';
import { lookUpCharge } from '../src/payments/look-up-charge.ts';
import { assertChargeAbsent } from '../src/services/assert-charge-absent.ts';
import { assertChargeMade } from '../src/services/assert-charge-made.ts';
import { driveRefundAgain } from '../src/services/drive-refund-again.ts';
import { operatorQueue } from '../src/services/operator-queue.ts';
import { payForBooking } from '../src/services/pay-for-booking.ts';
import { refundBooking } from '../src/services/refund-booking.ts';
import { sendRefundOnceMore } from '../src/services/send-refund-once-more.ts';
import { type CrownWorld, olga, openCrownWorld } from './crown-world.ts';

const order = { booking: 'b1', customer: 'cleo', provider: 'pat', amount: usd('100'), otpHash: 'hash' };
const cleo = { id: 'cleo', role: 'customer' };
const payments = { method: 'POST', path: '/v1/payment_intents$' } as const;
const refunds = { method: 'POST', path: '/v1/refunds$' } as const;
/** The SDK asks once more after a cut, so it takes two. */
const nothing = { times: 2, meets: { fault: 'cut', effect: 'none' } } as const;
const made = { charge: 'booking.b1', attempt: 1, why: 'Stripe says so in writing' };
const absent = { ...made, evidence: 'ticket-4711' };
const r1 = 'refund.b1.r1';

async function chargeOf({ crown }: CrownWorld, id = 'booking.b1'): Promise<Charge> {
  return (await crown.charges.read(id))._unsafeUnwrap().state as Charge;
}

async function statusOf({ crown }: CrownWorld, id = 'booking.b1'): Promise<string | undefined> {
  return (await crown.charges.read(id))._unsafeUnwrap().status;
}

async function callsTo({ peer }: CrownWorld, { path }: { readonly path: string }): Promise<number> {
  return (await peer.requests()).filter(({ method, url }) => method === 'POST' && new RegExp(path).test(url)).length;
}

async function queue({ crown }: CrownWorld): Promise<readonly string[]> {
  return (await operatorQueue(crown))._unsafeUnwrap().map(({ category, record }) => `${category} ${record}`);
}

async function actionsOf({ crown }: CrownWorld): Promise<readonly (string | undefined)[][]> {
  const lines: (string | undefined)[][] = [];
  const note = ({ action, actor, chargeId, amount, detail }: Parameters<Parameters<typeof readAudit>[1]>[0]) =>
    lines.push([action, actor, chargeId, amount ?? detail]);
  (await readAudit(crown, note))._unsafeUnwrap();
  return lines;
}

/** A payment that nobody answers for, looked for when its key may be forgotten: nobody can tell any more. */
async function payInDoubt(): Promise<CrownWorld> {
  const world = await openCrownWorld();
  await world.peer.script({ ...payments, ...nothing });
  await payForBooking(world.crown, order);
  world.pass(hours(24));
  await world.settle();
  expect(await statusOf(world)).toBe('waiting');
  return world;
}

/** Made without our mark, so that no look-up finds it. */
async function makeByHand({ stripe }: CrownWorld, metadata: Operation['metadata'] = {}): Promise<string> {
  const card = { payment_method: 'pm_card_visa', confirm: true, metadata } as const;
  return (await stripe.paymentIntents.create({ amount: 10_000, currency: 'usd', ...card })).id;
}

async function refund(world: CrownWorld, name = 'r1'): Promise<void> {
  (await refundBooking(world.crown, { booking: 'b1', refund: name, amount: usd('30') }, olga))._unsafeUnwrap();
}

/** The free texts of a unit. */
async function textsOf({ crown }: CrownWorld, sequence: number): Promise<readonly (string | undefined)[]> {
  const page = (await crown.book.units({ after: sequence - 1, limit: 1 }))._unsafeUnwrap();
  const [bytes = ''] = page.kind === 'units' ? page.units.map((unit) => unit.bytes) : [];
  const hashes = [...bytes.matchAll(/"textHash":"([0-9a-f]+)"/g)].map(([, hash = '']) => hash);
  const texts = (await crown.book.texts(hashes))._unsafeUnwrap();
  return hashes.map((hash) => texts.get(hash)?.text);
}

function codeOf(told: { isErr(): boolean; readonly error?: { readonly code: string } }): string {
  return told.isErr() ? `${told.error?.code}` : 'done';
}

describe('a payment that waits for a person', () => {
  it('is in the queue, and the admin hears of it', async () => {
    const world = await payInDoubt();
    expect(await queue(world)).toEqual(['charge_waits charge/booking.b1']);
    expect(world.chargeAlarms).toEqual([{ alarm: 'charge_waits', charge: 'booking.b1' }]);
  });

  it('that was made as an object captures its booking, by the operator’s word and with the reason kept', async () => {
    const world = await payInDoubt();
    const object = await makeByHand(world);
    const told = (await assertChargeMade(world.crown, { ...made, object }, olga))._unsafeUnwrap();
    expect(await statusOf(world)).toBe(`succeeded.${object}`);
    expect(await world.balance('bookings:b1:held')).toBe('100.00');
    expect(await queue(world)).toEqual([]);
    expect(await actionsOf(world)).toEqual([['CHARGE_RESOLVED', 'olga', 'booking.b1', 'made']]);
    expect(await textsOf(world, told.sequence)).toEqual([made.why]);
    const again = (await assertChargeMade(world.crown, { ...made, object }, olga))._unsafeUnwrap();
    expect(again.status).toBe('replayed');
    await world.check();
  });

  it('whose word was stored by a process that died is booked by whoever finds it', async () => {
    const world = await payInDoubt();
    const object = await makeByHand(world);
    const { charge: _, ...said } = made;
    const command = { type: 'AssertChargeMade', ...said, object } as const;
    (await world.crown.charges.execute('booking.b1', command, { actor: olga, key: 'dies-here' }))._unsafeUnwrap();
    expect(await world.balance('bookings:b1:held')).toBe('0.00');
    await world.settle();
    expect(await world.balance('bookings:b1:held')).toBe('100.00');
    expect((await chargeOf(world)).asserted).toBeUndefined();
    await world.check();
  });

  it('that was certainly not made is over: nothing is charged any more, and money that comes all the same counts', async () => {
    const world = await payInDoubt();
    (await assertChargeAbsent(world.crown, absent, olga))._unsafeUnwrap();
    expect(await statusOf(world)).toBe('declined');
    for (let day = 0; day < 3; day += 1) {
      world.pass(days(1));
      await world.settle();
    }
    expect(await callsTo(world, payments)).toBe(2);
    expect(await queue(world)).toEqual([]);
    expect(await actionsOf(world)).toEqual([['CHARGE_RESOLVED', 'olga', 'booking.b1', 'absent']]);
    const [first] = (await chargeOf(world)).attempts;
    await makeByHand(world, { ...first?.operation.metadata, reference: 'booking.b1' });
    await world.peer.deliver();
    await world.settle();
    expect(await world.balance('bookings:b1:held')).toBe('100.00');
    await world.check();
  });

  it('is not said to be absent where the look finds it', async () => {
    const world = await openCrownWorld();
    await world.peer.script({ ...payments, times: 2, meets: { fault: 'cut', effect: { laterMs: hours(25).ms } } });
    await payForBooking(world.crown, order);
    world.pass(hours(24));
    await world.settle();
    expect(await statusOf(world)).toBe('waiting');
    world.pass(hours(2));
    await world.peer.advance(0);
    expect(codeOf(await assertChargeAbsent(world.crown, absent, olga))).toBe('charge_not_waiting');
    expect(await world.balance('bookings:b1:held')).toBe('100.00');
    await world.check();
  });

  it('is not said to be absent while the provider cannot be asked', async () => {
    const world = await payInDoubt();
    const away = { fault: 'answer', status: 503 } as const;
    await world.peer.script({ method: 'GET', path: '/v1/payment_intents', times: 9, meets: away });
    expect(codeOf(await assertChargeAbsent(world.crown, absent, olga))).toBe('provider_unavailable');
    expect(await statusOf(world)).toBe('waiting');
  });

  it('of another amount than was asked for is not taken for it, and lies in suspense', async () => {
    const world = await openCrownWorld();
    await world.peer.script({ ...payments, meets: { fault: 'mishear', set: { amount: '9000' } } });
    await payForBooking(world.crown, order);
    await world.settle();
    expect(await statusOf(world)).toBe('waiting');
    const [intent] = await world.peer.paymentIntents();
    const said = { ...made, object: `${intent?.id}` };
    expect(codeOf(await assertChargeMade(world.crown, said, olga))).toBe('object_differs');
    expect(await world.balance('suspense:stripe')).toBe('90.00');
    (await assertChargeAbsent(world.crown, absent, olga))._unsafeUnwrap();
    expect(await statusOf(world)).toBe('declined');
    expect(await world.balance('suspense:stripe')).toBe('90.00');
    await world.check();
  });
});

describe('an operator’s word', () => {
  it.each([
    ['of nobody who is an operator', { actor: cleo }, 'actor_not_allowed'],
    ['of no charge', { charge: 'booking.b9' }, 'charge_unknown'],
    ['of another attempt than the one that waits', { attempt: 2 }, 'charge_not_waiting'],
    ['without a reason', { why: '' }, 'shape_invalid'],
  ])('%s is refused', async (_, change, code) => {
    const world = await payInDoubt();
    const { actor = olga, ...given } = change as { readonly actor?: typeof cleo };
    const object = await makeByHand(world);
    expect(codeOf(await assertChargeMade(world.crown, { ...made, object, ...given }, actor))).toBe(code);
    expect(codeOf(await assertChargeAbsent(world.crown, { ...absent, ...given }, actor))).toBe(code);
    expect(await statusOf(world)).toBe('waiting');
    expect(await actionsOf(world)).toEqual([]);
  });

  it('of a charge that does not wait is refused, whatever is said', async () => {
    const world = await openCrownWorld();
    await payForBooking(world.crown, order);
    const object = await makeByHand(world);
    const why = 'no reason at all';
    expect(codeOf(await assertChargeMade(world.crown, { ...made, object }, olga))).toBe('charge_not_waiting');
    expect(codeOf(await assertChargeAbsent(world.crown, absent, olga))).toBe('charge_not_waiting');
    expect(codeOf(await driveRefundAgain(world.crown, { charge: 'booking.b1', why }, olga))).toBe('charge_not_waiting');
    expect(codeOf(await sendRefundOnceMore(world.crown, { charge: 'booking.b1', why }, olga))).toBe(
      'charge_not_waiting',
    );
    expect(await world.balance('bookings:b1:held')).toBe('100.00');
  });

  it('does not give the object of one charge to another', async () => {
    const world = await payInDoubt();
    (await payForBooking(world.crown, { ...order, booking: 'b2' }))._unsafeUnwrap();
    const object = `${(await chargeOf(world, 'booking.b2')).settledBy}`;
    expect(codeOf(await assertChargeMade(world.crown, { ...made, object }, olga))).toBe('object_taken');
    expect(await world.balance('bookings:b1:held')).toBe('0.00');
  });
});

describe('a refund that waits for a person', () => {
  async function refundInDoubt(): Promise<CrownWorld> {
    const world = await openCrownWorld();
    await payForBooking(world.crown, order);
    await world.peer.script({ ...refunds, ...nothing });
    await refund(world);
    world.pass(hours(24));
    await world.settle();
    expect(await statusOf(world, r1)).toBe('waiting');
    return world;
  }

  it('and was certainly not made is sent under its next key, once', async () => {
    const world = await refundInDoubt();
    (await assertChargeAbsent(world.crown, { ...absent, charge: r1 }, olga))._unsafeUnwrap();
    for (let turn = 0; turn < 3; turn += 1) {
      world.pass(hours(1));
      await world.settle();
    }
    expect((await world.peer.refunds()).map(({ amount }) => amount)).toEqual([3_000]);
    expect((await chargeOf(world, r1)).attempts.map(({ number }) => number)).toEqual([1, 2]);
    expect(await statusOf(world, r1)).toMatch(/^succeeded\./);
    await world.check();
  });

  it('and was made by hand is over, and never sent', async () => {
    const world = await refundInDoubt();
    const [intent] = await world.peer.paymentIntents();
    const { id } = await world.stripe.refunds.create({ payment_intent: `${intent?.id}`, amount: 3_000 });
    (await assertChargeMade(world.crown, { ...made, charge: r1, object: id }, olga))._unsafeUnwrap();
    world.pass(hours(12));
    await world.settle();
    expect(await statusOf(world, r1)).toBe(`succeeded.${id}`);
    expect(await world.peer.refunds()).toHaveLength(1);
    expect(await queue(world)).toEqual([]);
    await world.check();
  });

  it.each(['driven again once it is mended', 'made by hand'])(
    'since the provider would not make it is %s',
    async (how) => {
      const world = await openCrownWorld();
      await payForBooking(world.crown, order);
      const error = { type: 'invalid_request_error', code: 'charge_disputed', message: 'no' };
      await world.peer.script({ ...refunds, meets: { fault: 'answer', status: 400, error, kept: true } });
      await refund(world);
      await world.settle();
      expect(await queue(world)).toEqual([`refund_failed charge/${r1}`]);
      expect(codeOf(await driveRefundAgain(world.crown, { charge: r1, why: 'mended' }, cleo))).toBe(
        'actor_not_allowed',
      );
      if (how === 'made by hand') {
        const [intent] = await world.peer.paymentIntents();
        const { id } = await world.stripe.refunds.create({ payment_intent: `${intent?.id}`, amount: 3_000 });
        (await assertChargeMade(world.crown, { ...made, charge: r1, object: id }, olga))._unsafeUnwrap();
      } else (await driveRefundAgain(world.crown, { charge: r1, why: 'the dispute is over' }, olga))._unsafeUnwrap();
      world.pass(hours(1));
      await world.settle();
      expect((await world.peer.refunds()).map(({ amount }) => amount)).toEqual([3_000]);
      expect(await statusOf(world, r1)).toMatch(/^succeeded\./);
      expect(await queue(world)).toEqual([]);
      await world.check();
    },
  );
});

describe('a refund that fails after it had succeeded', () => {
  async function refundThatFails(hooks = {}): Promise<CrownWorld> {
    const world = await openCrownWorld({ hooks });
    await payForBooking(world.crown, order);
    await refund(world);
    const [first] = await world.peer.refunds();
    await world.peer.failRefund(`${first?.id}`);
    await world.peer.deliver();
    await world.settle();
    world.pass(minutes(1));
    await world.settle();
    return world;
  }

  it.each([
    ['once', {}],
    ['twice and in any order', { duplicated: 1, shuffled: true }],
  ])(
    'and is told of %s: its money is with us again, owed to the customer, and a person hears of it',
    async (_, hooks) => {
      const world = await refundThatFails(hooks);
      expect(await statusOf(world, r1)).toBe('returned');
      expect(await world.balance(`refunds:${r1}:owed`)).toBe('30.00');
      expect(await world.balance('world:cards')).toBe('-100.00');
      expect(await queue(world)).toEqual([`refund_returned charge/${r1}`]);
      expect(world.chargeAlarms).toContainEqual({ alarm: 'refund_returned', charge: r1 });
      expect(await actionsOf(world)).toContainEqual(['REFUND_RETURNED', 'gateway', r1, '30.00']);
      for (let look = 0; look < 2; look += 1) {
        world.pass(hours(1));
        (await lookUpCharge(world.crown, r1, await chargeOf(world, r1)))?._unsafeUnwrap();
      }
      expect(await world.balance(`refunds:${r1}:owed`)).toBe('30.00');
      await world.check();
    },
  );

  it('is sent once more as a charge of its own, by an operator and once', async () => {
    const world = await refundThatFails();
    const command = { charge: r1, why: 'the customer has a new card' };
    expect(codeOf(await sendRefundOnceMore(world.crown, command, cleo))).toBe('actor_not_allowed');
    (await sendRefundOnceMore(world.crown, command, olga))._unsafeUnwrap();
    expect((await sendRefundOnceMore(world.crown, command, olga))._unsafeUnwrap().status).toBe('replayed');
    const other = { ...command, why: 'and again' };
    expect((await sendRefundOnceMore(world.crown, other, olga)).isErr()).toBe(true);
    await world.settle();
    expect((await world.peer.refunds()).map(({ status }) => status).sort()).toEqual(['failed', 'succeeded']);
    expect(await statusOf(world, r1)).toBe('replaced');
    expect(await statusOf(world, `${r1}.again`)).toMatch(/^succeeded\./);
    expect(await world.balance(`refunds:${r1}:owed`)).toBe('0.00');
    expect(await world.balance('world:cards')).toBe('-70.00');
    expect(await queue(world)).toEqual([]);
    await world.check();
  });

  it('the second time, too, is owed again', async () => {
    const world = await refundThatFails();
    (await sendRefundOnceMore(world.crown, { charge: r1, why: 'once more' }, olga))._unsafeUnwrap();
    const again = (await chargeOf(world, `${r1}.again`)).settledBy;
    await world.peer.failRefund(`${again}`);
    await world.peer.deliver();
    await world.settle();
    world.pass(minutes(1));
    await world.settle();
    expect(await world.balance(`refunds:${r1}.again:owed`)).toBe('30.00');
    expect(await queue(world)).toEqual([`refund_returned charge/${r1}.again`]);
    await world.check();
  });

  it('before anybody has proven the success is not paid twice', async () => {
    const world = await openCrownWorld();
    await payForBooking(world.crown, order);
    await world.peer.script({ ...refunds, times: 2, meets: { fault: 'cut', effect: 'now' } });
    await refund(world);
    const [first] = await world.peer.refunds();
    await world.peer.failRefund(`${first?.id}`);
    for (let turn = 0; turn < 6; turn += 1) {
      world.pass(hours(1));
      await world.peer.deliver();
      await world.settle();
    }
    const statuses = (await world.peer.refunds()).map(({ status }) => status).sort();
    expect(statuses.filter((status) => status === 'succeeded').length).toBeLessThanOrEqual(1);
    await world.check();
  });
});
