import { randomUUID } from 'node:crypto';
import { type Changes, type Rounds, readCanonical, type Store, type Unit } from '@holdfast/kernel';
import type { Attempt, Provider, SubmitOutcome } from '@holdfast/providers';

/** Mistakes that can be planted into a worker, to see that killing it finds them. */
export const plants = [
  /** Each send of a payout has a key of its own. */
  'fresh_keys',
  /** A payout is sent first, and its attempt stored after that. */
  'sent_before_stored',
] as const;
export type Plant = (typeof plants)[number];

/** What a worker works with. */
interface Tools {
  readonly store: Store<never>;
  readonly provider: Provider;
}

/** Gives a worker's tools with a mistake in them; as they are where there is none. */
export function withPlant(tools: Tools, plant: Plant | undefined): Tools {
  if (plant === 'fresh_keys') return { ...tools, provider: withFreshKeys(tools.provider) };
  return plant === 'sent_before_stored' ? sendingBeforeStoring(tools) : tools;
}

function withFreshKeys(provider: Provider): Provider {
  return {
    ...provider,
    submit: (send, signal) =>
      provider.submit(send.operation.kind === 'transfer' ? { ...send, key: randomUUID() } : send, signal),
  };
}

function sendingBeforeStoring({ store, provider }: Tools): Tools {
  const answers = new Map<string, SubmitOutcome>();
  const append =
    (rounds: Rounds): Rounds['append'] =>
    async (book, head, changes) => {
      for (const { operation, key, body } of intentsOf(changes)) {
        const outcome = await provider.submit({ operation, key, body }, AbortSignal.timeout(20_000));
        answers.set(key, outcome);
      }
      return rounds.append(book, head, changes);
    };
  const own: Pick<Store<never>, 'append' | 'locked'> = {
    append: append(store),
    locked: (book, work) =>
      store.locked(book, (rounds) => work({ load: (...given) => rounds.load(...given), append: append(rounds) })),
  };
  return {
    provider: {
      ...provider,
      submit: async (send, signal) => {
        const answer = answers.get(send.key);
        answers.delete(send.key);
        return answer ?? provider.submit(send, signal);
      },
    },
    store: new Proxy(store, {
      get(target, name) {
        const planted = Reflect.get(own, name) as unknown;
        const value = planted ?? (Reflect.get(target, name) as unknown);
        return planted === undefined && typeof value === 'function' ? value.bind(target) : value;
      },
    }),
  };
}

/** The attempts that an append stores as sent. */
function intentsOf({ units }: Changes): readonly Attempt[] {
  return units.flatMap(({ bytes }) =>
    (readCanonical(bytes) as Unit).events.flatMap(({ type, data }) => {
      const { by, attempt } = data as unknown as Started;
      return type === 'AttemptStepped' && by === 'start' && attempt ? [attempt.attempt] : [];
    }),
  );
}

interface Started {
  readonly by?: string;
  readonly attempt?: { readonly attempt: Attempt };
}
