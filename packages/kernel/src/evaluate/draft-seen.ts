import { type AccountState, accountKey } from '../account.ts';
import type { BookSeen, Decider, RecordKeeper, Seen } from '../decider.ts';
import type { AccountSeen } from '../store.ts';
import type { Draft } from './draft.ts';
import { UNKNOWN } from './ground.ts';

/** The eyes of a decider on a draft. A look at what is not loaded leaves the draft incomplete: the round loads it and decides again. */
export class DraftSeen implements Seen {
  private readonly draft: Draft;
  private readonly decider: Decider;

  constructor(draft: Draft, decider: Decider) {
    this.draft = draft;
    this.decider = decider;
  }

  record(id: string): unknown {
    return this.draft.state(this.decider, id);
  }

  recordOf<State>(keeper: RecordKeeper<State>, id: string): State | undefined {
    return this.draft.state(keeper, id) as State | undefined;
  }

  balance(account: string, currencyCode: string): bigint {
    return this.look(account, currencyCode)?.balance ?? 0n;
  }

  account(account: string, currencyCode: string): AccountState | undefined {
    return this.look(account, currencyCode)?.state;
  }

  claim(name: string): string | undefined {
    return this.known(this.draft.ground.claim(name));
  }

  book(): BookSeen {
    const { sequence, previous } = this.draft;
    const { closedBefore, epoch, format } = this.draft.standing();
    return { closedBefore, epoch, format, sequence: sequence - 1, digest: previous };
  }

  private look(account: string, currencyCode: string): AccountSeen | undefined {
    const here = this.draft.find(account, currencyCode);
    return here ?? this.known(this.draft.ground.account(accountKey(account, currencyCode)));
  }

  private known<T>(found: T | typeof UNKNOWN): T | undefined {
    if (found !== UNKNOWN) return found;
    this.draft.incomplete = true;
    return undefined;
  }
}
