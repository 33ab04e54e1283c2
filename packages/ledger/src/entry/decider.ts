import {
  accountKey,
  type Context,
  type Instant,
  type Json,
  type Needs,
  type RecordDecider,
  type Refusal,
  type Seen,
  type Transfer,
} from '@holdfast/kernel';
import { add, isSameCurrency, type Money, subtract, zero } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { shapeInvalid } from '../shape/read-shape.ts';
import { checkEffective } from '../transfer/check-effective.ts';
import { type AnyEntryCommand, type EntryCommands, parseEntryCommand, type ReverseEntry } from './commands.ts';
import type { EntryRefusals } from './refusals.ts';

/** An entry that can be reversed, with how much of each of its transfers was. */
export interface Entry {
  readonly status: 'posted' | 'partly_reversed' | 'reversed';
  readonly transfers: readonly Transfer[];
  /** Of each transfer, in the same order; never more than the transfer itself. */
  readonly reversed: readonly Money[];
}

/** What happened to an entry. */
export type EntryEvent =
  | { readonly type: 'EntryRecorded'; readonly transfers: readonly Transfer[]; readonly effectiveAt?: Instant }
  /** `parts`: an amount for each transfer; `transfers`: the way back, the last one first. */
  | { readonly type: 'EntryReversed'; readonly parts: readonly Money[]; readonly transfers: readonly Transfer[] };

/**
 * Posts entries that can be reversed: in one go or in parts, and never more than they moved.
 *
 * A reversal is a new entry in the same record, which links the two. Its transfers run backwards, the last one first, and only the balances
 * after all of them have to respect the floors; so an entry that passed through an empty account can be reversed.
 *
 * @source docs/rules/ledger.md, L-15
 */
export const reversibleEntries: RecordDecider<EntryCommands, Entry, EntryEvent> = {
  kind: 'entry',
  keeps: 'record',
  parse: parseEntryCommand,
  needs: (command, context, seen) => needsOf(command as AnyEntryCommand, context, seen),
  decide: (seen, command, context) => decideEntry(seen, command as AnyEntryCommand, context),
  evolve: evolveEntry,
  transfers: (event) => event.transfers,
  effectiveAt: (event) => (event.type === 'EntryRecorded' ? event.effectiveAt : undefined),
  standing: ({ status }) => ({ status, claims: [], deadlines: [], touches: [] }),
  codec: {
    encodeState: (state) => state as unknown as Json,
    decodeState: (json) => json as unknown as Entry,
    encodeEvent: ({ type, ...data }) => ({ type, version: 1, data: data as unknown as Json }),
    decodeEvent: ({ type, data }) => ({ type, ...(data as object) }) as EntryEvent,
  },
};

function decideEntry(
  seen: Seen,
  command: AnyEntryCommand,
  { id, at }: Context,
): Result<readonly EntryEvent[], Refusal> {
  const state = seen.record(id) as Entry | undefined;
  if (command.type === 'ReverseEntry') return decideReverseEntry(state, command, id);
  if (state) return err({ code: 'entry_exists', entry: id } as Refusal);
  const { transfers, effectiveAt } = command;
  const later = checkEffective(effectiveAt, at);
  if (later) return err(later);
  // Nothing below refuses.
  return ok([{ type: 'EntryRecorded', transfers, ...(effectiveAt === undefined ? {} : { effectiveAt }) }]);
}

function decideReverseEntry(
  state: Entry | undefined,
  { amounts }: ReverseEntry,
  id: string,
): Result<readonly EntryEvent[], EntryRefusals['ReverseEntry']> {
  if (!state) return err({ code: 'entry_unknown', entry: id });
  if (state.status === 'reversed') return err({ code: 'entry_reversed_before', entry: id });
  const left = leftOf(state);
  const parts = amounts ?? left;
  const wrong = checkParts(state, parts, left, id);
  if (wrong) return err(wrong);
  // Nothing below refuses.
  const back = state.transfers.map(({ from, to, kind }, index) => ({
    from: to,
    to: from,
    amount: parts[index] as Money,
    kind: reversalOf(kind),
  }));
  const transfers = back.filter(({ amount }) => amount.minor > 0n).reverse();
  return ok([{ type: 'EntryReversed', parts, transfers }]);
}

function checkParts(state: Entry, parts: readonly Money[], left: readonly Money[], entry: string) {
  if (parts.length !== state.transfers.length) {
    return shapeInvalid('amounts', parts.length, `an amount for each of the ${state.transfers.length} transfers`);
  }
  for (const [transfer, amount] of parts.entries()) {
    const most = left[transfer] as Money;
    const field = `amounts.${transfer}`;
    if (!isSameCurrency(amount.currency, most.currency)) {
      return shapeInvalid(field, `${amount}`, `an amount of ${most.currency.code}`);
    }
    if (amount.minor > most.minor)
      return { code: 'reversal_exceeds_entry', entry, transfer, amount, left: most } as const;
  }
  if (parts.every(({ minor }) => minor === 0n))
    return shapeInvalid('amounts', 'only zeros', 'an amount of more than zero');
  return undefined;
}

function evolveEntry(state: Entry | undefined, event: EntryEvent): Entry {
  if (event.type === 'EntryRecorded') {
    const { transfers } = event;
    return { status: 'posted', transfers, reversed: transfers.map(({ amount }) => zero(amount.currency)) };
  }
  const before = state as Entry;
  const reversed = before.reversed.map((amount, index) => add(amount, event.parts[index] as Money));
  const all = before.transfers.every(({ amount }, index) => amount.minor === reversed[index]?.minor);
  return { status: all ? 'reversed' : 'partly_reversed', transfers: before.transfers, reversed };
}

function leftOf({ transfers, reversed }: Entry): readonly Money[] {
  return transfers.map(({ amount }, index) => subtract(amount, reversed[index] as Money));
}

/** Names the way back of a kind; a kind may have 64 characters at most. */
function reversalOf(kind: string): string {
  return `${kind.slice(0, 55)}_reversal`;
}

function needsOf(command: AnyEntryCommand, { id }: Context, seen: Seen): Partial<Needs> {
  const transfers =
    command.type === 'RecordEntry' ? command.transfers : ((seen.record(id) as Entry | undefined)?.transfers ?? []);
  const keys = transfers.flatMap(({ from, to, amount }) => [
    accountKey(from, amount.currency.code),
    accountKey(to, amount.currency.code),
  ]);
  return { accounts: [...new Set(keys)] };
}
