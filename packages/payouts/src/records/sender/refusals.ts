import type { Refusal } from '@holdfast/kernel';
import type { ListNotContinuous } from '@holdfast/providers';

/**
 * Nobody has told of this account at a provider.
 *
 * @severity mistake
 * @retry once it is registered
 */
export interface SenderUnknown extends Refusal<'sender_unknown'> {
  readonly sender: string;
}

/**
 * The account at the provider was registered before.
 *
 * @severity answer
 * @retry no
 */
export interface SenderExists extends Refusal<'sender_exists'> {
  readonly sender: string;
}

/**
 * The epoch is not later than the book's.
 *
 * @severity mistake
 * @retry no
 */
export interface EpochNotLater extends Refusal<'epoch_not_later'> {
  readonly epoch: number;
  readonly known: number;
}

/** What each command about a sender may be refused for, beyond what any unit may, in order of precedence. */
export interface SenderRefusals {
  readonly RegisterSender: SenderExists;
  readonly StopSending: SenderUnknown;
  readonly ResumeSending: SenderUnknown;
  readonly ReportShortage: SenderUnknown;
  readonly ReportFunded: SenderUnknown;
  readonly BeginEpoch: SenderUnknown | EpochNotLater;
  readonly ReportUnknownAttempt: SenderUnknown;
  readonly AdoptList: SenderUnknown | ListNotContinuous;
}
