import type { Changes, Head, Rounds } from '@holdfast/kernel';
import type { FaultyStore } from './faulty-store.ts';
import { PlainStore } from './plain-store.ts';
import type { PlainTransaction } from './plain-transaction.ts';

class RollbackLeavesUnits extends PlainStore {
  protected override rollBack(_restore: () => void, release: () => void): void {
    release();
  }
}

class OnItsOwnConnection extends PlainStore {
  override within(): Rounds {
    return this;
  }
}

class HostLocksNothing extends PlainStore {
  protected override async join(transaction: PlainTransaction, name: string): Promise<void> {
    if (transaction.has(name)) return;
    const restore = this.bookOf(name).save();
    transaction.add(name, { commit: () => {}, rollback: restore });
  }
}

class NoSavepoint extends PlainStore {
  override within(client: unknown): Rounds {
    const rounds = super.within(client);
    return {
      load: rounds.load,
      append: async (book: string, head: Head, changes: Changes) => {
        const answer = await rounds.append(book, head, changes);
        if (answer.isErr()) (client as PlainTransaction).abort();
        return answer;
      },
    };
  }
}

class CommitForgetsTheBook extends PlainStore {
  protected override async join(transaction: PlainTransaction, name: string): Promise<void> {
    if (transaction.has(name)) return;
    const release = await this.acquire(name);
    const restore = this.bookOf(name).save();
    const undo = (): void => this.rollBack(restore, release);
    transaction.add(name, { commit: undo, rollback: undo });
  }
}

/** Mistakes in transactions of a host. */
export const faultyHosts: readonly FaultyStore[] = [
  { name: 'rollback-leaves-units', mistake: 'keeps what a host rolled back', create: () => new RollbackLeavesUnits() },
  {
    name: 'on-its-own-connection',
    mistake: 'writes beside the transaction of the host',
    create: () => new OnItsOwnConnection(),
  },
  {
    name: 'host-locks-nothing',
    mistake: 'lets others append while a host holds the book',
    create: () => new HostLocksNothing(),
  },
  { name: 'no-savepoint', mistake: 'aborts the transaction of the host with its own', create: () => new NoSavepoint() },
  {
    name: 'commit-forgets-the-book',
    mistake: 'rolls its part back when the host commits',
    create: () => new CommitForgetsTheBook(),
  },
];
