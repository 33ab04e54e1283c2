import { canonical, isInstant } from '@holdfast/kernel';
import { money } from '@holdfast/money';
import { operationKinds } from '@holdfast/providers';
import { expectSame, expectThat } from '../laws/expect.ts';
import { LawBroken } from '../laws/law.ts';
import { acceptedBy, powerOf, submitted } from './law-steps.ts';
import { type PeerFault, type ProviderLaw, providerLaw } from './provider-law.ts';

/** What holds of a send that meets no fault. */
export const sendLaws: readonly ProviderLaw[] = [
  providerLaw('describes itself in plain data, with what it can do', async (trial) => {
    const { descriptor } = trial.provider;
    expectThat(typeof canonical(descriptor) === 'string', 'a descriptor is plain data');
    expectThat(descriptor.id.length > 0 && descriptor.account.length > 0, 'a descriptor names provider and account');
    const { idempotency, inFlightHorizon, repairHorizon } = powerOf(trial);
    const retention = idempotency.retention?.ms ?? 1;
    expectThat(retention > 0 && inFlightHorizon.ms > 0 && repairHorizon.ms > 0, 'retention and horizons are positive');
  }),

  providerLaw('encodes the same operation as the same bytes, and another as others', async (trial) => {
    const { provider, operation, amount } = trial;
    const encode = (reference: string, more = 0n, attempt = 1) =>
      provider.encode(operation({ reference, amount: money(amount.minor + more, amount.currency), attempt }));
    expectSame(encode('law-1'), encode('law-1'), 'the same operation has the same bytes');
    const bytes = [encode('law-1'), encode('law-2'), encode('law-1', 1n), encode('law-1', 0n, 2)];
    expectSame(new Set(bytes).size, bytes.length, 'reference, amount and metadata are all in the bytes');
  }),

  providerLaw('executes a send once and tells of it in every field, to the last minor unit', async (trial) => {
    for (const [index, amount] of trial.harness.amounts.entries()) {
      const send = trial.sendOf({ reference: `law-${index}`, amount });
      const seen = await acceptedBy(trial, send);
      const { descriptor } = trial.provider;
      const { id: provider, account, mode } = descriptor;
      const { kind, reference, metadata, destination } = send.operation;
      const told = { provider: seen.provider, account: seen.account, mode: seen.mode, kind: seen.kind };
      expectSame(told, { provider, account, mode, kind }, 'it says whose object it is');
      expectSame(seen.amount, amount, 'it tells the amount that was asked for');
      expectSame(seen.destination ?? destination, destination, 'it tells the destination that was asked for');
      expectSame(seen.reference, reference, 'it tells the reference');
      for (const [name, value] of Object.entries(metadata)) expectSame(seen.metadata[name], value, `it tells ${name}`);
      expectThat(isInstant(seen.createdAt), 'it tells when, as an instant');
      const moved = (await trial.moved()).filter((one) => one.reference === reference);
      expectSame(
        moved,
        [{ object: seen.object, reference, amount }],
        'the peer has executed it once, to the minor unit',
      );
    }
  }),

  providerLaw(
    'sends nothing for a kind of operation that it cannot do',
    async (trial) => {
      const { provider, operation, amount } = trial;
      const kind = operationKinds.find((each) => provider.descriptor.operations[each] === undefined);
      if (kind === undefined) throw new LawBroken('the harness says that there is a kind that it cannot do');
      const asked = { ...operation({ reference: 'law-1', amount, attempt: 1 }), kind };
      const { outcome } = await submitted(trial, { operation: asked, key: 'law-1', body: '{}' });
      expectThat(outcome === 'not_sent', 'what it cannot do is not sent');
      expectSame(await trial.moved(), [], 'nothing moves');
    },
    ['unsupported_kind'],
  ),

  ...(['lost_answer', 'server_error', 'throttled', 'unreadable', 'key_in_use'] as const).map((fault: PeerFault) =>
    providerLaw(
      `makes one request for one send, and repeats none by itself: ${fault}`,
      async (trial) => {
        const before = await trial.requests();
        trial.meet(fault);
        await submitted(trial, trial.sendOf({ reference: 'law-1' }));
        expectSame((await trial.requests()) - before, 1, 'one send is one request');
      },
      [fault, 'requests'],
    ),
  ),

  providerLaw('answers a probe, and moves nothing by it', async (trial) => {
    const answer = await trial.provider.probe(new AbortController().signal);
    expectThat(answer.isOk() && isInstant(answer.value.at), 'a probe of a healthy provider is answered');
    expectSame(await trial.moved(), [], 'nothing moves');
  }),
];
