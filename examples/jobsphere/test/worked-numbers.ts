import { days } from '@holdfast/kernel';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OFFER, platform, postAndApply, sendOffer } from './jobs.ts';
import { type RunningService, type ServiceOptions, startService } from './start-service.ts';

/** The seed's worked numbers over HTTP, on whatever book and host are given. */
export function workedNumbers(open?: ServiceOptions['open']): void {
  let running: RunningService;
  beforeEach(async () => {
    running = await startService(open ? { open } : {});
    await running.as('customer-1').post('/wallet/deposits', { amount: '200.00' });
  });
  afterEach(async () => {
    expect(running.defects).toEqual([]);
    await running.close();
  });

  const wallet = async (user: string) => (await running.as(user).get('/wallet')).body.data;

  it('shows a wallet in the shape of the seed, and makes one for who never had one', async () => {
    const answered = await running.as('contractor-2').get('/wallet');
    expect(answered).toEqual({
      status: 200,
      body: {
        status: 200,
        message: 'Wallet retrieved successfully',
        data: {
          _id: 'users:contractor-2:available',
          user: 'contractor-2',
          balance: '0.00',
          escrowBalance: '0.00',
          currency: 'USD',
          totalEarnings: '0.00',
          totalSpent: '0.00',
          totalWithdrawals: '0.00',
          isActive: true,
          isFrozen: false,
        },
      },
    });
  });

  it('charges 105 for an offer of 100, holds it, and leaves 95 of 200', async () => {
    const { application, job } = await postAndApply(running);
    const sent = await running.as('customer-1').post(`/applications/${application}/offers`, OFFER);
    expect(sent).toMatchObject({
      status: 201,
      body: {
        status: 201,
        message: 'Offer sent successfully',
        data: {
          job,
          application,
          customer: 'customer-1',
          contractor: 'contractor-1',
          amount: '100.00',
          platformFee: '5.00',
          serviceFee: '20.00',
          contractorPayout: '80.00',
          totalCharge: '105.00',
          timeline: '2 weeks',
          description: 'Both sides, white',
          status: 'pending',
          expiresAt: '2026-03-09T09:00:00.000Z',
        },
      },
    });
    expect(await wallet('customer-1')).toMatchObject({ balance: '95.00', escrowBalance: '105.00', totalSpent: '0.00' });
  });

  it('moves 5 to where it is unearned on acceptance, earns 25 and pays 80 on completion', async () => {
    const { job, offer } = await sendOffer(running);
    const accepted = await running.as('contractor-1').post(`/offers/${offer}/accept`);
    expect(accepted.body).toMatchObject({
      status: 200,
      message: 'Offer accepted successfully',
      data: { status: 'accepted' },
    });
    expect(await wallet('customer-1')).toMatchObject({ balance: '95.00', escrowBalance: '100.00' });
    expect(await platform(running)).toEqual({ 'platform:fees:unearned USD': '5.00', 'world:manual USD': '-200.00' });
    expect((await running.as('customer-1').get(`/jobs/${job}`)).body.data).toMatchObject({
      status: 'assigned',
      contractor: 'contractor-1',
    });

    const completed = await running.as('customer-1').post(`/jobs/${job}/complete`);
    expect(completed.body).toMatchObject({ message: 'Job completed successfully', data: { status: 'completed' } });
    expect(await wallet('customer-1')).toMatchObject({ balance: '95.00', escrowBalance: '0.00', totalSpent: '105.00' });
    expect(await wallet('contractor-1')).toMatchObject({ balance: '80.00', totalEarnings: '80.00' });
    expect(await platform(running)).toEqual({
      'platform:fees:earned USD': '25.00',
      'platform:fees:unearned USD': '0.00',
      'world:manual USD': '-200.00',
    });
  });

  it('gives all back on rejection, and lets the customer send another offer for the job (J1)', async () => {
    const { offer, application } = await sendOffer(running);
    const rejected = await running.as('contractor-1').post(`/offers/${offer}/reject`, { reason: 'Too far away' });
    expect(rejected.body).toMatchObject({
      message: 'Offer rejected successfully',
      data: { status: 'rejected', rejectionReason: 'Too far away' },
    });
    expect(await wallet('customer-1')).toMatchObject({ balance: '200.00', escrowBalance: '0.00' });
    const again = await running.as('customer-1').post(`/applications/${application}/offers`, OFFER);
    expect(again.status).toBe(201);
    expect(await wallet('customer-1')).toMatchObject({ balance: '95.00', escrowBalance: '105.00' });
  });

  it.each(['customer-1', 'admin-1'])('gives all back when %s cancels a pending offer (J17)', async (who) => {
    const { job, offer } = await sendOffer(running);
    const cancelled = await running.as(who).post(`/jobs/${job}/cancel`, { reason: 'Not needed any more' });
    expect(cancelled.body).toMatchObject({ message: 'Job cancelled successfully', data: { status: 'cancelled' } });
    expect(await wallet('customer-1')).toMatchObject({ balance: '200.00', escrowBalance: '0.00' });
    expect((await running.as('customer-1').get(`/offers/${offer}`)).body.data).toMatchObject({
      status: 'cancelled',
      cancellationReason: 'Not needed any more',
    });
  });

  it('gives the platform fee back as well when an accepted offer is cancelled (J2)', async () => {
    const { job, offer } = await sendOffer(running);
    await running.as('contractor-1').post(`/offers/${offer}/accept`);
    await running.as('customer-1').post(`/jobs/${job}/cancel`, { reason: 'Not needed any more' });
    expect(await wallet('customer-1')).toMatchObject({ balance: '200.00', escrowBalance: '0.00', totalSpent: '0.00' });
    expect(await platform(running)).toEqual({ 'platform:fees:unearned USD': '0.00', 'world:manual USD': '-200.00' });
  });

  it('gives all back when seven days have passed, swept or not (J10)', async () => {
    const { offer, application, job } = await sendOffer(running);
    running.pass(days(7));
    expect((await running.as('contractor-1').post(`/offers/${offer}/accept`)).body).toMatchObject({
      status: 400,
      message: 'Offer has expired',
    });
    const swept = (await running.service.book.runDueTasks())._unsafeUnwrap();
    expect(swept).toMatchObject({ done: 1, troubles: [] });
    expect(await wallet('customer-1')).toMatchObject({ balance: '200.00', escrowBalance: '0.00' });
    expect((await running.as('customer-1').get(`/offers/${offer}`)).body.data.status).toBe('expired');
    expect((await running.as('customer-1').get(`/jobs/${job}`)).body.data.status).toBe('open');
    expect((await running.as('customer-1').post(`/applications/${application}/offers`, OFFER)).status).toBe(201);
  });

  it('rounds the odd cents half up and loses none', async () => {
    const { job, offer } = await sendOffer(running, '33.33');
    const shown = (await running.as('customer-1').get(`/offers/${offer}`)).body.data;
    expect(shown).toMatchObject({
      platformFee: '1.67',
      serviceFee: '6.67',
      contractorPayout: '26.66',
      totalCharge: '35.00',
    });
    await running.as('contractor-1').post(`/offers/${offer}/accept`);
    await running.as('customer-1').post(`/jobs/${job}/complete`);
    expect(await wallet('contractor-1')).toMatchObject({ balance: '26.66' });
    expect(await wallet('customer-1')).toMatchObject({ balance: '165.00', totalSpent: '35.00' });
    expect((await platform(running))['platform:fees:earned USD']).toBe('8.34');
  });

  it('lists transactions newest first, by type and page', async () => {
    const { job, offer } = await sendOffer(running);
    await running.as('contractor-1').post(`/offers/${offer}/accept`);
    await running.as('customer-1').post(`/jobs/${job}/complete`);
    const all = (await running.as('customer-1').get('/wallet/transactions')).body;
    expect(all.message).toBe('Transactions retrieved successfully');
    expect(all.data.pagination).toEqual({ page: 1, limit: 10, total: 5, totalPages: 1 });
    const kinds = all.data.transactions.map(
      ({ type, amount }: { type: string; amount: string }) => `${type} ${amount}`,
    );
    expect(kinds.slice(2)).toEqual(['platform_fee 5.00', 'escrow_hold 105.00', 'deposit 200.00']);
    expect(kinds.slice(0, 2).sort()).toEqual(['contractor_payout 80.00', 'service_fee 20.00']);
    expect(all.data.transactions.find(({ type }: { type: string }) => type === 'contractor_payout')).toMatchObject({
      from: 'customer-1',
      to: 'contractor-1',
      offer,
      job,
      status: 'completed',
      description: 'Contractor payout for completed job',
    });

    const second = (await running.as('customer-1').get('/wallet/transactions?page=2&limit=2')).body.data;
    expect(second.pagination).toEqual({ page: 2, limit: 2, total: 5, totalPages: 3 });
    expect(second.transactions).toEqual(all.data.transactions.slice(2, 4));
    const holds = (await running.as('customer-1').get('/wallet/transactions?type=escrow_hold')).body.data;
    expect(holds.transactions.map(({ type }: { type: string }) => type)).toEqual(['escrow_hold']);
    const paid = (await running.as('contractor-1').get('/wallet/transactions')).body.data;
    expect(paid.transactions.map(({ type }: { type: string }) => type)).toEqual(['contractor_payout']);
  });
}
