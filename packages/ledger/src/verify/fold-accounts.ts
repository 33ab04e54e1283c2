import { type AccountText, accountKey, type TransferText, type Unit } from '@holdfast/kernel';
import { type JournalDecimal, readJournalDecimal, writeJournalDecimal } from '../journal/read-decimal.ts';
import type { Pass } from './report.ts';
import { accountTextRow, type RowSink } from './rows.ts';

/** An account as the units so far leave it. */
interface Folded {
  text: AccountText;
  balance: bigint;
}

/** The passes that a fold of the accounts feeds. */
export interface AccountPasses {
  readonly conservation: Pass;
  readonly balances: Pass;
  readonly floors: Pass;
}

/** Re-derives every account from the transfers of the units: its openings and changes, its lines, its balances. */
export class AccountFold {
  readonly #passes: AccountPasses;
  readonly #sink: RowSink;
  readonly #accounts = new Map<string, Folded>();

  constructor(passes: AccountPasses, sink: RowSink) {
    this.#passes = passes;
    this.#sink = sink;
  }

  /** Folds one unit in. */
  unit(unit: Unit, sequence: number): void {
    const touched = new Map<string, Touch>();
    for (const text of unit.accounts ?? []) this.#change(text, sequence, touched);
    let ordinal = 0;
    for (const entry of unit.entries) {
      this.#passes.conservation.checked += 1;
      if (entry.length === 0)
        this.#passes.conservation.differs('unit', sequence, 'an entry of transfers', 'an entry without any');
      for (const transfer of entry) ordinal = this.#transfer(transfer, sequence, ordinal, touched);
    }
    this.#checkBalances(unit, sequence, touched);
    for (const [key, touch] of touched) this.#checkFloor(key, touch, sequence, unit.fact === true);
  }

  /** Checks that all balances of a currency sum to nothing. */
  end(sequence: number): void {
    const sums = new Map<string, bigint>();
    for (const [key, { balance }] of this.#accounts) {
      const code = key.slice(key.lastIndexOf(' ') + 1);
      sums.set(code, (sums.get(code) ?? 0n) + balance);
    }
    for (const [code, sum] of sums) {
      if (sum !== 0n)
        this.#passes.conservation.differs(
          'unit',
          sequence,
          `a sum of 0 ${code}`,
          `a sum of ${sum} ${code} in minor units`,
        );
    }
  }

  #change(text: AccountText, sequence: number, touched: Map<string, Touch>): void {
    const before = this.#accounts.get(text.account);
    touched.set(text.account, touch(before));
    if (before) before.text = text;
    else this.#accounts.set(text.account, { text, balance: 0n });
    this.#sink('account', accountTextRow(text, sequence));
  }

  /** Posts both sides of a transfer; gives the next ordinal. */
  #transfer(
    [from, to, amount, code]: TransferText,
    sequence: number,
    ordinal: number,
    touched: Map<string, Touch>,
  ): number {
    const { conservation } = this.#passes;
    const read = readJournalDecimal(amount);
    if (!read || read.minor <= 0n || from === to) {
      conservation.differs(
        'unit',
        sequence,
        'a transfer of more than zero between two accounts',
        `${amount} ${code} from ${from} to ${to}`,
      );
      return ordinal + 2;
    }
    this.#post(accountKey(from, code), { minor: -read.minor, scale: read.scale }, sequence, ordinal, touched);
    this.#post(accountKey(to, code), read, sequence, ordinal + 1, touched);
    return ordinal + 2;
  }

  #post(
    key: string,
    { minor, scale }: JournalDecimal,
    sequence: number,
    ordinal: number,
    touched: Map<string, Touch>,
  ): void {
    const account = this.#accounts.get(key);
    if (!account || account.text.scale !== scale) {
      const found = account ? `an amount with ${scale} decimals on ${key}` : `a transfer on ${key}, which never opened`;
      this.#passes.conservation.differs(
        'unit',
        sequence,
        account ? `${account.text.scale} decimals` : 'an open account',
        found,
      );
      return;
    }
    const here = touched.get(key) ?? touch(account);
    touched.set(key, here);
    here.moved = true;
    here.gave ||= minor < 0n;
    account.balance += minor;
    this.#sink('line', { name: key, sequence, ordinal, text: `amount ${minor} balance ${account.balance}` });
  }

  /** Checks that the unit says the balance of every account it touches, and says it right. */
  #checkBalances(unit: Unit, sequence: number, touched: ReadonlyMap<string, Touch>): void {
    const { balances } = this.#passes;
    for (const key in unit.balances) {
      balances.checked += 1;
      const account = this.#accounts.get(key);
      const expected = account
        ? writeJournalDecimal({ minor: account.balance, scale: account.text.scale })
        : 'no account';
      if (unit.balances[key] !== expected)
        balances.differs('unit', sequence, `${key} at ${expected}`, `${key} at ${unit.balances[key]}`);
    }
    for (const key of touched.keys()) {
      if (!Object.hasOwn(unit.balances, key)) balances.differs('unit', sequence, `a balance of ${key}`, 'none');
    }
  }

  /** A fact may leave an account as no other unit may, except below a floor whose breach is a defect. */
  #checkFloor(key: string, { before, closed, frozen, moved, gave }: Touch, sequence: number, fact: boolean): void {
    const { floors } = this.#passes;
    const { text, balance } = this.#accounts.get(key) as Folded;
    floors.checked += 1;
    const say = (expected: string, found: string) =>
      floors.differs('unit', sequence, `${key} ${expected}`, `${key} ${found}`);
    if (text.floor !== null && balance < BigInt(text.floor) && balance < before && !(fact && text.breach === 'refusal'))
      say(`not below ${text.floor}`, `at ${balance} in minor units`);
    if (fact) return;
    if (text.closed && balance !== 0n) say('empty, since it is closed', `at ${balance} in minor units`);
    if (closed && text.closed && moved) say('untouched, since it is closed', 'in a transfer');
    if (frozen === 'all' && text.frozen === 'all' && moved) say('untouched, since it is frozen', 'in a transfer');
    if (frozen !== 'none' && text.frozen !== 'none' && gave) say('not giving, since it is frozen', 'giving');
  }
}

/** How an account stood before a unit, and what the unit did to it. */
interface Touch {
  readonly before: bigint;
  readonly closed: boolean;
  readonly frozen: AccountText['frozen'];
  moved: boolean;
  gave: boolean;
}

function touch(account: Folded | undefined): Touch {
  return {
    before: account?.balance ?? 0n,
    closed: account?.text.closed ?? false,
    frozen: account?.text.frozen ?? 'none',
    moved: false,
    gave: false,
  };
}
