import { type Money, money, reviveMoney } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { splitAccountKey } from '../account.ts';
import type { Outcome } from '../evaluate/evaluate.ts';
import type { StoreFault, WriterFault } from '../faults.ts';
import type { Receipt } from '../receipt.ts';
import type { Refusal } from '../refusals.ts';
import type { Answer } from '../writer/writer.ts';

/** Turns what became of a request into what its caller gets. A defect is thrown. */
export function toReceipt(
  answer: Answer,
  book: string,
  done: Receipt['status'],
): Result<Receipt, Refusal | StoreFault | WriterFault> {
  switch (answer.kind) {
    case 'done':
      return ok(committed(answer, book, done));
    case 'replayed':
      return ok(replayed(answer, book));
    case 'refused':
      return err(answer.refusal);
    case 'fault':
      return err(answer.fault);
    case 'defect':
      throw answer.error;
  }
}

function committed(
  { stored, at, balances }: Extract<Outcome, { kind: 'done' }>,
  book: string,
  status: Receipt['status'],
): Receipt {
  // Made whether somebody looks or not: a getter of its own costs more than the two balances that most units touch.
  const after = new Map<string, Money>();
  for (const { key, balance, state } of balances) after.set(key, money(balance, state.currency));
  return { status, book, sequence: stored.sequence, at, digest: stored.digest, balances: after };
}

function replayed({ stored, unit }: Extract<Outcome, { kind: 'replayed' }>, book: string): Receipt {
  return {
    status: 'replayed',
    book,
    sequence: stored.sequence,
    at: unit.at,
    digest: stored.digest,
    balances: new Map(
      Object.entries(unit.balances).map(([key, amount]) => [
        key,
        reviveMoney({ amount, currency: splitAccountKey(key).currency }),
      ]),
    ),
  };
}
