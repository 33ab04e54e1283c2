import { replayLot } from '@holdfast/chit-fund';
import { describe, expect, it } from 'vitest';
import { type Client, openPortalWorld } from './portal-world.ts';
import { draft, good, openSchemeWorld, registerScheme } from './scheme-world.ts';

describe('an auction', () => {
  it('takes bids of many at once in one order, and the highest wins', async () => {
    const world = await openSchemeWorld();
    const { foreman, scheme } = world;
    world.goTo('2026-04-06');
    await world.open(1);
    const steps = Array.from({ length: 10 }, (_, index) => index * 50);
    const answers = await Promise.all(
      [2, 3].flatMap((ticket) =>
        steps.map((step) => world.bid(1, ticket, `${200 + step + (ticket === 3 ? 550 : 0)}.00`)),
      ),
    );
    const taken = answers.filter(({ status }) => status === 201);
    for (const { status, body } of answers) if (status !== 201) expect(body.code).toMatch(/^bid_/);
    expect(new Set(taken.map(({ body }) => body.sequence)).size).toBe(taken.length);
    const { open } = await good(foreman.get(`/api/schemes/${scheme}/draws/1`));
    expect(open.bids[0]).toMatchObject({ ticket: 3, discount: '1200.00' });
    await good(foreman.send('POST', `/api/schemes/${scheme}/draws/1/close`, {}));
    const { calendar } = await good(foreman.get(`/api/schemes/${scheme}/draws`));
    expect(calendar[0].winners).toMatchObject([{ ticket: 3, how: 'bid', discount: '1200.00' }]);
  });

  it('at the highest discount is decided by a lot that anybody can replay', async () => {
    const world = await openSchemeWorld();
    const { foreman, scheme } = world;
    world.goTo('2026-04-06');
    await world.open(1);
    const { commitment } = (await good(foreman.get(`/api/schemes/${scheme}/draws/1`))).open;
    const both = await Promise.all([world.bid(1, 2, '1200.00'), world.bid(1, 4, '1200.00')]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    await good(foreman.send('POST', `/api/schemes/${scheme}/draws/1/close`, { words: ['named by the room'] }));
    const { result } = await good(world.members[0]?.get(`/api/schemes/${scheme}/draws/1`) as never);
    expect(result).toMatchObject({ tied: [2, 4], eligible: [1, 2, 3, 4], lot: { words: ['named by the room'] } });
    expect(replayLot(result.lot, commitment).isOk()).toBe(true);
    const other = result.lot.drawn[0] === 2 ? [4] : [2];
    expect(replayLot({ ...result.lot, drawn: other }, commitment).isOk()).toBe(false);
  });

  it('refuses bids with another’s ticket, too high, too low, off the step, in another draw, and of another form', async () => {
    const world = await openSchemeWorld();
    world.goTo('2026-04-06');
    await world.open(1);
    const [anna, bela] = world.members;
    const refusals = [
      [anna?.send('POST', bidUrl(world), discount(2, '300.00')), 403, 'chit_actor_not_allowed'],
      [world.foreman.send('POST', bidUrl(world), discount(9, '300.00')), 404, 'ticket_unknown'],
      [world.bid(1, 2, '1250.00'), 409, 'bid_above_highest'],
      [world.bid(1, 2, '150.00'), 409, 'bid_below_lowest'],
      [world.bid(1, 2, '310.00'), 409, 'bid_off_step'],
      [world.bid(2, 2, '300.00'), 409, 'draw_not_open'],
      [bela?.send('POST', bidUrl(world), { ticket: 2, by: 'discount', amount: 300 }), 400, 'request_invalid'],
      [bela?.send('POST', bidUrl(world), { ticket: 2, by: 'percent', percent: '1e1' }), 400, 'request_invalid'],
    ] as const;
    for (const [answer, status, code] of refusals) expect(await answer).toMatchObject({ status, body: { code } });
    const { open } = await good(world.foreman.get(`/api/schemes/${world.scheme}/draws`));
    expect(open.bids).toEqual([]);
  });

  it('answers a bid that comes again as it was, also after the draw', async () => {
    const world = await openSchemeWorld();
    const { foreman, scheme } = world;
    world.goTo('2026-04-06');
    await world.open(1);
    const first = await good(world.bid(1, 2, '300.00', 'the-same-key'), 201);
    const again = await good(world.bid(1, 2, '300.00', 'the-same-key'), 201);
    expect(again).toEqual({ ...first, replayed: true });
    expect(await world.bid(1, 2, '350.00', 'the-same-key')).toMatchObject({
      status: 409,
      body: { code: 'key_conflict' },
    });
    const close = () => foreman.send('POST', `/api/schemes/${scheme}/draws/1/close`, {}, 'close-it-once');
    const closed = await good(close());
    expect(await good(close())).toEqual({ ...closed, replayed: true });
    expect(await good(world.bid(1, 2, '300.00', 'the-same-key'), 201)).toEqual({ ...first, replayed: true });
  });
});

describe('the last ticket', () => {
  it('goes to one of those who want it at once', async () => {
    const world = await openPortalWorld({ accessExpiresMs: 400 * 86_400_000 });
    const [foreman, admin] = [await world.user('fatima', 'FOREMAN'), await world.user('admin', 'ADMIN')];
    const scheme = await registerScheme(foreman, admin, { ...draft, maxSubscribers: 4 });
    const members: Client[] = [];
    for (const name of ['anna', 'bela', 'chandra', 'devi', 'esha', 'fay']) members.push(await world.user(name));
    for (const member of members) await world.verify(member);
    const answers = await Promise.all(
      members.map((member) => member.send('POST', '/api/subscriptions', { schemeId: scheme })),
    );
    expect(
      answers
        .filter(({ status }) => status === 201)
        .map(({ body }) => body.ticket)
        .sort(),
    ).toEqual([1, 2, 3, 4]);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'scheme_full'],
      [409, 'scheme_full'],
    ]);
    const shown = await good(foreman.get(`/api/schemes/${scheme}`));
    expect(shown).toMatchObject({ currentSubscribers: 4, status: 'PENDING_APPROVAL', phase: 'registered' });
  });
});

type World = Awaited<ReturnType<typeof openSchemeWorld>>;

function bidUrl({ scheme }: World): string {
  return `/api/schemes/${scheme}/draws/1/bids`;
}

function discount(ticket: number, amount: string) {
  return { ticket, by: 'discount', amount };
}
