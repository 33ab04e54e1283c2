import { isMoney, type Money } from '@holdfast/money';
import { err, ok } from 'neverthrow';
import { accountKey } from '../account.ts';
import { reviveJson } from '../canonical.ts';
import type { Decider, DomainEvent } from '../decider.ts';
import type { Instant } from '../instant.ts';
import { type ShapeInvalid, show } from '../refusals.ts';
import type { Transfer } from '../transfer.ts';

/** What the test decider of transfers takes. */
export interface PlainTransferCommands {
  readonly [type: string]: { readonly command: object; readonly refusal: never };
  readonly Move: {
    readonly command: { readonly transfers: readonly Transfer[]; readonly effectiveAt?: Instant };
    readonly refusal: never;
  };
}

/** What the test decider of transfers makes of it. */
export interface PlainTransferEvent extends DomainEvent<'Moved'> {
  readonly transfers: readonly Transfer[];
  readonly effectiveAt?: Instant;
}

/** A decider for tests of kernels and stores: moves what it is asked to move, whatever that is. Not for a product: it checks no shape but the list. */
export const plainTransfers: Decider<PlainTransferCommands, never, PlainTransferEvent> & { readonly keeps: 'nothing' } =
  {
    kind: 'plain',
    keeps: 'nothing',
    parse(command) {
      const { type, transfers, effectiveAt } = command as { type: 'Move' } & PlainTransferCommands['Move']['command'];
      if (type === 'Move' && Array.isArray(transfers) && transfers.every(({ amount }) => isMoney(amount)))
        return ok({ type, transfers, effectiveAt } as never);
      return err({
        code: 'shape_invalid',
        field: 'transfers',
        given: show(transfers),
        allowed: 'a list of transfers',
      } satisfies ShapeInvalid);
    },
    needs(command) {
      const { transfers } = command as unknown as { transfers: readonly Transfer[] };
      return {
        accounts: transfers.flatMap(({ from, to, amount }) => [
          accountKey(from, amount.currency.code),
          accountKey(to, amount.currency.code),
        ]),
      };
    },
    decide(_seen, command) {
      const { transfers, effectiveAt } = command as unknown as PlainTransferCommands['Move']['command'];
      return ok([{ type: 'Moved', transfers, ...(effectiveAt === undefined ? {} : { effectiveAt }) }]);
    },
    evolve() {
      throw new TypeError('keeps nothing');
    },
    transfers: ({ transfers }) => transfers,
    effectiveAt: (event) => event.effectiveAt,
    standing: () => ({ status: '', claims: [], deadlines: [], touches: [] }),
    codec: {
      encodeState: () => null,
      decodeState: () => undefined as never,
      encodeEvent: () => ({ type: 'Moved', version: 1, data: {} }),
      decodeEvent: ({ data }) => ({
        type: 'Moved',
        transfers: (reviveJson(data) as { transfers?: Transfer[] }).transfers ?? ([] as Money[] as never),
      }),
    },
  };
