import { Defect } from '@holdfast/kernel';
import { add, zero } from '@holdfast/money';
import type { AttemptStepped, PayoutEvent, PayoutPlanned } from './events.ts';
import { evolveReversals } from './evolve-reversals.ts';
import type { Payout, PayoutItem } from './payout.ts';
import { withExplained } from './with-explained.ts';

/** Folds an event into a payout. */
export function evolvePayout(payout: Payout | undefined, event: PayoutEvent): Payout {
  if (event.type === 'PayoutPlanned') return planned(event);
  if (!payout) throw new Defect(`${event.type} of a payout that was never planned`);
  switch (event.type) {
    case 'PayoutSettled':
      return { ...payout, ended: 'settled', items: itemsAfter(payout.items, event) };
    case 'AttemptStepped':
      return stepped(payout, event);
    case 'ItemsOwedAgain':
      return { ...payout, items: itemsAfter(payout.items, { netted: [], leaving: event.leaving }) };
    case 'SuspenseExplained':
      return { ...payout, attempts: payout.attempts.map((one) => withExplained(one, event.explained)) };
    case 'PayoutCancelled':
      return { ...payout, ended: 'cancelled', items: payout.items.map(leaving) };
    case 'ItemsHandedOver': {
      const gone = new Set(event.obligations);
      const items = payout.items.map(
        (item): PayoutItem => (gone.has(item.obligation) ? { ...item, place: 'gone' } : item),
      );
      return { ...payout, items };
    }
    default:
      return { ...payout, reversals: evolveReversals(payout.reversals ?? [], event) };
  }
}

function planned({ payee, sender, currency, bundle, obligations, at }: PayoutPlanned): Payout {
  const netted = zero(currency);
  const items = obligations.map((obligation): PayoutItem => ({ obligation, netted, place: 'held' }));
  return { payee, sender, currency, bundle, items, attempts: [], retries: 0, plannedAt: at };
}

function stepped(payout: Payout, event: AttemptStepped): Payout {
  const { retryAt: _retryAt, ...rest } = payout;
  const { attempt, retries, retryAt } = event;
  const others = payout.attempts.filter((one) => one.attempt.number !== attempt.attempt.number);
  const attempts = [...others, attempt].sort((left, right) => left.attempt.number - right.attempt.number);
  const after = { ...rest, attempts, retries, items: itemsAfter(payout.items, event) };
  return retryAt === undefined ? after : { ...after, retryAt };
}

function itemsAfter(
  items: readonly PayoutItem[],
  { netted, leaving: left }: Pick<AttemptStepped, 'netted' | 'leaving'>,
): readonly PayoutItem[] {
  return items.map((item) => {
    const taken = netted.find(({ obligation }) => obligation === item.obligation);
    const after = taken ? { ...item, netted: add(item.netted, taken.amount) } : item;
    return left.includes(item.obligation) ? leaving(after) : after;
  });
}

function leaving(item: PayoutItem): PayoutItem {
  return item.place === 'held' ? { ...item, place: 'leaving' } : item;
}
