import { instantAt } from '@holdfast/kernel';
import { ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { guardProvider } from '../guard/guard-provider.ts';
import type { Mode, OperationPower } from '../port/descriptor.ts';
import type { SubmitOutcome } from '../port/outcome.ts';
import type { Provider } from '../port/provider.ts';
import { createRegistry, type Registry } from './registry.ts';
import { isSimulated, markSimulated } from './simulated-mark.ts';

const at = '2026-03-07T10:00:00.000Z';
const acme = { id: 'acme', account: 'acct-1' };
const transfer = { kind: 'transfer', currency: 'USD' } as const;
const power: OperationPower = {
  currencies: ['USD'],
  idempotency: { mechanism: 'key', replaysErrors: true, marksReplays: true },
  lookup: { consistency: 'strong' },
  inFlightHorizon: { ms: 60_000 },
  repairHorizon: { ms: 86_400_000 },
};
const accepted: SubmitOutcome = { outcome: 'conflict', field: 'amount', expected: '1', got: '2' };

function providerOf<M extends Mode>(mode: M, name = acme): Provider<M> {
  return {
    descriptor: { ...name, mode, operations: { transfer: power, refund: { ...power, currencies: 'any' } } },
    encode: () => '',
    submit: async () => accepted,
    lookup: async () => ok({ found: [] as const, conclusive: true, why: '' }),
    listSince: async () => ok({ observations: [] }),
    probe: async () => ok({ at: instantAt(0) }),
  };
}

describe('a live registry', () => {
  it('takes a live provider and no other, by type', () => {
    const live = createRegistry({ mode: 'live' });
    // @ts-expect-error a simulated provider is none that moves real money
    expect(live.register(providerOf('simulated')).isErr()).toBe(true);
    // @ts-expect-error nor is one of the provider's test side
    expect(live.register(providerOf('sandbox')).isErr()).toBe(true);
    // @ts-expect-error nor one that does not say what it is
    expect(live.register(providerOf<Mode>('simulated')).isErr()).toBe(true);
    // @ts-expect-error a guard does not change what it guards
    expect(live.register(guardProvider(providerOf('simulated'))).isErr()).toBe(true);
    expect(live.register(providerOf('live')).isOk()).toBe(true);
    // @ts-expect-error a live registry is no registry of whatever comes
    const any: Registry<Mode> = live;
    expect(any.register(providerOf('simulated', { ...acme, account: 'x' })).isErr()).toBe(true);
    // @ts-expect-error the type of a registry says its mode
    createRegistry<'live'>({ mode: 'simulated' });
  });

  it('takes no simulated provider by a cast', () => {
    const live = createRegistry({ mode: 'live' });
    expect(live.register(providerOf('simulated') as never)._unsafeUnwrapErr()).toEqual({
      code: 'mode_refused',
      provider: 'acme',
      mode: 'live',
      given: 'simulated',
    });
    expect(live.get(acme)._unsafeUnwrapErr()).toMatchObject({ code: 'provider_unknown' });
  });

  it('takes no simulation that says it is live, nor one that a guard or a spread has hidden', () => {
    const live = createRegistry({ mode: 'live' });
    const simulation = markSimulated(providerOf('simulated'));
    const { descriptor } = providerOf('live');
    for (const disguised of [
      markSimulated(providerOf('live')),
      { ...simulation, descriptor },
      guardProvider({ ...simulation, descriptor }),
      Object.create(markSimulated(providerOf('live'))),
    ]) {
      expect(isSimulated(disguised)).toBe(true);
      expect(live.register(disguised)._unsafeUnwrapErr()).toMatchObject({ code: 'mode_refused', given: 'simulated' });
    }
  });

  it('takes no sandbox provider, and a sandbox registry no live one', () => {
    for (const [mode, other] of [
      ['live', 'sandbox'],
      ['sandbox', 'live'],
      ['sandbox', 'simulated'],
      ['simulated', 'live'],
    ] as const) {
      const refused = createRegistry({ mode }).register(providerOf(other) as never);
      expect(refused._unsafeUnwrapErr()).toMatchObject({ code: 'mode_refused', mode, given: other });
    }
    expect(
      createRegistry({ mode: 'simulated' })
        .register(markSimulated(providerOf('simulated')))
        .isOk(),
    ).toBe(true);
  });

  it('gives nothing that changed its mode after it was registered', () => {
    const live = createRegistry({ mode: 'live' });
    const provider = providerOf('live');
    live.register(provider);
    Object.assign(provider, { descriptor: { ...provider.descriptor, mode: 'simulated' } });
    expect(live.get(acme)._unsafeUnwrapErr()).toMatchObject({ code: 'mode_refused' });
    expect(live.forSending(acme, transfer)._unsafeUnwrapErr()).toMatchObject({ code: 'mode_refused' });
    expect(live.capable(transfer)).toEqual([]);
  });

  it('is of one of the three modes', () => {
    expect(() => createRegistry({ mode: 'production' as never })).toThrow(/live, sandbox or simulated/);
    expect(() => createRegistry({} as never)).toThrow(/live, sandbox or simulated/);
  });
});

describe('a registry', () => {
  const opened = () => {
    const registry = createRegistry({ mode: 'sandbox' });
    registry.register(providerOf('sandbox'));
    registry.register(providerOf('sandbox', { id: 'acme', account: 'acct-2' }));
    return registry;
  };

  it('has each id and account once', () => {
    const again = opened().register(providerOf('sandbox'));
    expect(again._unsafeUnwrapErr()).toEqual({ code: 'provider_known', provider: 'acme', account: 'acct-1' });
  });

  it('refuses in order: unknown, not capable, closed', () => {
    const registry = opened();
    const end = (name: typeof acme, wanted: { kind: 'transfer' | 'payout'; currency: string }) => {
      const answer = registry.forSending(name, wanted);
      return answer.isOk() ? 'given' : answer.error.code;
    };
    registry.close(acme, { reason: 'an audit', at });
    const other = { id: 'other', account: 'acct-1' };
    expect(end(other, { kind: 'payout', currency: 'EUR' })).toBe('provider_unknown');
    expect(end({ ...acme, account: 'acct-3' }, transfer)).toBe('provider_unknown');
    expect(end(acme, { kind: 'payout', currency: 'USD' })).toBe('not_capable');
    expect(end(acme, { ...transfer, currency: 'EUR' })).toBe('not_capable');
    expect(end(acme, transfer)).toBe('provider_closed');
    expect(end({ ...acme, account: 'acct-2' }, transfer)).toBe('given');
  });

  it('lists who can do it and is open, in the order in which they came', () => {
    const registry = opened();
    const accounts = () => registry.capable(transfer).map(({ descriptor }) => descriptor.account);
    expect(accounts()).toEqual(['acct-1', 'acct-2']);
    registry.close(acme, { reason: 'an audit', at });
    expect(accounts()).toEqual(['acct-2']);
    expect(registry.capable({ ...transfer, currency: 'EUR' })).toEqual([]);
    expect(registry.capable({ kind: 'refund', currency: 'EUR' })).toHaveLength(1);
  });

  it('closes a provider that refuses our credentials, for sending alone, until an operator opens it', () => {
    const registry = opened();
    const refused = {
      outcome: 'rejected',
      code: '401',
      advice: 'close_provider',
      kept: false,
      replayed: false,
    } as const;
    expect(registry.noteOutcome(acme, { ...refused, advice: 'retry_later' }, at)).toBe(false);
    expect(registry.noteOutcome(acme, accepted, at)).toBe(false);
    expect(registry.forSending(acme, transfer).isOk()).toBe(true);
    expect(registry.noteOutcome(acme, refused, at)).toBe(true);
    registry.close(acme, { reason: 'a later reason', at: '2026-03-07T11:00:00.000Z' });
    expect(registry.forSending(acme, transfer)._unsafeUnwrapErr()).toEqual({
      code: 'provider_closed',
      provider: 'acme',
      account: 'acct-1',
      reason: expect.stringContaining('401'),
      closedAt: at,
    });
    expect(registry.get(acme).isOk()).toBe(true);
    expect(registry.closed()).toMatchObject([{ ...acme, at }]);
    registry.open(acme);
    expect(registry.forSending(acme, transfer).isOk()).toBe(true);
    expect(registry.closed()).toEqual([]);
  });

  it('says that it does not know who is closed or opened', () => {
    const registry = opened();
    const nobody = { id: 'nobody', account: 'x' };
    expect(registry.close(nobody, { reason: '', at })._unsafeUnwrapErr()).toMatchObject({ code: 'provider_unknown' });
    expect(registry.open(nobody)._unsafeUnwrapErr()).toMatchObject({ code: 'provider_unknown' });
  });
});
