import { describe, expect, it } from 'vitest';
import type { Channels } from '../src/messages/channels.ts';
import { deliverOutbox } from '../src/messages/deliver-outbox.ts';
import { tell } from '../src/messages/tell.ts';
import { type Client, openPortalWorld, type PortalWorld } from './portal-world.ts';

type ShortMessage = Parameters<Channels['sms']>[0];

/** A provider as the port describes him, who does with the first messages what he is told to. */
function provider(...deeds: readonly (() => void | Promise<void>)[]) {
  const asked: ShortMessage[] = [];
  const sms: Channels['sms'] = async (message) => {
    asked.push(message);
    await deeds[asked.length - 1]?.();
  };
  return { asked, sms };
}

const refuses = () => {
  throw new Error('the operator is down');
};

/** Has a user told that an instalment is due: in the portal, by mail and by short message. */
async function remind({ portal }: PortalWorld, { id: userId }: Client, id = 'due.1'): Promise<void> {
  const values = { instalment: '1', scheme: 'Small chit', ticket: '1', amount: '975.00', dueOn: '2026-04-11' };
  await tell(portal.database, { id, userId, event: 'PAYMENT_DUE', values, now: portal.clock() });
}

/** A user whose mail of the registration has left. */
async function openWorld(): Promise<{ readonly world: PortalWorld; readonly ravi: Client }> {
  const world = await openPortalWorld();
  const ravi = await world.user('ravi');
  await deliverOutbox(world.portal, world.channels);
  world.mails.length = 0;
  return { world, ravi };
}

const inApp = async (client: Client) => (await client.get('/api/notifications')).body.items;

describe('a short message', () => {
  it('reaches its provider as the port says: a stable id, a number of E.164, and the text', async () => {
    const { world, ravi } = await openWorld();
    await remind(world, ravi);
    await remind(world, ravi);
    const { asked, sms } = provider();
    expect(await deliverOutbox(world.portal, { ...world.channels, sms })).toEqual({ sent: 2, failed: 0 });
    const text = 'Instalment 1 of Small chit, ticket 1: ₹975.00 is due on 2026-04-11.';
    expect(asked).toEqual([{ id: 'due.1.sms', to: expect.stringMatching(/^\+9198[0-9]{8}$/), text }]);
    expect(await deliverOutbox(world.portal, { ...world.channels, sms })).toEqual({ sent: 0, failed: 0 });
  });

  it('that fails loses neither the mail nor the notice in the portal, and comes again under its id', async () => {
    const { world, ravi } = await openWorld();
    await remind(world, ravi);
    const { asked, sms } = provider(refuses);
    const channels = { ...world.channels, sms };
    expect(await deliverOutbox(world.portal, channels)).toEqual({ sent: 1, failed: 1 });
    expect(world.mails).toMatchObject([{ to: ravi.email, subject: 'Payment due' }]);
    expect(await inApp(ravi)).toMatchObject([{ event: 'PAYMENT_DUE', title: 'Payment due' }]);
    const waiting = world.portal.database.selectFrom('outbox').selectAll().where('channel', '=', 'SMS');
    expect(await waiting.execute()).toMatchObject([{ sent_at: null, attempts: 1, trouble: 'the operator is down' }]);
    expect(await deliverOutbox(world.portal, channels)).toEqual({ sent: 0, failed: 0 });
    world.pass({ ms: 61_000 });
    expect(await deliverOutbox(world.portal, channels)).toEqual({ sent: 1, failed: 0 });
    expect(asked.map(({ id }) => id)).toEqual(['due.1.sms', 'due.1.sms']);
    expect(await waiting.execute()).toMatchObject([{ sent_at: world.now(), body: '', trouble: null }]);
    expect(world.mails).toHaveLength(1);
  });

  it('whose provider never answers holds up no mail, nor the short message behind it', async () => {
    const { world, ravi } = await openWorld();
    for (const id of ['due.1', 'due.2']) await remind(world, ravi, id);
    const { asked, sms } = provider(() => new Promise<void>(() => {}));
    expect(await deliverOutbox(world.portal, { ...world.channels, sms }, 1_000)).toEqual({ sent: 3, failed: 1 });
    expect(world.mails).toHaveLength(2);
    expect(asked).toHaveLength(2);
    const late = world.portal.database.selectFrom('outbox').selectAll().where('sent_at', 'is', null);
    expect(await late.execute()).toMatchObject([{ channel: 'SMS', trouble: 'no answer in 1000 ms' }]);
  });

  it('may fail with anything: it is noted in characters that can be stored, and the rest goes on', async () => {
    const { world, ravi } = await openWorld();
    const thrown = [new Error('a \0 and a lone \ud800 ₹'), undefined, 'x'.repeat(5_000)];
    for (const index of thrown.keys()) await remind(world, ravi, `due.${index}`);
    const { sms } = provider(
      ...thrown.map((one) => () => {
        throw one;
      }),
    );
    expect(await deliverOutbox(world.portal, { ...world.channels, sms })).toEqual({ sent: 3, failed: 3 });
    const noted = await world.portal.database
      .selectFrom('outbox')
      .select('trouble')
      .where('channel', '=', 'SMS')
      .execute();
    const expected = ['a ? and a lone ? ?', 'undefined', 'x'.repeat(200)];
    expect(noted.map(({ trouble }) => trouble).sort()).toEqual(expected);
  });

  it('is given up after ten tries, while the notice stays', async () => {
    const { world, ravi } = await openWorld();
    await remind(world, ravi);
    const { asked, sms } = provider(...Array.from({ length: 20 }, () => refuses));
    for (let turn = 0; turn < 12; turn++) {
      await deliverOutbox(world.portal, { ...world.channels, sms });
      world.pass({ ms: 86_400_000 });
    }
    expect(asked).toHaveLength(10);
    const notices = await world.portal.database.selectFrom('notifications').select('event').execute();
    expect(notices).toEqual([{ event: 'PAYMENT_DUE' }]);
  });
});
