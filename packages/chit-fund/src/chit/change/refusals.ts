import type { Refusal } from '@holdfast/kernel';

/**
 * Not everybody has consented whose consent the law asks for: those who have not won, winners who are not paid, the foreman.
 *
 * @severity answer
 * @retry with their consent
 */
export interface TerminationConsentMissing extends Refusal<'termination_consent_missing'> {
  readonly missing: readonly string[];
}

/**
 * Money still lies for somebody who was struck off or has left.
 *
 * @severity answer
 * @retry once it is refunded
 */
export interface DepositOpen extends Refusal<'deposit_open'> {
  readonly tickets: readonly number[];
}

/**
 * There is such a lien already, or none.
 *
 * @severity answer
 * @retry no
 */
export interface LienWrong extends Refusal<'lien_wrong'> {
  readonly ticket: number;
  readonly secures: string;
  readonly there: boolean;
}

/**
 * This person holds no ticket, or is the foreman already.
 *
 * @severity mistake
 * @retry no
 */
export interface PersonWrong extends Refusal<'person_wrong'> {
  readonly person: string;
}
