import { addDuration, type Duration, days, hours, type Instant } from '@holdfast/kernel';
import { subtract, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import type { Operation, Send } from '../port/operation.ts';
import type { Provider } from '../port/provider.ts';
import { isSimulated } from '../registry/simulated-mark.ts';
import { createSimulatedProvider, type SimulatedProviderOptions } from './create-simulated-provider.ts';
import { seededFaults } from './seeded-faults.ts';
import { simulatedDescriptor } from './simulated-descriptor.ts';
import { webhookDeliveries } from './webhook-deliveries.ts';

const t0: Instant = '2026-03-07T10:00:00.000Z';
const { signal } = new AbortController();

function open(options: Partial<SimulatedProviderOptions> = {}) {
  let now = t0;
  const simulated = createSimulatedProvider({ descriptor: simulatedDescriptor(), clock: () => now, ...options });
  const sendOf = (key: string, changed: Partial<Operation> = {}): Send => {
    const operation: Operation = {
      kind: 'transfer',
      reference: 'booking-7',
      amount: usd('75'),
      destination: 'acct_ann',
      metadata: { payout: 'po-7' },
      ...changed,
    };
    return { operation, key, body: simulated.provider.encode(operation) };
  };
  return {
    ...simulated,
    sendOf,
    submit: (key: string, changed: Partial<Operation> = {}) => simulated.provider.submit(sendOf(key, changed), signal),
    pass: (duration: Duration) => {
      now = addDuration(now, duration);
    },
  };
}

/** Numbers as a fixed seed would give them. */
function counting() {
  let state = 7;
  return {
    integer: (limit: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % limit;
    },
  };
}

describe('the simulated provider', () => {
  it('is simulated by type and by mark: it is no live provider', () => {
    const { provider } = open();
    // @ts-expect-error A simulated provider is not assignable where a live one is expected.
    const live: Provider<'live'> = provider;
    expect(live.descriptor.mode).toBe('simulated');
    expect(isSimulated({ ...provider })).toBe(true);
  });

  it('sends nothing for a caller who has given up, and keeps the fault for who has not', async () => {
    const { provider, peer, sendOf, submit, next } = open();
    next('throttled');
    const answer = await provider.submit(sendOf('k1'), AbortSignal.abort());
    expect(answer).toEqual({ outcome: 'not_sent', reason: 'given_up' });
    expect([peer.received(), peer.objects().length]).toEqual([0, 0]);
    expect((await submit('k1')).outcome).toBe('rejected');
  });

  it('executes a key again once it has pruned it', async () => {
    const { submit, peer, pass } = open();
    await submit('k1');
    pass({ ms: days(1).ms - 1 });
    await submit('k1');
    expect(peer.objects()).toHaveLength(1);
    pass({ ms: 1 });
    await submit('k1');
    expect(peer.objects()).toHaveLength(2);
  });

  it('executes a key again once it was made to forget', async () => {
    const { submit, peer } = open();
    await submit('k1');
    peer.forgetKeys();
    expect(await submit('k1')).toMatchObject({ outcome: 'accepted', replayed: false });
    expect(peer.objects()).toHaveLength(2);
  });

  it('answers a replayed 500 with the same 500, and repairs it within six hours', async () => {
    const { submit, peer, next, pass } = open({ random: counting() });
    next('server_error_repaired');
    expect(await submit('k1')).toMatchObject({ outcome: 'unknown', reason: 'server_error' });
    expect(await submit('k1')).toMatchObject({ outcome: 'unknown', reason: 'server_error' });
    expect(peer.objects()).toEqual([]);
    pass(hours(6));
    const [repaired] = peer.objects();
    expect(repaired?.createdAt.slice(0, 10)).toBe('2026-03-07');
    expect(await submit('k1')).toMatchObject({ outcome: 'unknown', reason: 'server_error' });
    expect(peer.objects()).toHaveLength(1);
  });

  it('refuses above the balance that is available, keeps the refusal, and pays from what was pending later', async () => {
    const { submit, peer, pass } = open({ pendingFor: days(2) });
    peer.fund(usd('0'));
    await submit('c1', { kind: 'collect', amount: usd('100') });
    expect(peer.balance('USD')).toEqual({ available: 0n, pending: 10_000n });
    const shortage = { outcome: 'rejected', code: 'balance_insufficient', advice: 'fund_platform', kept: true };
    expect(await submit('k1')).toMatchObject({ ...shortage, replayed: false });
    pass(hours(1));
    expect(await submit('k1')).toMatchObject({ ...shortage, replayed: true });
    pass(days(2));
    expect(await submit('k2')).toMatchObject({ outcome: 'accepted' });
    expect(peer.balance('USD')).toEqual({ available: 2_500n, pending: 0n });
  });

  it('tells of reversals, ours by our reference and others without one', async () => {
    const { submit, peer, provider } = open();
    await submit('k1');
    const object = peer.objects()[0]?.object ?? '';
    await submit('r1', { kind: 'reverse_transfer', reference: 'debt-3', object, amount: usd('10') });
    peer.reverse(object, usd('5'));
    const lookup = await provider.lookup({ kind: 'transfer', reference: 'booking-7', since: t0 }, signal);
    expect(lookup._unsafeUnwrap().found[0]?.returns).toMatchObject([
      { reference: 'debt-3', amount: usd('10') },
      { amount: usd('5') },
    ]);
  });

  it('takes back no more than is still with the payee', async () => {
    const { submit, peer } = open();
    await submit('k1');
    const { object = '', amount = usd('0') } = peer.objects()[0] ?? {};
    peer.reverse(object, usd('5'));
    const whole = { kind: 'reverse_transfer', reference: 'debt-3', object, amount } as const;
    const refused = { outcome: 'rejected', code: 'reversal_too_large', kept: true };
    expect(await submit('r1', whole)).toMatchObject(refused);
    expect(await submit('r2', { ...whole, object: 'unknown' })).toMatchObject(refused);
    expect(await submit('r3', { ...whole, amount: subtract(amount, usd('5')) })).toMatchObject({ outcome: 'accepted' });
  });

  it('makes objects pending where they settle later, and lets a success fail', async () => {
    const { submit, peer } = open({ settlesLater: ['payout'] });
    expect(await submit('k1', { kind: 'payout' })).toMatchObject({ observation: { status: 'pending' } });
    const object = peer.objects()[0]?.object ?? '';
    peer.settle(object, 'succeeded');
    peer.settle(object, 'failed', 'account_closed');
    expect(peer.events().map(({ observation }) => observation.status)).toEqual(['pending', 'succeeded', 'failed']);
  });

  it('hides what it made from look-ups and lists for as long as they lag', async () => {
    const { submit, peer, pass } = open({ lookupLag: hours(2) });
    await submit('k1');
    expect(peer.find('transfer', 'booking-7')).toEqual([]);
    pass(hours(2));
    expect(peer.find('transfer', 'booking-7')).toHaveLength(1);
  });

  it('does the same for the same faults and calls', async () => {
    const play = async () => {
      const random = counting();
      const { submit, peer, pass } = open({ random, faults: seededFaults(random) });
      const heard = [];
      for (let count = 0; count < 200; count++) {
        heard.push(await submit(`k${count % 50}`));
        pass(hours(1));
      }
      return { heard, objects: peer.objects() };
    };
    const played = await play();
    expect(await play()).toEqual(played);
    expect(new Set(played.heard.map(({ outcome }) => outcome))).toEqual(
      new Set(['accepted', 'rejected', 'unknown', 'not_sent']),
    );
  });

  it('delivers webhooks never, once or several times, at once, late and out of order', async () => {
    const { submit, peer, pass } = open();
    for (let count = 0; count < 200; count++) {
      await submit(`k${count}`);
      pass({ ms: 60_000 });
    }
    const random = counting();
    const events = peer.events();
    const deliveries = events.map((event) => webhookDeliveries(event, random));
    const counts = new Set(deliveries.map(({ length }) => length));
    expect([...counts].sort()).toEqual([0, 1, 2, 3, 4]);
    const arrived = deliveries.flat().sort((left, right) => (left.at < right.at ? -1 : 1));
    const ids = arrived.map(({ event }) => Number(event.id.slice(4)));
    expect(ids).not.toEqual([...ids].sort((left, right) => left - right));
    expect(arrived.some(({ at, event }) => at === event.at)).toBe(true);
    expect(arrived.some(({ at, event }) => at > addDuration(event.at, days(1)))).toBe(true);
  });
});
