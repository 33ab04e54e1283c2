import { hours } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../src/audit/audit-entry.ts';
import { countAudit, readAudit } from '../src/audit/read-audit.ts';
import type { Crown } from '../src/book/open-crown.ts';
import type { EventBus } from '../src/events/event-bus.ts';
import { createEventPublisher } from '../src/events/publish-events.ts';
import { openDispute, resolveDispute } from '../src/services/dispute.ts';
import { giveTip } from '../src/services/give-tip.ts';
import { releaseBooking } from '../src/services/release-earnings.ts';
import { bookAndComplete, olga, openCrownWorld, twoDays } from './crown-world.ts';

async function entriesOf(crown: Crown): Promise<readonly AuditEntry[]> {
  const entries: AuditEntry[] = [];
  (await readAudit(crown, (entry) => entries.push(entry)))._unsafeUnwrap();
  return entries;
}

describe('the audit log', () => {
  it('has the six actions of a booking that is disputed, refunded, refused and paid, each with who and when', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    const dispute = { booking: 'b1', dispute: 'd1' };
    (await openDispute(world.crown, dispute, 'not clean'))._unsafeUnwrap();
    (await resolveDispute(world.crown, dispute, usd('20'), olga))._unsafeUnwrap();
    world.pass(twoDays);
    const throttled = { fault: 'answer', status: 429 } as const;
    await world.peer.script({ method: 'POST', path: '/v1/transfers', meets: throttled });
    await world.settle();
    world.pass(hours(1));
    await world.settle();
    await world.peer.deliver();
    await world.settle();
    const entries = await entriesOf(world.crown);
    expect(entries.map(({ action, at, actor, amount }) => [action, at.slice(5, 16), actor, amount])).toEqual([
      ['PAYOUT_HELD', '03-01T00:00', 'cleo', undefined],
      ['REFUND_ISSUED', '03-01T00:00', 'olga', '20.00'],
      ['PAYOUT_SCHEDULED', '03-03T00:00', 'payout-worker', undefined],
      ['PAYOUT_FAILED', '03-03T00:00', 'payout-worker', '60.00'],
      ['PAYOUT_RETRIED', '03-03T01:00', 'payout-worker', '60.00'],
      ['PAYOUT_RELEASED', '03-03T01:00', 'payout-worker', '60.00'],
    ]);
    expect(entries.every(({ bookingId }) => bookingId === 'b1')).toBe(true);
    expect((await countAudit(world.crown))._unsafeUnwrap()).toEqual({
      actions: {
        PAYOUT_SCHEDULED: 1,
        PAYOUT_RELEASED: 1,
        PAYOUT_FAILED: 1,
        REFUND_ISSUED: 1,
        PAYOUT_HELD: 1,
        PAYOUT_RETRIED: 1,
      },
      bookingsHeld: 1,
    });
  });

  it.each([
    ['of the booking, before the release', 0, false],
    ['of a tip, before the release', 1, false],
    ['of the booking, after the release and before the transfer', 0, true],
  ])(
    'says once that a payout is held by a dispute at the bank, %s, and so do the events',
    async (_, payment, isReleased) => {
      const world = await openCrownWorld();
      await bookAndComplete(world.crown);
      (await giveTip(world.crown, { booking: 'b1', tip: 't1', amount: usd('10') }))._unsafeUnwrap();
      if (isReleased) {
        world.pass(twoDays);
        (await releaseBooking(world.crown, 'b1'))._unsafeUnwrap();
      }
      const intent = (await world.peer.paymentIntents())[payment];
      for (const status of ['needs_response', 'under_review'] as const) {
        await world.peer.dispute(`${intent?.id}`, status);
        await world.peer.deliver();
        await world.settle();
      }
      const held = (await entriesOf(world.crown)).filter(({ action }) => action === 'PAYOUT_HELD');
      expect(held.map(({ bookingId }) => bookingId)).toEqual(['b1']);
      expect((await countAudit(world.crown))._unsafeUnwrap()).toMatchObject({ bookingsHeld: 1 });
      const told: string[] = [];
      const bus: EventBus = {
        putEvents: async ({ Entries }) => {
          told.push(...Entries.map(({ DetailType }) => DetailType));
          return { FailedEntryCount: 0 };
        },
      };
      const cursors = { read: async () => undefined, write: async () => {} };
      (await createEventPublisher(world.crown, bus, cursors)())._unsafeUnwrap();
      expect(told.filter((type) => type === 'PAYOUT_HELD')).toHaveLength(1);
    },
  );

  it('is the same whenever it is made, and from another process', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    world.pass(twoDays);
    await world.settle();
    const once = await entriesOf(world.crown);
    expect(await entriesOf(world.open())).toEqual(once);
    expect(new Set(once.map(({ id }) => id)).size).toBe(once.length);
    expect(once.length).toBe(2);
  });
});
