import type { Receipt } from '@holdfast/kernel';
import { z } from 'zod';
import type { ChitCommandGiven } from '../book/chits.ts';
import type { Portal } from '../portal.ts';
import { commandScheme } from '../schemes/command-scheme.ts';
import { askedBy } from './asked.ts';
import { granted } from './respond.ts';

/** What is answered to a command of which no more is to be said than that it was taken. */
export const taken = z.object({ sequence: z.number(), replayed: z.boolean() });

/** Says of a receipt where it stands in the journal, and whether it stood there before. */
export function takenOf({ sequence, status }: Receipt): z.infer<typeof taken> {
  return { sequence, replayed: status === 'replayed' };
}

/** Asks the book for something about a scheme, as whoever sent the request. */
export async function takeCommand(
  portal: Portal,
  request: Parameters<typeof askedBy>[0],
  given: { readonly id: string; readonly command: ChitCommandGiven },
): Promise<z.infer<typeof taken>> {
  return takenOf(granted(await commandScheme(portal, askedBy(request), given)));
}
