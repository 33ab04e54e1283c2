import {
  type Changes,
  type Head,
  type LeasedTask,
  type Rounds,
  type StoreFault,
  storeFault,
  type TaskChange,
} from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { FaultyStore } from './faulty-store.ts';
import type { PlainBook, PlainTask } from './plain-book.ts';
import { PlainStore } from './plain-store.ts';

class LeasedTwice extends PlainStore {
  override async leaseTasks(request: Parameters<PlainStore['leaseTasks']>[0]): ReturnType<PlainStore['leaseTasks']> {
    // Looks first, waits, and then takes what it had seen: `select` without `for update`.
    const seen = (request.books ?? [...this.books.keys()]).flatMap((book) => this.dueTasks(book, request.dueAt));
    await this.pause();
    return ok(seen.slice(0, request.limit).map(({ book, task }) => this.lease(book, task, request.leaseMs)));
  }
}

class LeaseIgnored extends PlainStore {
  protected override isFree(task: PlainTask): boolean {
    return task.parked === undefined;
  }
}

class LeaseNeverEnds extends PlainStore {
  protected override isFree(task: PlainTask): boolean {
    return task.parked === undefined && task.lease === undefined && task.freeAt <= this.now();
  }
}

class AttemptsNotCounted extends PlainStore {
  protected override lease(book: string, task: PlainTask, leaseMs: number): LeasedTask {
    return { ...super.lease(book, task, leaseMs), attempts: 1 };
  }
}

class LeaseWithoutProof extends PlainStore {
  protected override leasedTask({ book, task }: LeasedTask): PlainTask | undefined {
    return this.bookOf(book).tasks.get(task.id);
  }
}

class FinishedStays extends PlainStore {
  protected override changeTask(book: PlainBook, change: TaskChange): void {
    if ('put' in change) super.changeTask(book, change);
  }
}

class MovedStays extends PlainStore {
  protected override changeTask(book: PlainBook, change: TaskChange): void {
    // `on conflict do nothing` where `do update` was meant.
    if ('put' in change && book.tasks.has(change.put.id)) return;
    super.changeTask(book, change);
  }
}

class ParkedComesBack extends PlainStore {
  protected override isFree(task: PlainTask): boolean {
    return task.freeAt <= this.now();
  }
}

class RestIgnored extends PlainStore {
  override giveBackTask(leased: LeasedTask): ReturnType<PlainStore['giveBackTask']> {
    return super.giveBackTask(leased, 0);
  }
}

class UnfairBooks extends PlainStore {
  override async leaseTasks(request: Parameters<PlainStore['leaseTasks']>[0]): ReturnType<PlainStore['leaseTasks']> {
    await this.pause();
    const due = (request.books ?? [...this.books.keys()])
      .flatMap((book) => this.dueTasks(book, request.dueAt))
      .sort((left, right) => (left.task.task.dueAt < right.task.task.dueAt ? -1 : 1));
    return ok(due.slice(0, request.limit).map(({ book, task }) => this.lease(book, task, request.leaseMs)));
  }
}

class DueTooEarly extends PlainStore {
  protected override dueTasks(name: string): ReturnType<PlainStore['dueTasks']> {
    return super.dueTasks(name, '9999-01-01T00:00:00.000Z');
  }
}

class DueTooLate extends PlainStore {
  protected override dueTasks(name: string, dueAt: string): ReturnType<PlainStore['dueTasks']> {
    return super.dueTasks(name, dueAt).filter(({ task }) => task.task.dueAt < dueAt);
  }
}

class LockNotExclusive extends PlainStore {
  override async locked<T>(_book: string, work: (rounds: Rounds) => Promise<T>): Promise<Result<T, StoreFault>> {
    return ok(await work(this));
  }
}

class LockOnlyAmongLockers extends PlainStore {
  override async append(book: string, head: Head, changes: Changes): ReturnType<PlainStore['append']> {
    await this.pause();
    return this.appendNow(book, head, changes);
  }
}

class LockLeaks extends PlainStore {
  readonly #leaked = new Set<string>();
  protected override async holding<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    if (this.#leaked.has(name)) await new Promise(() => {});
    return super.holding(name, async () => {
      try {
        return await work();
      } catch (error) {
        // No `finally`: the connection goes back to the pool with its lock.
        this.#leaked.add(name);
        throw error;
      }
    });
  }
}

class OneLockForAll extends PlainStore {
  protected override holding<T>(_name: string, work: () => T | Promise<T>): Promise<T> {
    return super.holding('everything', work);
  }
}

class ThrowBecomesFault extends PlainStore {
  override async locked<T>(book: string, work: (rounds: Rounds) => Promise<T>): Promise<Result<T, StoreFault>> {
    try {
      return await super.locked(book, work);
    } catch (error) {
      return err(storeFault('store_unavailable', String(error), { retryable: true, effect: 'none' }));
    }
  }
}

/** Mistakes in tasks and locks. */
export const faultyTasksAndLocks: readonly FaultyStore[] = [
  { name: 'leased-twice', mistake: 'leases what another took a moment ago', create: () => new LeasedTwice() },
  { name: 'lease-ignored', mistake: 'leases a task that somebody has', create: () => new LeaseIgnored() },
  {
    name: 'lease-never-ends',
    mistake: 'never leases a task of a lost worker again',
    create: () => new LeaseNeverEnds(),
  },
  { name: 'attempts-not-counted', mistake: 'counts every lease as the first', create: () => new AttemptsNotCounted() },
  {
    name: 'lease-without-proof',
    mistake: 'lets a lost lease give back and park',
    create: () => new LeaseWithoutProof(),
  },
  { name: 'finished-stays', mistake: 'keeps a task that a unit finished', create: () => new FinishedStays() },
  { name: 'moved-stays', mistake: 'keeps the old instant of a task that was moved', create: () => new MovedStays() },
  { name: 'parked-comes-back', mistake: 'leases parked tasks', create: () => new ParkedComesBack() },
  {
    name: 'rest-ignored',
    mistake: 'leases a task at once that was given back to rest',
    create: () => new RestIgnored(),
  },
  { name: 'unfair-books', mistake: 'serves one book until it is empty', create: () => new UnfairBooks() },
  { name: 'due-too-early', mistake: 'leases what is not due', create: () => new DueTooEarly() },
  { name: 'due-too-late', mistake: 'takes a deadline as after its instant', create: () => new DueTooLate() },
  { name: 'lock-not-exclusive', mistake: 'locks nothing', create: () => new LockNotExclusive() },
  {
    name: 'lock-only-among-lockers',
    mistake: 'lets plain appends pass a lock',
    create: () => new LockOnlyAmongLockers(),
  },
  { name: 'lock-leaks', mistake: 'keeps the lock of work that threw', create: () => new LockLeaks() },
  { name: 'one-lock-for-all', mistake: 'locks every book with one', create: () => new OneLockForAll() },
  { name: 'throw-becomes-fault', mistake: 'hides what the work threw', create: () => new ThrowBecomesFault() },
];
