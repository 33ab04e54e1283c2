import { randomBytes } from 'node:crypto';
import { commitBid } from '@holdfast/chit-fund';
import { minutes } from '@holdfast/kernel';
import { inr } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { sweep } from '../src/jobs/sweep.ts';
import type { Answered, Client } from './portal-world.ts';
import { good, openSchemeWorld, type SchemeWorld, sealedDraft } from './scheme-world.ts';

/** A bid as its bidder keeps it. */
interface Slip {
  readonly ticket: number;
  readonly discount: string;
  readonly salt: string;
}

const slip = (ticket: number, discount: string): Slip => ({ ticket, discount, salt: randomBytes(16).toString('hex') });

const member = ({ members }: SchemeWorld, ticket: number) => members[ticket - 1] as Client;

/** Opens the first draw of a scheme with sealed bids. */
async function openSealed(minutesOfBidding?: number): Promise<SchemeWorld> {
  const world = await openSchemeWorld({}, sealedDraft);
  world.goTo('2026-04-06');
  const present = world.members.slice(0, 2).map(({ id }) => id);
  const more = minutesOfBidding === undefined ? {} : { minutes: minutesOfBidding };
  await good(
    world.foreman.send('POST', `/api/schemes/${world.scheme}/draws`, { instalment: 1, present, ...more }),
    201,
  );
  return world;
}

function handIn(world: SchemeWorld, { ticket, discount, salt }: Slip, key?: string): Promise<Answered> {
  const bid = { draw: `${world.scheme}/1/1`, ticket, discount: inr(discount as '1').minor, salt };
  const commitment = commitBid(bid)._unsafeUnwrap();
  return member(world, ticket).send('POST', `${urlOf(world)}/sealed-bids`, { ticket, commitment }, key);
}

function reveal(world: SchemeWorld, { ticket, discount, salt }: Slip, key?: string): Promise<Answered> {
  return member(world, ticket).send('POST', `${urlOf(world)}/revealed-bids`, { ticket, discount, salt }, key);
}

function urlOf({ scheme }: SchemeWorld): string {
  return `/api/schemes/${scheme}/draws/1`;
}

function endBidding({ foreman, scheme }: SchemeWorld): Promise<Answered> {
  return foreman.send('POST', `/api/schemes/${scheme}/commands`, { type: 'EndBidding' });
}

describe('sealed bids', () => {
  it('are handed in unseen, opened when bidding is over, and the highest that was opened wins', async () => {
    const world = await openSealed();
    const bids = [slip(1, '400.00'), slip(2, '700.00'), slip(3, '650.00'), slip(4, '1200.00')];
    for (const bid of bids) await good(handIn(world, bid));
    const { open } = await good(world.foreman.get(urlOf(world)));
    expect(open).toMatchObject({ method: 'sealed_auction', taking: true, sealed: [1, 2, 3, 4], bids: [] });
    await good(endBidding(world));
    // The fourth thinks better of it.
    for (const bid of bids.slice(0, 3)) await good(reveal(world, bid));
    const over = await good(world.foreman.get(urlOf(world)));
    expect(over.open).toMatchObject({ taking: false, sealed: [1, 2, 3, 4] });
    expect(over.open.bids.map(({ ticket, discount }: Slip) => [ticket, discount])).toEqual([
      [2, '700.00'],
      [3, '650.00'],
      [1, '400.00'],
    ]);
    await good(world.foreman.send('POST', `${urlOf(world)}/close`, {}));
    const { instalment } = await good(world.foreman.get(urlOf(world)));
    expect(instalment.winners).toEqual([{ ticket: 2, how: 'bid', discount: '700.00' }]);
  });

  it('cannot be looked into before: not by the foreman, nor in what looks on, nor by one who opens his early', async () => {
    const world = await openSealed();
    const bid = slip(2, '700.00');
    await good(handIn(world, bid));
    expect(await reveal(world, bid)).toMatchObject({
      status: 409,
      body: { code: 'bids_still_taken', details: { instalment: 1, until: null } },
    });
    const seen = JSON.stringify([
      await good(world.foreman.get(urlOf(world))),
      await good(world.foreman.get(`/api/schemes/${world.scheme}`)),
      await good(world.admin.get(`/api/schemes/${world.scheme}/draws`)),
      world.logs,
    ]);
    for (const secret of ['700.00', '70000', bid.salt]) expect(seen).not.toContain(secret);
    await good(handIn(world, slip(3, '750.00')));
    await good(endBidding(world));
    await good(reveal(world, bid));
  });

  it('are one for each ticket: another is refused, the same one sent again is answered as it was', async () => {
    const world = await openSealed();
    const first = slip(2, '700.00');
    const taken = await good(handIn(world, first, 'the-key-of-a-bid'));
    expect(await handIn(world, slip(2, '900.00'))).toMatchObject({
      status: 409,
      body: { code: 'bidding_over', details: { why: 'sealed' } },
    });
    expect(await good(handIn(world, first, 'the-key-of-a-bid'))).toEqual({ ...taken, replayed: true });
    await good(endBidding(world));
    const opened = await good(reveal(world, first, 'the-key-of-its-opening'));
    expect(await good(reveal(world, first, 'the-key-of-its-opening'))).toEqual({ ...opened, replayed: true });
    expect(await reveal(world, first)).toMatchObject({ status: 409, body: { code: 'bidding_over' } });
  });

  it('end by the clock where the draw has minutes: none is taken from then on, and none opened before', async () => {
    const world = await openSealed(10);
    const [early, late] = [slip(2, '700.00'), slip(3, '900.00')];
    await good(handIn(world, early));
    expect((await endBidding(world)).body.code).toBe('bidding_over');
    expect((await reveal(world, early)).body).toMatchObject({
      code: 'bids_still_taken',
      details: { until: '2026-04-06T04:40:00.000Z' },
    });
    world.pass(minutes(10));
    expect((await handIn(world, late)).body.code).toBe('bidding_over');
    // Before and after a worker has noticed it.
    await good(reveal(world, early));
    await sweep(world.portal, { channels: world.channels, onTrouble: (trouble) => expect.fail(String(trouble)) });
    expect((await handIn(world, late)).body.code).toBe('bidding_over');
    expect((await good(world.foreman.get(urlOf(world)))).open).toMatchObject({ taking: false, ended: true });
  });

  it('open to what they were and to nothing else, by nobody else, and never to what could not be bid', async () => {
    const world = await openSealed();
    const [bid, high] = [slip(2, '700.00'), slip(3, '1250.00')];
    await good(handIn(world, bid));
    await good(handIn(world, high));
    await good(endBidding(world));
    const others = [
      [reveal(world, { ...bid, discount: '750.00' }), 409, 'reveal_differs', 'discount'],
      [reveal(world, { ...bid, salt: 'ab'.repeat(16) }), 409, 'reveal_differs', 'discount'],
      [reveal(world, { ...bid, salt: 'short' }), 400, 'request_invalid', 'salt'],
      [reveal(world, high), 409, 'bid_above_highest', 'amount'],
      [reveal(world, slip(4, '700.00')), 409, 'bidding_over', undefined],
      [member(world, 1).send('POST', `${urlOf(world)}/revealed-bids`, bid), 403, 'chit_actor_not_allowed', undefined],
    ] as const;
    for (const [answer, status, code, field] of others) {
      expect(await answer).toMatchObject({ status, body: { code, ...(field === undefined ? {} : { field }) } });
    }
    await good(reveal(world, bid));
  });

  it('and open ones are each taken in draws of their kind alone', async () => {
    const world = await openSealed();
    expect((await world.bid(1, 2, '300.00')).body.code).toBe('bidding_over');
    const open = await openSchemeWorld();
    open.goTo('2026-04-06');
    await open.open(1);
    expect((await handIn(open, slip(2, '300.00'))).body.code).toBe('bidding_over');
  });
});
