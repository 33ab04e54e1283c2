import type { Receipt } from '@holdfast/kernel';
import { type Currency, jpy, money, usd } from '@holdfast/money';
import type { Result } from 'neverthrow';
import { answerOf } from '../laws/expect.ts';
import type { SampleAsk, SampleHistory, SampleStep } from './history.ts';
import type { SampleBook } from './open-sample.ts';

/** What one step answered: its receipt as plain data, or the code of a refusal or fault with all that it says. */
export type PlayedStep =
  | {
      readonly kind: 'committed' | 'replayed' | 'previewed' | 'provisional';
      readonly sequence: number;
      readonly digest: string;
      readonly at: string;
      readonly balances: readonly (readonly [string, string])[];
    }
  | { readonly kind: 'error'; readonly code: string; readonly error: unknown };

/**
 * Plays a history on a book of the sample domain: each round's steps at once, then the sweep.
 *
 * @returns What each step answered, in order.
 */
export async function playHistory(sample: SampleBook, history: SampleHistory): Promise<readonly PlayedStep[]> {
  const played: PlayedStep[] = [];
  for (const round of history) {
    sample.clock.advance({ ms: round.afterMs });
    const answers = round.steps.map((step) => askFor(sample, step));
    for (const answer of await Promise.all(answers)) played.push(answer);
    if (round.sweep) answerOf(await sample.book.runDueTasks({ leaseMs: 1 }), 'a sweep');
  }
  return played;
}

/** Asks for one step of a history. */
export async function askFor(sample: SampleBook, step: SampleStep): Promise<PlayedStep> {
  const options = { actor: { id: step.actor, role: 'customer' }, key: step.key, keepRefusal: step.keepRefusal };
  const asks = step.asks.map((ask) => toAsk(sample, ask));
  return toPlayed(await sample.book.together(asks, options));
}

/** Gives the currency of a code. */
function currencyOf(code: 'USD' | 'JPY'): Currency {
  return code === 'USD' ? { code: usd.code, scale: usd.scale } : { code: jpy.code, scale: jpy.scale };
}

function toAsk({ seats, transfers }: SampleBook, ask: SampleAsk) {
  switch (ask.ask) {
    case 'move': {
      const { from, to, minor, currency } = ask;
      const amount = money(minor, currencyOf(currency));
      return transfers.ask({ type: 'Move', transfers: [{ from, to, amount, kind: 'moved' }] });
    }
    case 'hold': {
      const { id, place, buyer, minor, currency, expiresAt, note } = ask;
      const price = money(minor, currencyOf(currency));
      return seats.ask(id, {
        type: 'HoldSeat',
        place,
        buyer,
        price,
        expiresAt,
        ...(note === undefined ? {} : { note }),
      });
    }
    case 'end':
      return seats.ask(ask.id, { type: ask.type });
  }
}

function toPlayed(result: Result<Receipt, { readonly code: string }>): PlayedStep {
  if (result.isErr()) return { kind: 'error', code: result.error.code, error: result.error };
  const { status, sequence, digest, at, balances } = result.value;
  const list = [...balances].map(([account, balance]) => [account, balance.toString()] as const);
  return { kind: status, sequence, digest, at, balances: list.sort(([left], [right]) => (left < right ? -1 : 1)) };
}
