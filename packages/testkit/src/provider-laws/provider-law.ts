import type { Duration, Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Operation, Provider, Send } from '@holdfast/providers';

/** A fault that a harness can let happen to the next send, at its peer or on the way. */
export type PeerFault =
  | 'connection_refused'
  | 'throttled'
  | 'bad_credentials'
  | 'key_in_use'
  | 'declined'
  | 'bad_destination'
  | 'payee_restricted'
  | 'server_error'
  | 'server_error_done'
  | 'lost_answer'
  | 'unreadable'
  | 'other_amount';

/** What a provider under test promises and its surroundings allow: each fault, and what else a law may need. */
export type ProviderCapability =
  | PeerFault
  /** The peer's clock can be moved. */
  | 'time'
  /** The peer counts the requests that ask it to move money. */
  | 'requests'
  /** Each await of the provider's HTTP client can be made to fail. */
  | 'interrupts'
  /** Money of an object can be taken back at the peer. */
  | 'returns'
  /** Our balance at the peer can be made to fall short. */
  | 'balance'
  /** The provider promises to keep keys, or references in their place. */
  | 'keys'
  /** It promises to give a no that is kept again under its key. */
  | 'kept_noes'
  /** It can look up by our reference. */
  | 'lookup'
  /** What it executed is found at once, by its own promise. */
  | 'strong_lookup'
  /** There is a kind of operation that it cannot do. */
  | 'unsupported_kind';

/** One object in the peer's own book. */
export interface Moved {
  readonly object: string;
  readonly reference: string;
  readonly amount: Money;
}

/** A provider that is open against a peer with an empty book. */
export interface OpenedProvider {
  readonly provider: Provider;
  /** Makes an operation that the peer can execute, of one kind, to one destination. */
  operation(of: { readonly reference: string; readonly amount: Money; readonly attempt: number }): Operation;
  /** What really moved, by the peer's own book. */
  moved(): Promise<readonly Moved[]>;
  /** The present instant of the peer's clock. */
  now(): Instant;
  /** Lets faults happen to the next sends, one to each. */
  meet?(...faults: readonly PeerFault[]): void;
  /** Moves the peer's clock on. */
  passTime?(duration: Duration): Promise<void>;
  /** How many requests to move money arrived. */
  requests?(): Promise<number>;
  /** Makes the nth await of the HTTP client from now on fail, once; `undefined` makes none fail. */
  interruptAt?(nth: number | undefined): void;
  /** How many awaits of the HTTP client there were since the last {@link OpenedProvider.interruptAt}. */
  awaits?(): number;
  /** Takes back some of what an object moved. */
  reverse?(object: string, amount: Money): Promise<void>;
  /** Leaves nothing available in our balance at the peer. */
  runDry?(): Promise<void>;
  /** Closes the provider, and the peer with it. */
  close(): Promise<void>;
}

/** A kind of provider, as the laws meet it. */
export interface ProviderHarness {
  readonly name: string;
  /** Opens a provider against a fresh peer. */
  open(): Promise<OpenedProvider>;
  /** Amounts that the peer can move, of currencies with different numbers of decimals. */
  readonly amounts: readonly [Money, ...Money[]];
  /** How many objects make several pages of a look-up or a list. */
  readonly severalPages: number;
  /** For each capability that provider or surroundings lack: why, in a sentence that the report prints. */
  readonly lacks?: { readonly [C in ProviderCapability]?: string };
}

/** Something that holds for every provider. A value: it needs no test runner. */
export interface ProviderLaw {
  /** A present-tense fact. */
  readonly name: string;
  readonly needs?: readonly ProviderCapability[];
  /** Opens what it needs, closes it, and throws `LawBroken` where the law does not hold. */
  run(harness: ProviderHarness): Promise<void>;
}

/** What a law's body works with: everything that the law needs is there. */
export interface ProviderTrial extends Required<OpenedProvider> {
  readonly harness: ProviderHarness;
  /** The first amount of the harness. */
  readonly amount: Money;
  /** Makes a send; the key follows from reference and attempt. */
  sendOf(of: { readonly reference: string; readonly amount?: Money; readonly attempt?: number }): Send;
}

/**
 * Makes a law of a body that works on one freshly opened provider, which is closed whatever happens.
 *
 * @param name - A present-tense fact.
 * @param body - Throws `LawBroken` where the law does not hold.
 * @param needs - What a harness must be able to do.
 */
export function providerLaw(
  name: string,
  body: (trial: ProviderTrial) => Promise<void>,
  needs: readonly ProviderCapability[] = [],
): ProviderLaw {
  const run = async (harness: ProviderHarness): Promise<void> => {
    const opened = await harness.open();
    try {
      await body(trialOf(harness, opened));
    } finally {
      await opened.close();
    }
  };
  return needs.length === 0 ? { name, run } : { name, needs, run };
}

function trialOf(harness: ProviderHarness, opened: OpenedProvider): ProviderTrial {
  const [amount] = harness.amounts;
  return {
    ...opened,
    meet: (...faults) => opened.meet?.(...faults),
    passTime: async (duration) => opened.passTime?.(duration),
    requests: async () => opened.requests?.() ?? 0,
    interruptAt: (nth) => opened.interruptAt?.(nth),
    awaits: () => opened.awaits?.() ?? 0,
    reverse: async (object, of) => opened.reverse?.(object, of),
    runDry: async () => opened.runDry?.(),
    harness,
    amount,
    sendOf: ({ reference, amount: of = amount, attempt = 1 }) => {
      const operation = opened.operation({ reference, amount: of, attempt });
      return { operation, key: `law-${reference}-${attempt}`, body: opened.provider.encode(operation) };
    },
  };
}
