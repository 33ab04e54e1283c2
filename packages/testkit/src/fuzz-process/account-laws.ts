import type { DomainEvent, Transfer } from '@holdfast/kernel';
import type { FuzzableState } from './fuzzable-process.ts';
import type { Moment, ProcessLaw } from './moment.ts';
import { thingsOf } from './things.ts';

/** What holds for the accounts that a history touches. */
export const accountLaws: readonly ProcessLaw[] = [
  {
    about: 'change',
    name: 'every transfer moves more than nothing from one account to another',
    broken: emptyTransfer,
  },
  { about: 'change', name: 'what lies inside is what the things hold', broken: strayMoney },
  { about: 'change', name: 'no more comes back than came in', broken: moreOutThanIn },
];

function emptyTransfer({ process, events }: Moment): string | undefined {
  const wrong = transfersOf(process, events).find(({ from, to, amount }) => amount.minor <= 0n || from === to);
  return wrong && `${wrong.amount} from ${wrong.from} to ${wrong.to}`;
}

/** A place inside has what is held there, less what is owed there. */
function strayMoney(moment: Moment): string | undefined {
  const { process, state, balances } = moment;
  if (!state) return undefined;
  const held = new Map<string, bigint>();
  for (const { thing } of thingsOf(process.definition, state)) {
    for (const { rest, place } of Object.values(thing.lines)) {
      const key = `${accountOf(moment, place)} ${rest.currency.code}`;
      held.set(key, (held.get(key) ?? 0n) + (thing.isDebt ? -rest.minor : rest.minor));
    }
  }
  const inside = insideAccounts(moment, state);
  for (const key of new Set([...held.keys(), ...balances.keys()])) {
    const [account = ''] = key.split(' ');
    if (!inside.has(account)) continue;
    const lies = balances.get(key) ?? 0n;
    if (lies !== (held.get(key) ?? 0n)) return `${lies} lies in ${key}, where ${held.get(key) ?? 0n} is held`;
  }
  return undefined;
}

function moreOutThanIn(moment: Moment): string | undefined {
  const { process, allEvents, state } = moment;
  if (!state) return undefined;
  const inside = insideAccounts(moment, state);
  // Where debts lie, less than nothing is right.
  for (const { thing } of thingsOf(process.definition, state)) {
    if (thing.isDebt) for (const { place } of Object.values(thing.lines)) inside.delete(accountOf(moment, place));
  }
  const within = new Map<string, bigint>();
  for (const { from, to, amount } of transfersOf(process, allEvents)) {
    const { code } = amount.currency;
    const came = (inside.has(to) ? amount.minor : 0n) - (inside.has(from) ? amount.minor : 0n);
    const now = (within.get(code) ?? 0n) + came;
    within.set(code, now);
    if (now < 0n) return `${-now} ${code} more left than came in`;
  }
  return undefined;
}

function transfersOf(process: Moment['process'], events: readonly DomainEvent[]): readonly Transfer[] {
  return events.flatMap((event) => process.transfers(event));
}

function insideAccounts({ process, id }: Moment, state: FuzzableState): Set<string> {
  const inside = new Set<string>();
  for (const given of Object.values(process.definition.places)) {
    if (typeof given !== 'string') inside.add(fill(given.account, id, state));
  }
  return inside;
}

function accountOf({ process, id, state }: Moment, place: string): string {
  const given = process.definition.places[place] ?? '';
  return fill(typeof given === 'string' ? given : given.account, id, state as FuzzableState);
}

function fill(template: string, id: string, { parties }: FuzzableState): string {
  return template.replace(/\{(\w+)\}/g, (_whole, name: string) => (name === 'id' ? id : (parties[name] ?? '')));
}
