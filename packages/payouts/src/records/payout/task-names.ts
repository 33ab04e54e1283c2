import type { AttemptRef } from './reversals.ts';

/** What the clock asks of a payout worker, as the name of a task says it. */
export type PayoutTask =
  | { readonly what: 'send'; readonly reversal?: number }
  | { readonly what: 'hand_over' }
  | ({ readonly what: 'look_up' } & AttemptRef);

/** The name of the task that hands obligations over. */
export const HAND_OVER = 'hand-over';

/** Names the task that sends a payout, or one of its reversals. */
export function sendTask(reversal?: number): string {
  return reversal === undefined ? 'send' : `reverse-${reversal}`;
}

/** Names the task that looks up what came of an attempt. */
export function lookUpTask({ reversal, number }: AttemptRef): string {
  return reversal === undefined ? `look-up-${number}` : `look-up-${number}-of-reversal-${reversal}`;
}

/** Reads the name of a task. */
export function readTask(name: string): PayoutTask {
  if (name === HAND_OVER) return { what: 'hand_over' };
  const [, reversing] = /^reverse-(\d+)$/.exec(name) ?? [];
  if (reversing !== undefined) return { what: 'send', reversal: Number(reversing) };
  const [, number, of] = /^look-up-(\d+)(?:-of-reversal-(\d+))?$/.exec(name) ?? [];
  if (number === undefined) return { what: 'send' };
  return { what: 'look_up', number: Number(number), ...(of === undefined ? {} : { reversal: Number(of) }) };
}
