import type { Actor, Ask, Book, Duration, Fault, Instant, ReadTrouble, Receipt } from '@holdfast/kernel';
import type { Result } from 'neverthrow';
import type { Mode } from '../port/descriptor.ts';
import type { Observation } from '../port/observation.ts';
import type { Provider } from '../port/provider.ts';
import type { DeliveryUnreadable } from './refusals.ts';

/** The part of a book that the inbox works with. */
export type IntakeBook = Pick<Book, 'name' | 'use' | 'together' | 'texts'>;

/** What a reader gets of a delivery. */
export interface ReadableDelivery {
  readonly event: string;
  readonly endpoint: string;
  readonly receivedAt: Instant;
  readonly signedAt?: Instant;
  readonly body: Uint8Array;
}

/**
 * Reads what a delivery says, with the codec of the provider's adapter. Pure: it is read again after a defect was mended.
 *
 * @returns Every observation in it; none where nothing in it concerns us.
 */
export type WebhookReader = (delivery: ReadableDelivery) => Result<readonly Observation[], DeliveryUnreadable>;

/** How an observation stands to what a book knows. */
export type Knows =
  /** It is of nothing that this book has. */
  | 'unknown'
  /** It is of something of this book and may be applied. */
  | 'agrees'
  /** It says the opposite of what the book has for settled: the provider is asked first. */
  | 'contradicts';

/** A book in which an observation may have to be applied. */
export interface InboxTarget {
  readonly book: Pick<Book, 'name' | 'together'>;
  /** Looks whether the reference, or the provider's object, is one of this book. A hint: the command decides. */
  knows(observation: Observation): Promise<Result<Knows, Fault | ReadTrouble>>;
  /** Names the commands that apply it, as one unit. They report a fact, so they are not refused. */
  asks(observation: Observation): Promise<Result<readonly Ask[], Fault | ReadTrouble>>;
  /** Hears that it was applied, to raise what alarms follow from it: a hint, which a crash may lose. */
  applied?(observation: Observation, receipt: Receipt): void;
  /** Gives our reference of what an object is of, for a look-up where the observation does not say it. */
  referenceOf?(object: string): Promise<Result<string | undefined, Fault | ReadTrouble>>;
}

/** What an inbox is opened with. */
export interface InboxOptions {
  /** Where deliveries are kept: a book of their own (see `intakeName`), or the one that holds the money. */
  readonly book: IntakeBook;
  readonly provider: string;
  readonly account: string;
  readonly mode: Mode;
  readonly read: WebhookReader;
  /** The books whose money this account moves. A delivery can name none but these. */
  readonly targets: readonly InboxTarget[];
  /** Asks the provider how an object really stands. */
  readonly lookup: Provider['lookup'];
  /** How long before the object was made a look-up begins: an hour where it is absent. */
  readonly lookupMargin?: Duration;
  /** How long a look-up may take: 20 s where it is absent, well within the lease of a task. */
  readonly lookupTimeout?: Duration;
}

/** Who acts for the inbox: its keys are its own. */
export function inboxActor({ provider, account, mode }: Pick<InboxOptions, 'provider' | 'account' | 'mode'>): Actor {
  return { id: 'inbox', role: 'provider', scope: `inbox:${provider}:${account}:${mode}` };
}
