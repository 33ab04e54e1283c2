import type { Book } from '@holdfast/kernel';
import type { HostClient } from '@holdfast/store-postgres';
import { placed } from '../feed/feed.ts';
import { eventsOf, type Happened } from '../feed/take-in-units.ts';

/** An event of a scheme, for those who are looking on. */
export interface LiveEvent {
  /** Its place in the journal: where to go on after a break. */
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

/** Tells of events of schemes as soon as they are in the journal. */
export interface LiveEvents {
  /** Calls with each event of a scheme after a place, in order, until it is stopped. */
  listen(scheme: string, after: number, tell: (event: LiveEvent) => void): () => void;
  /** The place of the newest unit. */
  head(): Promise<number>;
  close(): void;
}

interface Listener {
  readonly scheme: string;
  readonly tell: (event: LiveEvent) => void;
  sequence: number;
}

/**
 * Opens the live view of a book. One reader serves all who look on: it reads on when this process has appended something, and every half second for what
 * others have. Nobody looking on, nothing is read.
 */
export function openLiveEvents(book: Book<HostClient>, pollMs = 500): LiveEvents {
  const listeners = new Set<Listener>();
  let reading = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  const read = async (): Promise<void> => {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      do {
        again = false;
        await readOn(book, listeners);
      } while (again);
    } finally {
      reading = false;
    }
  };
  const wake = (): void => {
    if (listeners.size > 0) read().catch(() => {});
  };
  const stopHints = book.onAppended(wake);
  return {
    listen: (scheme, after, tell) => {
      const listener: Listener = { scheme, tell, sequence: after };
      listeners.add(listener);
      timer ??= setInterval(wake, pollMs);
      wake();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    head: async () => (await book.head()).map(({ sequence }) => sequence).unwrapOr(0),
    close: () => {
      clearInterval(timer);
      stopHints();
      listeners.clear();
    },
  };
}

/** Reads from where the last of the listeners is, and tells each what he has not heard. */
async function readOn(book: Book<HostClient>, listeners: ReadonlySet<Listener>): Promise<void> {
  while (listeners.size > 0) {
    const after = Math.min(...[...listeners].map(({ sequence }) => sequence));
    const part = await book.units({ after, limit: PAGE });
    if (part.isErr() || part.value.kind !== 'units') return;
    for (const unit of part.value.units) {
      const happened = eventsOf(placed(unit));
      for (const listener of [...listeners]) {
        if (unit.sequence <= listener.sequence) continue;
        listener.sequence = unit.sequence;
        for (const one of happened) if (one.scheme === listener.scheme) listener.tell(shown(one));
      }
    }
    if (part.value.units.length < PAGE) return;
  }
}

/** What everybody in the room may see: no transfers, and no names but those of tickets. */
function shown({ event, place, at }: Happened): LiveEvent {
  const {
    type,
    transfers: _transfers,
    holders: _holders,
    present,
    draw,
    ...data
  } = event as unknown as {
    readonly type: string;
    readonly transfers?: unknown;
    readonly holders?: unknown;
    readonly present?: readonly string[];
    readonly draw?: { readonly present: readonly string[] };
  };
  const opened = draw ? { draw: { ...draw, present: draw.present.length } } : {};
  const count = present ? { present: present.length } : {};
  return { id: place, type, data: JSON.parse(JSON.stringify({ at, ...data, ...opened, ...count }, plain)) };
}

function plain(name: string, value: unknown): unknown {
  if (PERSONAL.has(name)) return undefined;
  return typeof value === 'bigint' ? String(value) : value;
}

const PAGE = 200;
const PERSONAL: ReadonlySet<string> = new Set([
  'person',
  'persons',
  'holders',
  'removal',
  'signedBy',
  'shares',
  'agreement',
  'nominee',
  'consents',
  'foreman',
]);
