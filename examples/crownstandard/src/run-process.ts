import type { Instant, Store } from '@holdfast/kernel';
import type { PayoutAlarm } from '@holdfast/payouts';
import type { Provider } from '@holdfast/providers';
import { type Crown, openCrown } from './book/open-crown.ts';
import type { PublishEvents } from './events/publish-events.ts';
import type { ChargeAlarm } from './payments/charge-alarm.ts';
import { registerSender } from './services/register.ts';
import { openWebhooks } from './webhooks/open-webhooks.ts';
import { serveWebhooks } from './webhooks/serve-webhooks.ts';
import { runWorkers } from './workers/run-workers.ts';

/** What a process of the marketplace works on. */
export interface ProcessOptions {
  readonly store: Store<never>;
  /** Names the book; `crownstandard` where it is absent. */
  readonly name?: string;
  readonly clock: () => Instant;
  readonly provider: Provider;
  /** Signs the webhooks that arrive. */
  readonly secret: string;
  /** Where webhooks arrive, on loopback. */
  readonly port: number;
  /** Milliseconds between two looks at what is due. */
  readonly everyMs: number;
  /** Makes what publishes the events; nothing is published where it is absent. */
  readonly publisher?: (crown: Crown) => PublishEvents;
  readonly onAlarm: (alarm: PayoutAlarm) => void;
  readonly onChargeAlarm?: (alarm: ChargeAlarm) => void;
  readonly onTrouble: (trouble: unknown) => void;
}

/** A process of the marketplace that runs. */
export interface RunningProcess {
  /** Where webhooks are to be posted to. */
  readonly url: string;
  /** Answers and finishes what was begun, and does no more. */
  stop(): Promise<void>;
}

/** Runs the marketplace as a plain process: takes in webhooks, and does what is due. Whatever kills it, the next one goes on from the book. */
export async function runProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { store, name, clock, provider, secret, port, everyMs, publisher, onAlarm, onChargeAlarm, onTrouble } = options;
  const crown = openCrown({
    store,
    clock,
    provider,
    onAlarm,
    ...(onChargeAlarm ? { onChargeAlarm } : {}),
    ...(name === undefined ? {} : { name }),
  });
  await registerSender(crown);
  const webhooks = openWebhooks(crown, { secrets: [{ secret }] });
  const server = await serveWebhooks(webhooks, port);
  const workers = runWorkers(crown, {
    everyMs,
    webhooks,
    ...(publisher ? { publish: publisher(crown) } : {}),
    onTrouble,
  });
  return {
    url: server.url,
    stop: async () => {
      await server.close();
      await workers.stop();
      await webhooks.intake.close();
      await crown.book.close();
    },
  };
}
