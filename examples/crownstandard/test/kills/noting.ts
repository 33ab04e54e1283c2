import { writeSync } from 'node:fs';
import type { Changes, Rounds, Store } from '@holdfast/kernel';
import type { Provider } from '@holdfast/providers';
import { type Aim, type Note, stepsOf } from './moments.ts';

/** When a worker kills itself: at the so many-th time that it comes to a moment. */
export interface AimedKill {
  readonly at: Aim;
  readonly nth: number;
  /** How far into it, in milliseconds. */
  readonly afterMs: number;
}

/** What notes are made with. */
interface NotingOptions {
  readonly aim: AimedKill | undefined;
  /** Called once, when the first step of a payout begins. */
  readonly onPayout: () => void;
}

/** Notes what a worker does into a file, so that it is known where a kill met it. Written at once: a kill takes nothing of it. */
export function createNoting(file: number, { aim, onPayout }: NotingOptions) {
  let begun = 0;
  const next = (): number => {
    begun += 1;
    return begun;
  };
  let left = aim?.nth ?? 0;
  let isPaying = false;
  const note = (what: Note, id: string | number): void => {
    writeSync(file, `${what} ${id}\n`);
    if (what === '+intent' && !isPaying) onPayout();
    isPaying ||= what === '+intent';
  };
  const meets = (at: Aim): boolean => {
    if (aim?.at !== at) return false;
    left -= 1;
    return left === 0;
  };
  const dieSoon = (): void => void setTimeout(die, aim?.afterMs ?? 0);
  const append =
    (rounds: Rounds): Rounds['append'] =>
    async (book, head, changes) => {
      const [begin, end] = notesOf(changes, next, note);
      begin();
      if (hasStep(changes, 'intent') && meets('intent')) dieSoon();
      if (hasStep(changes, 'report') && meets('report')) dieSoon();
      const answer = await rounds.append(book, head, changes);
      end(answer.isOk() && answer.value === 'appended');
      return answer;
    };
  return {
    store: (store: Store<never>): Store<never> => watchedStore(store, append),
    provider: (provider: Provider): Provider => ({
      ...provider,
      submit: async (send, signal) => {
        const { payout = '' } = send.operation.metadata;
        const isPayout = send.operation.kind === 'transfer';
        const id = isPayout ? `payout/${payout}` : `${next()}`;
        if (isPayout && meets('before')) die();
        note(isPayout ? '+send' : '+charge', id);
        if (isPayout && meets('send')) dieSoon();
        const outcome = await provider.submit(send, signal);
        note(isPayout ? '-send' : '-charge', id);
        if (isPayout && meets('after')) die();
        return outcome;
      },
      lookup: async (query, signal) => {
        const id = next();
        note('+look-up', id);
        const found = await provider.lookup(query, signal);
        note('-look-up', id);
        return found;
      },
    }),
  };
}

function watchedStore(store: Store<never>, append: (rounds: Rounds) => Rounds['append']): Store<never> {
  const own: Pick<Store<never>, 'append' | 'locked'> = {
    append: append(store),
    locked: (book, work) =>
      store.locked(book, (rounds) => work({ load: (...given) => rounds.load(...given), append: append(rounds) })),
  };
  return new Proxy(store, {
    get(target, name) {
      const watched = Reflect.get(own, name) as unknown;
      if (watched !== undefined) return watched;
      const value = Reflect.get(target, name) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function notesOf(
  changes: Changes,
  next: () => number,
  note: (what: Note, id: string | number) => void,
): readonly [begin: () => void, end: (appended: boolean) => void] {
  const steps = stepsOf(changes.units);
  if (steps.length === 0) {
    const id = next();
    return [() => note('+append', id), () => note('-append', id)];
  }
  const each = (sign: '+' | '-' | '~') => {
    for (const [noted, payout] of steps) note(`${sign}${noted}`, payout);
  };
  return [() => each('+'), (appended) => each(appended ? '-' : '~')];
}

function hasStep(changes: Changes, noted: 'intent' | 'report'): boolean {
  return stepsOf(changes.units).some(([name]) => name === noted);
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
