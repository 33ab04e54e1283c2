import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import type { EventEntry, FeedCursor } from '../src/events/event-bus.ts';
import { createEventPublisher } from '../src/events/publish-events.ts';
import { openDispute, resolveDispute } from '../src/services/dispute.ts';
import { bookAndComplete, olga, openCrownWorld, twoDays } from './crown-world.ts';

function openBus() {
  const taken: EventEntry[] = [];
  const bus = { isAway: false };
  let cursor: FeedCursor | undefined;
  return {
    bus: {
      putEvents: async ({ Entries }: { readonly Entries: readonly EventEntry[] }) => {
        if (bus.isAway) return { FailedEntryCount: Entries.length };
        taken.push(...Entries);
        return { FailedEntryCount: 0 };
      },
    },
    cursors: {
      read: async () => cursor,
      write: async (next: FeedCursor) => {
        cursor = next;
      },
    },
    setAway: (isAway: boolean) => {
      bus.isAway = isAway;
    },
    taken,
  };
}

const types = (taken: readonly EventEntry[]) => taken.map(({ DetailType }) => DetailType);

describe('domain events', () => {
  it('tell what was committed, once each, in order, whichever process publishes', async () => {
    const world = await openCrownWorld();
    const { bus, cursors, setAway, taken } = openBus();
    const publish = createEventPublisher(world.crown, bus, cursors);
    await bookAndComplete(world.crown);
    (await publish())._unsafeUnwrap();
    expect(types(taken)).toEqual(['BOOKING_PAID', 'BOOKING_COMPLETED']);
    const dispute = { booking: 'b1', dispute: 'd1' };
    (await openDispute(world.crown, dispute, 'not clean'))._unsafeUnwrap();
    (await resolveDispute(world.crown, dispute, usd('20'), olga))._unsafeUnwrap();
    setAway(true);
    expect((await publish())._unsafeUnwrapErr().code).toBe('bus_refused');
    world.pass(twoDays);
    await world.settle();
    setAway(false);
    (await publish())._unsafeUnwrap();
    (await createEventPublisher(world.open(), bus, cursors)())._unsafeUnwrap();
    expect(types(taken).slice(2)).toEqual([
      'DISPUTE_OPENED',
      'PAYOUT_HELD',
      'DISPUTE_RESOLVED',
      'REFUND_ISSUED',
      'PAYOUT_SCHEDULED',
      'PAYOUT_RELEASED',
    ]);
    const released = taken.at(-1);
    expect(released?.Source).toBe('crownstandard.payout');
    expect(JSON.parse(released?.Detail ?? '')).toMatchObject({ bookingId: 'b1', amount: '60.00', currency: 'USD' });
    expect(new Set(taken.map(({ Detail }) => JSON.parse(Detail).id)).size).toBe(taken.length);
  });

  it('stop where the journal is not the one that was published', async () => {
    const [first, second] = [await openCrownWorld(), await openCrownWorld()];
    const { bus, cursors } = openBus();
    await bookAndComplete(first.crown);
    await bookAndComplete(second.crown, usd('50'));
    (await createEventPublisher(first.crown, bus, cursors)())._unsafeUnwrap();
    const other = await createEventPublisher(second.crown, bus, cursors)();
    expect(other._unsafeUnwrapErr().code).toBe('journal_diverged');
  });
});
