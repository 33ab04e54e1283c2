import type { ExecuteFault, Receipt, Refusal } from '@holdfast/kernel';
import { err, type Result } from 'neverthrow';

/** A command of the book, and what the host says to it. */
export interface HostRuled<Refused extends Refusal, Forbidden extends Refusal> {
  /** The rule of the host that says no, if one does. */
  readonly forbidden: Forbidden | undefined;
  execute(): Promise<Result<Receipt, Refused | ExecuteFault>>;
  /** The same command, decided and not written. */
  preview(): Promise<Result<Receipt, Refused | ExecuteFault>>;
}

/**
 * Executes a command of the book unless a rule of the host forbids it.
 *
 * The key comes before every rule: a retry of what was done is answered as it was, although the host's data have moved on since. So where the host
 * says no, the book is still asked whether it knows the key; a preview writes nothing.
 */
export async function underHostRules<Refused extends Refusal, Forbidden extends Refusal>(
  command: HostRuled<Refused, Forbidden>,
): Promise<Result<Receipt, Refused | Forbidden | ExecuteFault>> {
  if (command.forbidden === undefined) return command.execute();
  const known = await command.preview();
  if (known.isOk() && known.value.status === 'replayed') return known;
  if (known.isErr() && KEY_REFUSALS.includes(known.error.code)) return known;
  return err(command.forbidden);
}

const KEY_REFUSALS = ['key_conflict', 'key_invalid'];
