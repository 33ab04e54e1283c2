import { Defect } from '@holdfast/kernel';
import { namesOf } from './account-of.ts';
import type { Machine, Transition, WholeMachine } from './machine.ts';
import { allParts } from './parts.ts';
import { type MoneyPlan, planMoney } from './plan-money.ts';
import { type Scene, setScene } from './scene.ts';
import type { Whole } from './thing.ts';

/** A part's transition that happens with a command of the whole, and its money. */
export interface Follower {
  readonly scene: Scene;
  readonly plan: MoneyPlan;
}

/**
 * Lists what happens to parts with a command of the whole. It cannot be refused: it settles the rest, or nothing.
 *
 * @param whole - As it stands after the command itself.
 * @source docs/rules/escrow.md, E-33
 */
export function followersOf(process: WholeMachine, { name: command }: Transition, whole: Whole): readonly Follower[] {
  const followers: Follower[] = [];
  for (const { name, part } of allParts(whole)) {
    const machine = process.parts.get(name.part) as Machine;
    const transition = [...machine.transitions.values()].find(
      ({ on, from }) => on === command && from.includes(part.status),
    );
    if (!transition) continue;
    const scene = setScene(process, { machine, transition }, whole, { [name.part]: name.id });
    followers.push({ scene, plan: planOf(scene, whole) });
  }
  return followers;
}

function planOf({ machine, transition, about, thing }: Scene, whole: Whole): MoneyPlan {
  const names = namesOf(whole, about);
  // What happens with another command looks at no input: it was checked that it only settles the rest.
  const facts = { input: {}, at: whole.since, actor: { id: '', role: '' }, thing, whole };
  const plan = planMoney({
    machine,
    transition,
    thing: thing ?? { lines: {}, left: {} },
    source: undefined,
    names,
    facts,
  });
  if (plan.isErr()) throw new Defect(`${transition.name} of ${machine.kind} is refused: ${plan.error.code}`);
  return plan.value;
}
