import { type FeeExceedsAmount, type QuoteRefusal, quote } from '@holdfast/fees';
import type { Transfer } from '@holdfast/kernel';
import { type AmountSign, type CurrencyMismatch, isSameCurrency, money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { AmountNotPositive, ExceedsHeld } from '../refusals.ts';
import { accountOf } from './account-of.ts';
import type { AmountFacts } from './amount-named.ts';
import { amountNamed, checkComputed } from './amount-named.ts';
import { foldMoney } from './fold-money.ts';
import type { Machine, RunningWay, Transition } from './machine.ts';
import { MoveList } from './move-list.ts';
import { type CutPlan, planCut } from './plan-cut.ts';
import type { SourceThing } from './scene.ts';
import { type Holding, restOf, type Shares, sliceInOrder, sliceInProportion, sliceRest } from './slice.ts';
import type { TemplateNames } from './template.ts';
import type { Leaving, Part, ProcessEvent, Thing } from './thing.ts';

/** Why the money of a command is refused. */
export type MoneyRefusal = AmountNotPositive | CurrencyMismatch | ExceedsHeld | FeeExceedsAmount;

/** The part of an event that is about money. */
export type MoneyPlan = Pick<ProcessEvent, 'cuts' | 'freezes' | 'shifts' | 'leaves' | 'moves'>;

/** What the money of a step is planned from. */
export interface Plan {
  readonly machine: Machine;
  readonly transition: Transition;
  /** What the command is about. */
  readonly thing: Pick<Thing, 'lines' | 'left' | 'amount'> & Pick<Part, 'isDebt'>;
  /** What a part is cut from. */
  readonly source: SourceThing | undefined;
  /** What fills the templates of its accounts. */
  readonly names: TemplateNames;
  readonly facts: AmountFacts;
}

/**
 * Plans the money of a step: what passes, then what leaves, then what is laid elsewhere, then what comes in or is cut.
 *
 * @errors
 * - `amount_not_positive`: an amount is zero or less.
 * - `currency_mismatch`: an amount is in another currency than what is held, or than the fees.
 * - `exceeds_held`: more than is held, of the lines that the way takes; or more than left by the way that a debt is cut from.
 * - `fee_exceeds_amount`: the fees take more than the amount that is to be quoted.
 *
 * @throws A defect where the process itself computes an amount below zero or in another currency.
 * @source docs/rules/escrow.md, E-7 to E-11
 */
export function planMoney(plan: Plan): Result<MoneyPlan, MoneyRefusal> {
  const { transition } = plan;
  const moves = new MoveList();
  const passed = planPasses(plan, moves);
  if (passed) return err(passed);
  const leaves = planLeaves(plan, moves);
  if (leaves.isErr()) return err(leaves.error);
  const shifts = transition.shifts.length > 0 ? planShifts(plan, leaves.value, moves) : undefined;
  const funded = planFunds(plan, moves);
  if (funded.isErr()) return err(funded.error);
  const cut = transition.cuts && planCut(plan, moves);
  if (cut?.isErr()) return err(cut.error);
  // Nothing below refuses.
  const { cuts, leaving } = cut?.isOk() ? (cut.value ?? NO_CUT) : NO_CUT;
  const allLeaves = leaving ? [...leaves.value, leaving] : leaves.value;
  return ok({
    ...(cuts ? { cuts } : {}),
    ...(funded.value ? { freezes: funded.value } : {}),
    ...(shifts ? { shifts } : {}),
    ...(allLeaves.length > 0 ? { leaves: allLeaves } : {}),
    moves: moves.moves,
  });
}

function planPasses(plan: Plan, moves: MoveList): AmountNotPositive | undefined {
  for (const { kind, amount: name, from, to } of plan.transition.passes) {
    const amount = amountNamed(plan, name);
    if (amount.minor <= 0n && !plan.transition.amounts.has(name)) return { code: 'amount_not_positive', field: name };
    moves.add({ from: place(plan, from), to: place(plan, to), amount, kind });
  }
  return undefined;
}

function planLeaves(plan: Plan, moves: MoveList): Result<readonly Leaving[], MoneyRefusal> {
  const leaves: Leaving[] = [];
  let lines = plan.thing.lines as Holding;
  const { settles } = plan.transition;
  for (const [index, { way: name, amount }] of settles.entries()) {
    const way = plan.machine.ways.get(name) as RunningWay;
    const shares = takeShares(plan, way, amount, lines);
    if (shares.isErr()) return err(shares.error);
    const isOrdered = way.order !== undefined && amount !== 'rest';
    const leaving: Leaving = { way: name, lines: shares.value, ...(isOrdered ? { inOrder: true } : {}) };
    for (const [line, share] of Object.entries(shares.value)) {
      const from = (lines[line] as { readonly place: string }).place;
      const to = way.to.get(line) as string;
      move(plan, moves, { from, to, amount: share, kind: way.kindOf.get(line) as string });
    }
    if (Object.keys(shares.value).length > 0) leaves.push(leaving);
    if (index < settles.length - 1) lines = foldMoney({ lines, left: {} }, { leaves: [leaving] }).lines;
  }
  return ok(leaves);
}

function takeShares(plan: Plan, way: RunningWay, name: string, lines: Holding): Result<Shares, MoneyRefusal> {
  if (name === 'rest') return ok(sliceRest(lines));
  const asked = amountNamed(plan, name);
  const { currency } = plan.thing.amount ?? asked;
  checkComputed(plan, name, asked, currency);
  const mayBeZero = plan.transition.amounts.has(name) || plan.transition.settles.length > 1;
  if (asked.minor < 0n || (asked.minor === 0n && !mayBeZero)) return err({ code: 'amount_not_positive', field: name });
  if (!isSameCurrency(asked.currency, currency)) {
    return err({ code: 'currency_mismatch', field: name, given: asked.currency.code, allowed: currency.code });
  }
  const held = restOf(lines, way.order);
  if (asked.minor > held) return err({ code: 'exceeds_held', held: money(held, currency), asked });
  const { order } = way;
  return ok(
    order ? sliceInOrder(lines, asked.minor, order) : sliceInProportion(lines, asked.minor, plan.machine.lines),
  );
}

function planShifts(plan: Plan, leaves: readonly Leaving[], moves: MoveList): Readonly<Record<string, string>> {
  const shifts: Record<string, string> = {};
  const { lines } = foldMoney(plan.thing, { leaves });
  for (const { kind, line, from, to } of plan.transition.shifts) {
    const held = lines[line];
    if (!held) continue;
    shifts[line] = to;
    move(plan, moves, { from, to, amount: held.rest, kind });
  }
  return shifts;
}

function planFunds(plan: Plan, moves: MoveList): Result<ProcessEvent['freezes'], MoneyRefusal> {
  const { funds } = plan.transition;
  if (!funds) return ok(undefined);
  const amount = amountNamed(plan, 'amount');
  if (amount.minor <= 0n) return err({ code: 'amount_not_positive', field: 'amount' });
  const quoted = quote(plan.machine.fees, amount);
  if (quoted.isErr()) return err(quoted.error as Exclude<QuoteRefusal, AmountSign>);
  const { charge, payout, lines, schedule } = quoted.value;
  moves.add({ from: place(plan, funds.from), to: place(plan, funds.to), amount: charge, kind: plan.machine.fundKind });
  return ok({ amount, schedule, place: funds.to, lines: { ...lines, payout } });
}

/** What a thing holds goes from its place; what it owes comes to where it is missing. */
function move(plan: Plan, moves: MoveList, { from, to, amount, kind }: Transfer): void {
  const [source, target] = plan.thing.isDebt ? [to, from] : [from, to];
  moves.add({ from: place(plan, source), to: place(plan, target), amount, kind });
}

function place({ machine, names }: Plan, name: string): string {
  return accountOf(machine, name, names);
}

const NO_CUT: Partial<CutPlan> = {};
