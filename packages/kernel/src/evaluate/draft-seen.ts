import { type AccountState, accountKey, recordKey } from '../account.ts';
import type { Decider, Seen } from '../decider.ts';
import { Defect } from '../faults.ts';
import type { AccountSeen, Needs } from '../store.ts';
import type { Draft } from './draft.ts';
import { UNKNOWN } from './ground.ts';

/** The eyes of a decider on a draft: it sees what it named, and looking elsewhere is a defect. */
export class DraftSeen implements Seen {
  private readonly draft: Draft;
  private readonly decider: Decider;
  private readonly own: string;
  /** `undefined` while the decider is still asked what it needs: what is not loaded then looks absent. */
  named: Partial<Needs> | undefined = undefined;

  constructor(draft: Draft, decider: Decider, own: string) {
    this.draft = draft;
    this.decider = decider;
    this.own = own;
  }

  record(id: string): unknown {
    if (id !== this.own) this.check('records', recordKey(this.decider.kind, id));
    return this.draft.state(this.decider, id);
  }

  balance(account: string, currencyCode: string): bigint {
    return this.look(account, currencyCode)?.balance ?? 0n;
  }

  account(account: string, currencyCode: string): AccountState | undefined {
    return this.look(account, currencyCode)?.state;
  }

  claim(name: string): string | undefined {
    const holder = this.draft.ground.claim(this.check('claims', name));
    return holder === UNKNOWN ? undefined : holder;
  }

  private look(account: string, currencyCode: string): AccountSeen | undefined {
    const key = this.check('accounts', accountKey(account, currencyCode));
    const seen = this.draft.find(account, currencyCode) ?? this.draft.ground.account(key);
    return seen === UNKNOWN ? undefined : seen;
  }

  private check(list: 'accounts' | 'records' | 'claims', name: string): string {
    if (this.named && !this.named[list]?.includes(name)) {
      throw new Defect(`${this.decider.kind} looks at ${list} ${name}, which its needs do not name`);
    }
    return name;
  }
}
