import { createHash } from 'node:crypto';
import { type AccountState, type Changes, genesis, type Head, type Needs } from '@holdfast/kernel';

/** What the units of a {@link SimpleJournal} do besides moving money. */
export interface Extras {
  readonly records?: Changes['records'];
  readonly claims?: Changes['claims'];
  readonly tasks?: Changes['tasks'];
  readonly texts?: Changes['texts'];
}

/** Needs nothing. */
export const nothing: Needs = { keys: [], accounts: [], records: [], claims: [] };

const state: AccountState = {
  type: 'liability',
  floor: null,
  breach: 'refusal',
  currency: { code: 'USD', scale: 2 },
  frozen: 'none',
  closed: false,
};

/** Makes batches by hand, without the kernel, and remembers balances as a model. */
export class SimpleJournal {
  head: Head;
  readonly balances: Map<string, bigint>;

  constructor(head: Head = genesis, balances: ReadonlyMap<string, bigint> = new Map()) {
    this.head = head;
    this.balances = new Map(balances);
  }

  /** Makes a batch of one transfer a key, and moves on. */
  batch(
    transfers: readonly { readonly key: string; readonly from: string; readonly to: string; readonly amount: bigint }[],
    extras: Extras = {},
  ): { readonly before: Head; readonly changes: Changes } {
    const before = this.head;
    const units: Changes['units'][number][] = [];
    const lines: Changes['lines'][number][] = [];
    const accounts: Changes['accounts'][number][] = [];
    let { sequence, digest } = before;
    for (const { key, from, to, amount } of transfers) {
      sequence += 1;
      for (const [ordinal, name, change] of [
        [0, from, -amount],
        [1, to, amount],
      ] as const) {
        const account = `${name} USD`;
        if (!this.balances.has(account)) accounts.push({ account, sequence, state });
        const balance = (this.balances.get(account) ?? 0n) + change;
        this.balances.set(account, balance);
        lines.push({ account, sequence, ordinal, amount: change, balance });
      }
      const bytes = bytesOf(key, from, to, amount);
      digest = createHash('sha256').update(`1\n${digest}\n${sequence}\n${bytes}`).digest('hex');
      units.push({ sequence, key, digest, bytes });
    }
    this.head = { ...before, number: before.number + 1, sequence, digest, at: '2026-03-07T10:00:00.000Z' };
    const rest = { records: [], claims: [], tasks: [], texts: [], ...extras };
    return { before, changes: { head: this.head, units, lines, accounts, ...rest } };
  }
}

/** A unit's text of about the size that the kernel writes. */
function bytesOf(key: string, from: string, to: string, amount: bigint): string {
  const decimal = `${amount / 100n}.${`${amount % 100n}`.padStart(2, '0')}`;
  const digest = createHash('sha256').update(key).digest('hex');
  const event = { data: { amount: { amount: decimal, currency: 'USD' }, from, to }, type: 'MoneyMoved', version: 1 };
  return JSON.stringify({
    actor: { id: 'host', role: 'service' },
    at: '2026-03-07T10:00:00.000Z',
    balances: { [`${from} USD`]: decimal, [`${to} USD`]: decimal },
    digest,
    entries: [[[from, to, decimal, 'USD', 'transfer']]],
    events: [event],
    key,
  });
}
