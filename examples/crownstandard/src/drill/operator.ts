import { DemoFailed } from '@holdfast/demo-kit';
import type { Actor } from '@holdfast/kernel';
import type { Result } from 'neverthrow';

/** Who mends what has to be mended. */
export const operator: Actor = { id: 'olga', role: 'operator' };

/** Gives what was answered; anything but done ends the demo. */
export function told<T>(answer: Result<T, { readonly code: string }>, what: string): T {
  if (answer.isOk()) return answer.value;
  throw new DemoFailed(`${what} was answered ${answer.error.code}`);
}
