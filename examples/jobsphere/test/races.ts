import { afterEach, beforeEach, expect, it } from 'vitest';
import { OFFER, postAndApply, sendOffer } from './jobs.ts';
import { type RunningService, type ServiceOptions, startService } from './start-service.ts';

/** Two clients at once, over HTTP, many times: exactly one wins, and no cent is lost. */
export function races(rounds: number, open?: ServiceOptions['open']): void {
  let running: RunningService;
  beforeEach(async () => {
    running = await startService(open ? { open } : {});
  });
  afterEach(async () => {
    expect(running.defects).toEqual([]);
    await running.close();
  });

  const wallet = async () => (await running.as('customer-1').get('/wallet')).body.data;

  it('lets a cancellation of a pending offer and its acceptance both happen only in one order', async () => {
    await running.as('customer-1').post('/wallet/deposits', { amount: '200.00' });
    const winners = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      const { job, offer } = await sendOffer(running);
      const accept = () => running.as('contractor-1').post(`/offers/${offer}/accept`);
      const cancel = () => running.as('customer-1').post(`/jobs/${job}/cancel`, { reason: 'Raced' });
      const [first, second] = round % 2 === 0 ? [accept, cancel] : [cancel, accept];
      // The last two rounds are no race: one of each order, since chance owes us neither.
      const inTurn = round >= rounds - 2;
      const answers = inTurn ? [await first(), await second()] : await Promise.all([first(), second()]);
      const [accepted, cancelled] = round % 2 === 0 ? answers : [answers[1], answers[0]];
      // A cancellation is allowed before and after an acceptance, so it always goes through; an acceptance only before it.
      expect(cancelled?.status).toBe(200);
      expect([200, 400]).toContain(accepted?.status);
      if (accepted?.status === 400) expect(accepted.body.message).toBe('Offer is cancelled');
      winners.add(accepted?.status === 200 ? 'accepted first' : 'cancelled first');
      expect((await running.as('customer-1').get(`/offers/${offer}`)).body.data.status).toBe('cancelled');
      expect(await wallet()).toMatchObject({ balance: '200.00', escrowBalance: '0.00' });
    }
    expect([...winners].sort()).toEqual(['accepted first', 'cancelled first']);
  });

  it('lets exactly one of acceptance and rejection win', async () => {
    await running.as('customer-1').post('/wallet/deposits', { amount: '200.00' });
    for (let round = 0; round < rounds; round += 1) {
      const { job, offer } = await sendOffer(running);
      const accept = () => running.as('contractor-1').post(`/offers/${offer}/accept`);
      const reject = () => running.as('contractor-1').post(`/offers/${offer}/reject`, { reason: 'Raced' });
      const answers = await Promise.all(round % 2 === 0 ? [accept(), reject()] : [reject(), accept()]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
      const { status } = (await running.as('customer-1').get(`/offers/${offer}`)).body.data;
      expect(await wallet()).toMatchObject(
        status === 'accepted'
          ? { balance: '95.00', escrowBalance: '100.00' }
          : { balance: '200.00', escrowBalance: '0.00' },
      );
      await running.as('customer-1').post(`/jobs/${job}/cancel`, { reason: 'Next round' });
    }
  });

  it('lets exactly one of completion and cancellation win', async () => {
    await running.as('customer-1').post('/wallet/deposits', { amount: '10000.00' });
    let completed = 0;
    for (let round = 0; round < rounds; round += 1) {
      const { job, offer } = await sendOffer(running);
      await running.as('contractor-1').post(`/offers/${offer}/accept`);
      const complete = () => running.as('customer-1').post(`/jobs/${job}/complete`);
      const cancel = () => running.as('admin-1').post(`/jobs/${job}/cancel`, { reason: 'Raced' });
      const answers = await Promise.all(round % 2 === 0 ? [complete(), cancel()] : [cancel(), complete()]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
      const { status } = (await running.as('customer-1').get(`/offers/${offer}`)).body.data;
      expect((await running.as('customer-1').get(`/jobs/${job}`)).body.data.status).toBe(status);
      if (status === 'completed') completed += 1;
      expect(await wallet()).toMatchObject({ balance: `${10_000 - 105 * completed}.00`, escrowBalance: '0.00' });
    }
    expect((await running.as('contractor-1').get('/wallet')).body.data.totalEarnings).toBe(`${80 * completed}.00`);
  });

  it('sends one of many offers for one job, and holds money for it alone', async () => {
    await running.as('customer-1').post('/wallet/deposits', { amount: '1000.00' });
    const { application } = await postAndApply(running);
    const send = () => running.as('customer-1').post(`/applications/${application}/offers`, OFFER);
    const answers = await Promise.all(Array.from({ length: 5 }, send));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400, 400]);
    expect(await wallet()).toMatchObject({ balance: '895.00', escrowBalance: '105.00' });
  });

  it('never spends a balance twice (E12)', async () => {
    await running.as('customer-1').post('/wallet/deposits', { amount: '150.00' });
    const [left, right] = [await postAndApply(running), await postAndApply(running)];
    const send = (application: string) => running.as('customer-1').post(`/applications/${application}/offers`, OFFER);
    const answers = await Promise.all([send(left.application), send(right.application)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400]);
    expect(await wallet()).toMatchObject({ balance: '45.00', escrowBalance: '105.00' });
  });
}
