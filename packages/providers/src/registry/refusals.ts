import type { Instant, Refusal } from '@holdfast/kernel';
import type { Mode, OperationKind } from '../port/descriptor.ts';

/**
 * The provider is of another mode than the registry: a simulated or sandbox one can never be asked for real money, nor the reverse.
 *
 * @severity mistake
 * @retry no
 */
export interface ModeRefused extends Refusal<'mode_refused'> {
  readonly provider: string;
  /** Of the registry. */
  readonly mode: Mode;
  readonly given: Mode;
}

/**
 * The registry has a provider of this id and account already.
 *
 * @severity mistake
 * @retry no
 */
export interface ProviderKnown extends Refusal<'provider_known'> {
  readonly provider: string;
  readonly account: string;
}

/**
 * The registry has no provider of this id and account.
 *
 * @severity mistake
 * @retry once it is registered
 */
export interface ProviderUnknown extends Refusal<'provider_unknown'> {
  readonly provider: string;
  readonly account: string;
}

/**
 * The provider does not do this kind of operation in this currency.
 *
 * @severity answer
 * @retry no
 */
export interface NotCapable extends Refusal<'not_capable'> {
  readonly provider: string;
  readonly kind: OperationKind;
  readonly currency: string;
}

/**
 * Nothing is sent through the provider until an operator opens it again: it refused our credentials, or somebody closed it.
 *
 * @severity alarm
 * @retry once an operator has opened it
 */
export interface ProviderClosed extends Refusal<'provider_closed'> {
  readonly provider: string;
  readonly account: string;
  readonly reason: string;
  readonly closedAt: Instant;
}
