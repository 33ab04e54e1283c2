import { createMemoryStore, openBook } from '@holdfast/kernel';
import { counters } from '@holdfast/kernel/testing';
import { usd } from '@holdfast/money';
import {
  createSimulatedProvider,
  defineEndpoint,
  guardProvider,
  intakeName,
  noAccounts,
  type Observation,
  openInbox,
  readJson,
  signStandardWebhook,
  simulatedDescriptor,
  standardSecret,
  verifyStandardWebhook,
} from '@holdfast/providers';
import { err, ok } from 'neverthrow';

const clock = () => '2026-03-07T10:00:00.000Z';
const secret = `whsec_${'A'.repeat(32)}`;
const store = createMemoryStore();

//#region guard
const { provider } = createSimulatedProvider({ descriptor: simulatedDescriptor(), clock });
export const guarded = guardProvider(provider, { readTimeout: { ms: 5_000 }, bulkhead: { concurrent: 20 } });
//#endregion guard

//#region verify
const { id, account, mode } = provider.descriptor;
const endpoint = defineEndpoint(
  { id: 'hook-1', provider: id, account, mode, secrets: [{ secret }] }, // a second one while it is exchanged
  standardSecret,
);
if (endpoint.isErr()) throw new Error(endpoint.error.allowed);

// What your web framework gives, before any parser has touched the body.
const rawBody = new TextEncoder().encode('{"type":"transfer.paid","data":{"id":"tr_1"}}');
const headers = signStandardWebhook({ event: 'evt_1', signedAtSeconds: 1_772_877_600, body: rawBody, secret });
export const verified = verifyStandardWebhook(endpoint.value, { headers, rawBody, receivedAt: clock() });
//#endregion verify

//#region inbox
const money = openBook({ store, name: 'main', chart: noAccounts, clock });
const intake = openBook({ store, name: intakeName({ provider: id, account, mode }), chart: noAccounts, clock });
const heard = money.use(counters); // in earnest: the decider of your payouts

export const inbox = openInbox({
  ...{ book: intake, provider: id, account, mode, lookup: guarded.lookup },
  read: ({ body }) => {
    const said = readJson(body);
    if (said.isErr()) return err({ code: 'delivery_unreadable', why: said.error.reason });
    const { data } = said.value as { data: { id: string } };
    const observation: Observation = {
      ...{ provider: id, account, mode, kind: 'transfer', object: data.id, status: 'succeeded', rawStatus: 'paid' },
      ...{ metadata: {}, amount: usd('75'), returns: [], createdAt: clock() },
    };
    return ok([observation]);
  },
  targets: [
    {
      book: money,
      knows: async ({ object }) => (await heard.read(object)).map(({ state }) => (state ? 'agrees' : 'unknown')),
      asks: async ({ object }) => ok([heard.ask(object, { type: 'Count', by: 1 })]),
    },
  ],
});

// On arrival: stored, then acknowledged. Nothing in its content can prevent that.
if (verified.isErr()) throw new Error(verified.error.code);
export const received = await inbox.receive(verified.value);
//#endregion inbox

//#region route
// In the worker: routed, here before the object is known, so it waits.
const worker = { id: 'worker', role: 'service' };
await intake.runDueTasks({ handlers: inbox.handlers });
await heard.execute('tr_1', { type: 'Count', by: 1 }, { actor: worker, key: 'send-1' });
await inbox.objectAppeared('tr_1');
export const run = await intake.runDueTasks({ handlers: inbox.handlers });
export const applied = (await heard.read('tr_1')).map(({ state }) => state?.count);
//#endregion route
