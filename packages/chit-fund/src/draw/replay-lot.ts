import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { Lot } from './draw.ts';
import { drawLot, type LotRefusal } from './draw-lot.ts';

/**
 * Draws a lot again from what was written down, as anybody can who saw the commitment before the draw.
 *
 * @param lot - As the minutes have it.
 * @param commitment - As it was published before the draw.
 * @returns The tickets drawn, the same as the lot says.
 *
 * @errors
 * - `lot_differs`: another algorithm, a commitment that was not published or is of another seed, or other tickets than follow.
 * - `secret_invalid`, `draw_invalid`: the lot is not of the form that lots have.
 * @source docs/rules/chit-fund.md, CF-23
 */
export function replayLot(lot: Lot, commitment: string): Result<readonly number[], LotRefusal> {
  const { algorithm, seed, words, context, among, drawn } = lot;
  if (algorithm !== 'sha256-rejection-1') return differs('algorithm', algorithm, 'sha256-rejection-1');
  if (lot.commitment !== commitment) return differs('commitment', lot.commitment, commitment);
  const again = drawLot({ commitment, seed, words }, { context, among, count: drawn.length });
  if (again.isErr()) return err(again.error);
  const tickets = again.value.drawn;
  return tickets.join() === drawn.join() ? ok(tickets) : differs('drawn', drawn.join(), tickets.join());
}

function differs(
  part: 'algorithm' | 'commitment' | 'drawn',
  given: string,
  replayed: string,
): Result<never, LotRefusal> {
  return err({ code: 'lot_differs', part, given: printGiven(given), replayed: printGiven(replayed) });
}
