import { type CurrencyMismatch, isSameCurrency, type Money, money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { AmountNotPositive, ExceedsHeld } from '../refusals.ts';
import { accountOf } from './account-of.ts';
import { amountNamed, checkComputed } from './amount-named.ts';
import type { Owing, RunningWay } from './machine.ts';
import type { MoveList } from './move-list.ts';
import type { Plan } from './plan-money.ts';
import { type Holding, restOf, type Shares, sliceInProportion } from './slice.ts';
import type { Cut, HeldLine, Leaving, Thing } from './thing.ts';

/** A part that is cut, and of a debt what somebody outside bears at once. */
export interface CutPlan {
  readonly cuts: Cut;
  readonly leaving: Leaving | undefined;
}

/**
 * Plans how a part is cut from what a thing holds, or, as a debt, from what left it by a way. What is held stays where it lies; a debt is
 * borne line by line, by places inside, which then have less, or by places outside, for good.
 *
 * @errors
 * - `amount_not_positive`, `currency_mismatch`: as for every amount.
 * - `exceeds_held`: more than the thing holds, or than left by the way and was not reclaimed before.
 *
 * @source docs/rules/escrow.md, E-31 and E-34
 */
export function planCut(
  plan: Plan,
  moves: MoveList,
): Result<CutPlan | undefined, AmountNotPositive | CurrencyMismatch | ExceedsHeld> {
  const { cuts, owes } = plan.transition;
  if (!cuts || !plan.source?.thing) return ok(undefined);
  const { name: from, thing } = plan.source;
  const amount = amountNamed(plan, 'amount');
  const { currency } = thing.amount ?? amount;
  checkComputed(plan, 'amount', amount, currency);
  if (amount.minor <= 0n) return err({ code: 'amount_not_positive', field: 'amount' });
  if (!isSameCurrency(amount.currency, currency)) {
    const given = amount.currency.code;
    return err({ code: 'currency_mismatch', field: 'amount', given, allowed: currency.code });
  }
  const holding = cuts.way === undefined ? (thing.lines as Holding) : goneBy(thing, cuts.way);
  const held = restOf(holding);
  if (amount.minor > held) return err({ code: 'exceeds_held', held: money(held, currency), asked: amount });
  // Nothing below refuses.
  const lines = sliceInProportion(holding, amount.minor, plan.source.machine.lines);
  const cut: Cut = { ...(from ? { from } : {}), amount, lines };
  if (cuts.way === undefined || !owes) return ok({ cuts: cut, leaving: undefined });
  const bearers = bear(plan, owes, lines, moves);
  return ok({ cuts: { ...cut, way: cuts.way, bearers }, leaving: borneOutside(plan, owes, bearers, lines) });
}

/** What left a thing by a way and was not reclaimed yet, as something that shares can be taken from. */
function goneBy({ left, reclaimed }: Thing, way: string): Holding {
  const gone: Record<string, HeldLine> = {};
  for (const [line, frozen] of Object.entries(left[way] ?? {})) {
    const rest = money(frozen.minor - (reclaimed?.[way]?.[line]?.minor ?? 0n), frozen.currency);
    gone[line] = { frozen, rest, place: '' };
  }
  return gone;
}

function bear(plan: Plan, { way: name, to }: Owing, lines: Shares, moves: MoveList): Readonly<Record<string, string>> {
  const { machine, names } = plan;
  const way = machine.ways.get(name) as RunningWay;
  const bearers: Record<string, string> = {};
  for (const [line, amount] of Object.entries(lines)) {
    const bearer = way.to.get(line) as string;
    const kind = way.kindOf.get(line) as string;
    bearers[line] = bearer;
    moves.add({ from: accountOf(machine, bearer, names), to: accountOf(machine, to, names), amount, kind });
  }
  return bearers;
}

/** Who bears a line from outside has paid it: that much of the debt is settled at once. */
function borneOutside(
  { machine }: Plan,
  { way }: Owing,
  bearers: Readonly<Record<string, string>>,
  lines: Shares,
): Leaving | undefined {
  const borne: Record<string, Money> = {};
  for (const [line, amount] of Object.entries(lines)) {
    if (!machine.places.get(bearers[line] as string)?.inside) borne[line] = amount;
  }
  return Object.keys(borne).length > 0 ? { way, lines: borne, inOrder: true } : undefined;
}
