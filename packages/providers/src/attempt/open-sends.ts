import type { Attempt, AttemptSend } from './attempt.ts';

/** Gives the sends of which it is not known that they had no effect. */
export function openSends({ sends }: Attempt): readonly AttemptSend[] {
  return sends.filter(({ answer }) => answer === undefined || OPEN.has(answer.kind));
}

const OPEN: ReadonlySet<string> = new Set(['presumed_silence', 'silence', 'server_error']);
