import type { Instant } from '@holdfast/kernel';
import type { Observation, ObservedDispute } from '@holdfast/providers';
import type { BankDispute, Charge } from './charge.ts';

/**
 * Gives a charge with what was heard of disputes at the bank: of what settled it, each by its own name. One that is decided is never open again, and one that has ended
 * well is never lost: what says so was looked up earlier and told later.
 */
export function withDisputes(charge: Charge, heard: readonly Observation[], at: Instant): Charge {
  const said = heard.flatMap(({ object, disputes = [] }) => (object === charge.settledBy ? disputes : []));
  if (said.length === 0) return charge;
  return { ...charge, disputes: said.reduce((known, one) => withDispute(known, one, at), charge.disputes) };
}

function withDispute(known: readonly BankDispute[], said: ObservedDispute, at: Instant): readonly BankDispute[] {
  const before = known.find(({ id }) => id === said.id);
  if (!before) return [...known, { ...said, at }];
  if (RANKS.indexOf(said.standing) <= RANKS.indexOf(before.standing)) return known;
  return known.map((one) => (one === before ? { ...one, ...said, at } : one));
}

const RANKS: readonly ObservedDispute['standing'][] = ['open', 'lost', 'ended'];
