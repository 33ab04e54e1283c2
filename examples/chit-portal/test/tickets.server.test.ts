import { inr } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { type Client, openPortalWorld } from './portal-world.ts';
import { good, openSchemeWorld, registerScheme, type SchemeWorld } from './scheme-world.ts';

const member = ({ members }: SchemeWorld, ticket: number) => members[ticket - 1] as Client;

const deed = (client: Client) => ({ subscriberId: client.id, deed: 'deed 7/2026' });

const paidOut = (payments: readonly { readonly paymentType: string }[]) =>
  payments.filter(({ paymentType }) => paymentType === 'PRIZE');

const balanceOf = async ({ portal }: SchemeWorld, account: string): Promise<string> =>
  `${(await portal.book.balance(account, inr))._unsafeUnwrap().money}`;

/** A scheme whose first instalment the second ticket has won for 3,700 rupees, settled, and paid by those who are named. */
async function firstWon(paid: readonly number[] = [1, 2, 3, 4]): Promise<SchemeWorld> {
  const world = await openSchemeWorld();
  world.goTo('2026-04-06');
  await world.open(1);
  await good(world.bid(1, 2, '300.00'), 201);
  await world.settle(1);
  for (const ticket of paid) await world.pay(ticket, '975.00');
  return world;
}

describe('the transfer of a ticket', () => {
  it('gives it with its arrears to another, who reads its passbook, bids and pays from then on', async () => {
    const world = await firstWon([1, 2, 3]);
    const esha = await world.user('esha');
    await world.verify(esha);
    const url = `/api/subscriptions/${world.subscriptions[3]}`;
    const transfer = () => world.foreman.send('PUT', url, deed(esha), 'the-key-of-a-deed');
    const { sequence } = await good(transfer());
    expect(await good(transfer())).toEqual({ sequence });
    const [mine] = (await good(esha.get('/api/subscriptions'))).items;
    expect(mine).toMatchObject({ ticket: 4, status: 'ACTIVE', subscriberId: esha.id });
    const passbook = await good(esha.get(`/api/subscriptions/${mine.id}/statement`));
    expect(passbook).toMatchObject({ membership: 'active', open: '975.00', instalments: [{ open: '975.00' }] });
    await good(
      world.foreman.send('POST', '/api/payments', { subscriptionId: mine.id, amount: '975.00', channel: 'bank' }),
      201,
    );
    // What another was late with is neither for her score nor against it.
    expect(await good(esha.get(`/api/users/${esha.id}/chit-score`))).toMatchObject({ asOf: '2026-04-06' });
    world.goTo('2026-05-06');
    await world.open(2);
    const bid = { ticket: 4, by: 'discount', amount: '300.00' };
    const bids = `/api/schemes/${world.scheme}/draws/2/bids`;
    expect((await member(world, 4).send('POST', bids, bid)).body.code).toBe('chit_actor_not_allowed');
    await good(esha.send('POST', bids, bid), 201);
  });

  it('leaves him who gave it away with his own payments, and nothing of what came after', async () => {
    const world = await firstWon();
    const esha = await world.user('esha');
    await world.verify(esha);
    const url = `/api/subscriptions/${world.subscriptions[3]}`;
    await good(world.foreman.send('PUT', url, deed(esha)));
    const devi = member(world, 4);
    expect((await good(devi.get(url))).status).toBe('COMPLETED');
    const old = await world.statement(4);
    expect(old).toMatchObject({ membership: 'ended', instalments: [], credit: '0.00', prize: null });
    expect(old.payments).toMatchObject([{ amount: '975.00', status: 'COMPLETED' }]);
    const pays = (client: Client) =>
      client.send('POST', '/api/payments', {
        subscriptionId: world.subscriptions[3],
        amount: '1000.00',
        channel: 'upi',
      });
    expect([(await pays(devi)).status, (await pays(world.foreman)).status]).toEqual([404, 404]);
    // Neither can the ticket be moved by the subscription that it has left.
    const again = await world.foreman.send('PUT', url, deed(member(world, 1)));
    expect([again.status, again.body.code]).toEqual([404, 'nothing_there']);
    const left = await world.foreman.send('DELETE', `${url}?deduction=10.00`);
    expect([left.status, left.body.code]).toEqual([404, 'nothing_there']);
    expect((await good(esha.get('/api/subscriptions'))).items).toMatchObject([{ ticket: 4, status: 'ACTIVE' }]);
  });

  it('is refused to all but its foreman, to one who is not verified, of a prized ticket, and of none', async () => {
    const world = await firstWon();
    const esha = await world.user('esha');
    const other = await world.user('otto', 'FOREMAN');
    const url = (ticket: number) => `/api/subscriptions/${world.subscriptions[ticket - 1]}`;
    expect((await world.foreman.send('PUT', url(4), deed(esha))).body).toMatchObject({
      code: 'kyc_incomplete',
      details: { missing: ['identity', 'tax'] },
    });
    await world.verify(esha);
    const refusals = [
      [member(world, 4).send('PUT', url(4), deed(esha)), 403, 'forbidden'],
      [other.send('PUT', url(4), deed(esha)), 404, 'nothing_there'],
      [world.foreman.send('PUT', url(2), deed(esha)), 409, 'membership_wrong'],
      [world.foreman.send('PUT', `/api/subscriptions/${esha.id}`, deed(esha)), 404, 'nothing_there'],
      [world.foreman.send('PUT', url(4), { subscriberId: esha.id }), 400, 'request_invalid'],
    ] as const;
    for (const [answer, status, code] of refusals) expect(await answer).toMatchObject({ status, body: { code } });
    expect((await world.statement(4)).membership).toBe('active');
  });
});

describe('leaving', () => {
  it('is free before the scheme is declared, and frees the ticket for another, whom the one before cannot unseat', async () => {
    const world = await openPortalWorld();
    const [foreman, admin] = [await world.user('fatima', 'FOREMAN'), await world.user('admin', 'ADMIN')];
    const [anna, bela] = [await world.user('anna'), await world.user('bela')];
    for (const client of [anna, bela]) await world.verify(client);
    const schemeId = await registerScheme(foreman, admin);
    const first = await good(anna.send('POST', '/api/subscriptions', { schemeId }), 201);
    const url = `/api/subscriptions/${first.id}`;
    expect((await bela.send('DELETE', url)).status).toBe(404);
    const leave = () => anna.send('DELETE', url, undefined, 'the-key-of-leaving');
    const { sequence } = await good(leave());
    expect((await good(anna.get(url))).status).toBe('COMPLETED');
    const second = await good(bela.send('POST', '/api/subscriptions', { schemeId, ticket: 1 }), 201);
    expect(await good(leave())).toEqual({ sequence });
    expect(await anna.send('DELETE', url)).toMatchObject({ status: 404, body: { code: 'nothing_there' } });
    expect(await good(bela.get(`/api/subscriptions/${second.id}`))).toMatchObject({ ticket: 1, status: 'ACTIVE' });
    const back = await good(anna.send('POST', '/api/subscriptions', { schemeId }), 201);
    expect(back).toMatchObject({ ticket: 2, status: 'ACTIVE' });
  });

  it('of a scheme that runs is its foreman’s to grant: he takes the ticket, and what was paid in lies ready less the deduction', async () => {
    const world = await firstWon();
    const url = `/api/subscriptions/${world.subscriptions[3]}`;
    const devi = member(world, 4);
    expect(await devi.send('DELETE', url)).toMatchObject({ status: 409, body: { code: 'chit_wrong_phase' } });
    expect(await devi.send('DELETE', `${url}?deduction=0.00`)).toMatchObject({ status: 403 });
    expect(await world.foreman.send('DELETE', `${url}?deduction=1e3`)).toMatchObject({
      status: 400,
      body: { field: 'deduction' },
    });
    const quote = await good(devi.get(`${url}/exit-quote?deduction=75.00`));
    expect(quote).toEqual({
      ticket: 4,
      asOf: '2026-04-06',
      contributed: '975.00',
      substitutedNow: '900.00',
      atTermination: { amount: '975.00', by: '2026-07-26' },
      toStay: '3000.00',
      interest: '0.00',
      deduction: '75.00',
      dividends: '25.00',
    });
    const prized = await member(world, 2).get(`/api/subscriptions/${world.subscriptions[1]}/exit-quote`);
    expect([prized.status, prized.body.code]).toEqual([409, 'membership_wrong']);
    expect((await member(world, 1).get(`${url}/exit-quote`)).status).toBe(404);
    await good(world.foreman.send('DELETE', `${url}?deduction=75.00`));
    expect((await devi.get(`${url}/exit-quote`)).body.code).toBe('nothing_there');
    expect(await balanceOf(world, `chits:${world.scheme}:deposits:4`)).toBe('900.00 INR');
    expect((await good(devi.get('/api/subscriptions'))).items).toMatchObject([{ ticket: 4, status: 'DEFAULTED' }]);
    expect(await world.foreman.send('DELETE', `${url}?deduction=75.00`)).toMatchObject({ status: 404 });
    expect(
      (await world.foreman.send('DELETE', `/api/subscriptions/${world.subscriptions[1]}?deduction=1.00`)).body.code,
    ).toBe('membership_wrong');
  });
});

describe('a prize', () => {
  const prizeOf = (world: SchemeWorld, how: string, client = world.foreman) =>
    client.send('POST', `/api/schemes/${world.scheme}/tickets/2/prize`, { how });
  const secure = (world: SchemeWorld, kind: string, value: string) =>
    world.foreman.send('POST', `/api/schemes/${world.scheme}/tickets/2/security`, { kind, value, reference: 'deed 1' });

  it('says in the passbook what is needed for it, and is paid once that was given', async () => {
    const world = await firstWon();
    expect((await world.statement(2)).prize).toEqual({
      instalment: 1,
      status: 'awaiting',
      amount: '3700.00',
      security: null,
      needed: {
        toCome: '3000.00',
        movable: '4000.00',
        immovable: '4500.00',
        ready: false,
        prepaid: { kept: '3000.00', paid: '700.00' },
      },
    });
    expect(await prizeOf(world, 'pay')).toMatchObject({
      status: 409,
      body: {
        code: 'security_too_small',
        field: 'value',
        message: 'Security too small. Required 4000.00 INR, given 0.00 INR.',
      },
    });
    expect((await secure(world, 'movable', '3999.99')).body.code).toBe('security_too_small');
    await good(secure(world, 'movable', '4000.00'));
    expect((await world.statement(2)).prize).toMatchObject({
      status: 'secured',
      security: { kind: 'movable', value: '4000.00', reference: 'deed 1' },
      needed: { ready: true },
    });
    expect((await prizeOf(world, 'pay', member(world, 2))).status).toBe(403);
    await good(prizeOf(world, 'pay'));
    const { prize, payments } = await world.statement(2);
    expect(prize).toMatchObject({ status: 'paid', needed: null });
    expect(paidOut(payments)).toMatchObject([{ amount: '3700.00', channel: 'bank', status: 'COMPLETED' }]);
    expect((await prizeOf(world, 'pay')).body.code).toBe('prize_wrong_status');
  });

  it('is prepaid without security: all that is to come stays as credit, and what is overdue is paid with it', async () => {
    const world = await firstWon([1, 3, 4]);
    const before = await world.statement(2);
    expect(before).toMatchObject({ open: '975.00', instalments: [{ open: '975.00', paidOn: null }] });
    expect(before.prize.needed.prepaid).toBeNull();
    expect((await prizeOf(world, 'prepay')).body.code).toBe('credit_too_small');
    await world.pay(2, '500.00');
    expect((await world.statement(2)).prize.needed.prepaid).toEqual({ kept: '3475.00', paid: '225.00' });
    await good(prizeOf(world, 'prepay'));
    const after = await world.statement(2);
    expect(after).toMatchObject({
      credit: '3000.00',
      open: '0.00',
      arrears: [],
      prize: { status: 'prepaid', needed: null },
    });
    expect(after.instalments).toMatchObject([{ paid: '975.00', open: '0.00', paidOn: '2026-04-06' }]);
    expect(paidOut(after.payments)).toMatchObject([{ amount: '225.00', status: 'COMPLETED' }]);
    // The instalments to come are covered out of it.
    world.goTo('2026-05-06');
    await world.open(2);
    await good(world.bid(2, 1, '400.00'), 201);
    await world.settle(2);
    const later = await world.statement(2);
    expect(later).toMatchObject({ open: '0.00', instalments: [{ open: '0.00' }, { due: '950.00', open: '0.00' }] });
    expect(later.credit).toBe('2050.00');
  });

  it('is put apart once the next one is drawn, and can be paid from there', async () => {
    const world = await firstWon();
    expect((await prizeOf(world, 'deposit')).body.code).toBe('chit_not_due');
    world.goTo('2026-05-06');
    await good(prizeOf(world, 'deposit'));
    expect(await balanceOf(world, `chits:${world.scheme}:unpaid:1`)).toBe('3700.00 INR');
    expect((await world.statement(2)).prize).toMatchObject({ status: 'deposited', needed: { ready: false } });
    await good(secure(world, 'surety', '4000.00'));
    await good(prizeOf(world, 'pay'));
    expect(await balanceOf(world, `chits:${world.scheme}:unpaid:1`)).toBe('0.00 INR');
  });
});

describe('a passbook', () => {
  it('shows what is overdue with its interest so far, and a payment that was taken back as not paid', async () => {
    const world = await firstWon([1, 2, 3]);
    world.goTo('2026-04-20');
    await good(
      world.foreman.send('POST', `/api/schemes/${world.scheme}/commands`, { type: 'MarkOverdue', instalment: 1 }),
    );
    world.goTo('2026-05-20');
    const late = await world.statement(4);
    // 975 rupees at 12 % for the 39 days since 11 April.
    expect(late).toMatchObject({ open: '987.50', arrears: [{ principal: '975.00', interest: '12.50', late: true }] });
    await world.pay(4, late.open);
    const paid = await world.statement(4);
    expect(paid).toMatchObject({ open: '0.00', arrears: [], instalments: [{ paid: '975.00', paidOn: '2026-05-20' }] });
    const devi = member(world, 4);
    const scoreOf = async () => (await good(devi.get(`/api/users/${devi.id}/chit-score`))).score;
    const before = await scoreOf();
    const back = { status: 'REVERSED', reason: 'the cheque bounced' };
    await good(world.foreman.send('PUT', `/api/payments/${paid.payments[0].id}`, back));
    const taken = await world.statement(4);
    expect(await scoreOf()).toBeLessThan(before);
    // The interest that he had paid with it is owed again with the instalment.
    expect(taken).toMatchObject({ instalments: [{ paid: '0.00', open: '987.50', paidOn: null }] });
    expect(taken.arrears).toMatchObject([{ principal: '987.50', late: true }]);
    expect(taken.payments).toMatchObject([{ status: 'REVERSED' }]);
  });
});
