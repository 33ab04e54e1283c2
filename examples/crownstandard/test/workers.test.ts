import { hours } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { countAudit } from '../src/audit/read-audit.ts';
import { bookingDocument } from '../src/seed/booking-document.ts';
import { payoutDocuments } from '../src/seed/payout-document.ts';
import { openDispute, rejectDispute } from '../src/services/dispute.ts';
import { explainBooking } from '../src/services/explain-booking.ts';
import { giveTip } from '../src/services/give-tip.ts';
import { alertOf } from '../src/workers/admin-alert.ts';
import { createHourlySweep } from '../src/workers/hourly-sweep.ts';
import { createPayoutWorkerHandler } from '../src/workers/payout-worker.ts';
import type { PayoutMessage, SqsEvent } from '../src/workers/queue.ts';
import { createRetryWorkerHandler } from '../src/workers/retry-worker.ts';
import { runWorkers } from '../src/workers/run-workers.ts';
import { bookAndComplete, type CrownWorld, olga, openCrownWorld, twoDays } from './crown-world.ts';

const no = { method: 'POST', path: '/v1/transfers' } as const;
/** A no that is the payout's own, so that it spends a retry. */
const refused = {
  fault: 'answer',
  status: 400,
  error: { type: 'invalid_request_error', code: 'payments_paused', message: 'no' },
} as const;
const short = {
  fault: 'answer',
  status: 400,
  error: { type: 'invalid_request_error', code: 'balance_insufficient', message: 'no' },
} as const;

/** The queues as arrays, the workers behind them. */
function openQueues({ crown }: Pick<CrownWorld, 'crown'>) {
  const sent: { readonly queue: string; readonly message: PayoutMessage; readonly delaySeconds: number }[] = [];
  const into =
    (queue: string) =>
    async (message: PayoutMessage, options = { delaySeconds: 0 }) => {
      sent.push({ queue, message, ...options });
    };
  const queues = { payouts: into('payouts'), retries: into('retries') };
  return {
    sent,
    sweep: createHourlySweep(crown, queues),
    payoutWorker: createPayoutWorkerHandler(crown, queues),
    retryWorker: createRetryWorkerHandler(crown, queues),
  };
}

function eventOf(...messages: readonly object[]): SqsEvent {
  return { Records: messages.map((message, index) => ({ messageId: `m${index}`, body: JSON.stringify(message) })) };
}

async function amounts({ peer }: CrownWorld): Promise<readonly number[]> {
  return (await peer.transfers()).map(({ amount }) => Number(amount));
}

describe('the workers', () => {
  it('the hourly sweep finds a booking at its 48 hours, and the worker pays it', async () => {
    const world = await openCrownWorld();
    const { sweep, payoutWorker, sent } = openQueues(world);
    await bookAndComplete(world.crown);
    world.pass({ ms: twoDays.ms - 1 });
    expect(await sweep()).toEqual({ found: 0, sent: 0 });
    world.pass({ ms: 1 });
    expect(await sweep()).toEqual({ found: 1, sent: 1 });
    expect(sent).toEqual([{ queue: 'payouts', message: { bookingId: 'b1' }, delaySeconds: 0 }]);
    expect(await amounts(world)).toEqual([]);
    expect(await payoutWorker(eventOf({ bookingId: 'b1' }))).toEqual({ batchItemFailures: [] });
    expect(await amounts(world)).toEqual([7500]);
    world.pass(hours(1));
    expect(await sweep()).toEqual({ found: 0, sent: 0 });
    await world.check();
  });

  it('early, duplicate and foreign messages pay nothing more, and what is no message is handed back', async () => {
    const world = await openCrownWorld();
    const { payoutWorker, retryWorker } = openQueues(world);
    await bookAndComplete(world.crown);
    await payoutWorker(eventOf({ bookingId: 'b1' }, { bookingId: 'b1' }, { bookingId: 'nobody' }));
    expect(await amounts(world)).toEqual([]);
    world.pass(twoDays);
    await payoutWorker(eventOf({ bookingId: 'b1' }, { bookingId: 'b1' }));
    await payoutWorker(eventOf({ bookingId: 'b1' }));
    await retryWorker(eventOf({ bookingId: 'b1' }));
    expect(await amounts(world)).toEqual([7500]);
    const mixed = { Records: [...eventOf({ bookingId: 'b1' }).Records, { messageId: 'm9', body: '{' }] };
    expect(await payoutWorker(mixed)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm9' }] });
    expect(await payoutWorker(eventOf({ bookingId: 'a b' }, { booking: 'b1' }))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm1' }],
    });
    await world.check();
  });

  it('two workers at once make one transfer', async () => {
    const world = await openCrownWorld();
    const [one, other] = [openQueues(world), openQueues({ crown: world.open() })];
    await bookAndComplete(world.crown);
    (await giveTip(world.crown, { booking: 'b1', tip: 't1', amount: usd('10') }))._unsafeUnwrap();
    world.pass(twoDays);
    const event = eventOf({ bookingId: 'b1' });
    await Promise.all([one.payoutWorker(event), other.payoutWorker(event), one.retryWorker(event), other.sweep()]);
    await Promise.all([one.payoutWorker(event), other.payoutWorker(event)]);
    expect(await amounts(world)).toEqual([8500]);
    await world.check();
  });

  it('three retries follow the first call, each later than the one before, then the admin is told once', async () => {
    const world = await openCrownWorld();
    const { payoutWorker, retryWorker, sent } = openQueues(world);
    await bookAndComplete(world.crown);
    world.pass(twoDays);
    await world.peer.script({ ...no, times: 9, meets: refused });
    await payoutWorker(eventOf({ bookingId: 'b1' }));
    const waits: number[] = [];
    for (let calls = 1; calls < 20; calls++) {
      const last = sent.at(-1);
      if (last?.queue !== 'retries') break;
      sent.length = 0;
      waits.push(last.delaySeconds);
      world.pass({ ms: last.delaySeconds * 1_000 });
      await retryWorker(eventOf(last.message));
    }
    const calls = (await world.peer.requests()).filter(
      ({ url, method }) => method === 'POST' && url.startsWith('/v1/transfers'),
    );
    expect(calls.length).toBe(4);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(300 + 1500 + 7500);
    expect(Math.max(...waits)).toBe(900);
    expect(world.alarms.map(({ alarm }) => alarm)).toEqual(['payout_failed']);
    expect(alertOf(world.alarms[0] as never).subject).toMatch(/^Payout b1\.USD\..* failed$/);
    expect((await countAudit(world.crown))._unsafeUnwrap().actions).toMatchObject({
      PAYOUT_SCHEDULED: 1,
      PAYOUT_RELEASED: 0,
      PAYOUT_FAILED: 4,
      PAYOUT_RETRIED: 3,
    });
    expect((await payoutDocuments(world.crown, 'b1'))._unsafeUnwrap()[0]?.status).toBe('failed');
    await world.check();
    await world.peer.clearScript();
    const [{ payoutId = '' } = {}] = (await payoutDocuments(world.crown, 'b1'))._unsafeUnwrap();
    (await world.crown.worker.redrive(payoutId, { actor: olga, key: 'again', why: 'mended' }))._unsafeUnwrap();
    await retryWorker(eventOf({ bookingId: 'b1', payoutId }));
    expect(await amounts(world)).toEqual([7500]);
    await world.check();
  });

  it('an open dispute is left alone by sweep and workers, and the decision goes on by itself', async () => {
    const world = await openCrownWorld();
    const { sweep, payoutWorker } = openQueues(world);
    await bookAndComplete(world.crown);
    (await openDispute(world.crown, { booking: 'b1', dispute: 'd1' }, 'not clean'))._unsafeUnwrap();
    world.pass(hours(50));
    await sweep();
    await payoutWorker(eventOf({ bookingId: 'b1' }));
    expect(await amounts(world)).toEqual([]);
    (await rejectDispute(world.crown, { booking: 'b1', dispute: 'd1' }, olga))._unsafeUnwrap();
    await payoutWorker(eventOf({ bookingId: 'b1' }));
    expect(await amounts(world)).toEqual([7500]);
    await world.check();
  });

  it('a plain process does the same without any queue', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    world.pass(twoDays);
    const troubles: unknown[] = [];
    const workers = runWorkers(world.crown, {
      everyMs: 5,
      webhooks: world.webhooks,
      onTrouble: (trouble) => troubles.push(trouble),
    });
    while ((await amounts(world)).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await workers.stop();
    expect(await amounts(world)).toEqual([7500]);
    expect(troubles).toEqual([]);
    await world.check();
  });
});

describe('the documents of the seed', () => {
  it('follow a booking from the payment to the payout', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await giveTip(world.crown, { booking: 'b1', tip: 't1', amount: usd('10') }))._unsafeUnwrap();
    const before = (await bookingDocument(world.crown, 'b1'))._unsafeUnwrap();
    expect(before).toMatchObject({
      status: 'completed',
      disputeStatus: 'none',
      completedAt: '2026-03-01T00:00:00.000Z',
      eligibleForReleaseAt: '2026-03-03T00:00:00.000Z',
      payment: { amount: '100.00', refundedAmount: '0.00' },
      pricingSnapshot: { providerShare: '75.00', platformShare: '25.00' },
      tipSummary: { hasTip: true, totalTip: '10.00' },
      payout: { status: 'not_completed_yet' },
    });
    world.pass(twoDays);
    await world.settle();
    const [payment, tip] = await world.peer.paymentIntents();
    const [transfer] = await world.peer.transfers();
    expect((await payoutDocuments(world.crown, 'b1'))._unsafeUnwrap()).toEqual([
      {
        payoutId: 'b1.USD.20260303T000000000Z',
        bookingId: 'b1',
        paymentTransactionId: payment?.id,
        tipTransactionId: tip?.id,
        tipTransactionIds: [tip?.id],
        amount: '85.00',
        currency: 'USD',
        payoutType: 'booking_and_tip',
        releaseDate: '2026-03-03T00:00:00.000Z',
        stripeTransferId: transfer?.id,
        status: 'released',
      },
    ]);
    expect((await bookingDocument(world.crown, 'b1'))._unsafeUnwrap().payout.status).toBe('released');
  });

  it('say failed while a payout is tried again, and why it waits', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    world.pass(twoDays);
    await world.peer.script({ ...no, meets: short });
    await world.settle();
    expect((await bookingDocument(world.crown, 'b1'))._unsafeUnwrap().payout.status).toBe('failed');
    const why = (await explainBooking(world.crown, 'b1'))._unsafeUnwrap();
    expect(why.earnings.flatMap(({ obstacles }) => obstacles.map(({ code }) => code)).length).toBeGreaterThan(0);
    expect(world.alarms.map(({ alarm }) => alarm)).toEqual(['fund_provider']);
  });
});
