import { type Day, defineScheme, type Scheme } from '@holdfast/chit-fund';
import { DemoFailed, HOUR_MS } from '@holdfast/demo-kit';
import { GRACE_DAYS, type SchemePlan, STRUCK_OFF_AFTER, type Trouble } from './plan.ts';

/** Something that somebody does in a scheme at an instant of the demo's clock. */
export type Happening = { readonly at: number; readonly plan: SchemePlan; readonly scheme: Scheme } & (
  | { readonly what: 'found' | 'sanction' | 'register' | 'subscribe' | 'commence' | 'finish' }
  | {
      readonly what: 'open' | 'bid' | 'close' | 'pay' | 'pay_late' | 'collect' | 'minutes';
      readonly instalment: number;
    }
  | {
      readonly what: 'strike_off' | 'resolve' | 'demand' | 'accelerate' | 'recover';
      readonly ticket: number;
      readonly trouble: Trouble;
    }
);

/** Lists all that happens, in the order of the clock. Where nothing else decides, the schemes in their order. */
export function scheduleOf(plans: readonly SchemePlan[]): readonly Happening[] {
  const all = plans.flatMap(happeningsOf);
  return all.sort((left, right) => left.at - right.at);
}

function happeningsOf(plan: SchemePlan): readonly Happening[] {
  const defined = defineScheme(plan.terms);
  if (defined.isErr()) throw new DemoFailed(`the terms of ${plan.id} do not hold: ${defined.error.problems.join(' ')}`);
  const scheme = defined.value;
  const first = morning(scheme.drawDays[0] as Day);
  const last = morning(scheme.drawDays.at(-1) as Day);
  const common = { plan, scheme };
  return [
    { ...common, at: first - 60 * DAY_MS, what: 'found' },
    { ...common, at: first - 50 * DAY_MS, what: 'sanction' },
    { ...common, at: first - 40 * DAY_MS, what: 'register' },
    { ...common, at: first - 20 * DAY_MS, what: 'subscribe' },
    { ...common, at: first - 10 * DAY_MS, what: 'commence' },
    ...scheme.drawDays.flatMap((day, index) => monthOf(common, day, index + 1)),
    ...plan.members.flatMap(({ ticket, trouble }) => (trouble ? troubleOf(common, ticket, trouble) : [])),
    { ...common, at: last + 45 * DAY_MS, what: 'finish' },
  ];
}

type Common = Pick<Happening, 'plan' | 'scheme'>;

function monthOf(common: Common, day: Day, instalment: number): readonly Happening[] {
  const at = morning(day);
  return [
    { ...common, instalment, at, what: 'open' },
    { ...common, instalment, at: at + MINUTE_MS, what: 'bid' },
    { ...common, instalment, at: at + HOUR_MS, what: 'close' },
    { ...common, instalment, at: at + 2 * DAY_MS, what: 'minutes' },
    { ...common, instalment, at: at + 3 * DAY_MS, what: 'pay' },
    // Days of grace are over at the midnight before.
    { ...common, instalment, at: at + 12 * DAY_MS, what: 'collect' },
    { ...common, instalment, at: at + 14 * DAY_MS, what: 'pay_late' },
  ];
}

function troubleOf({ plan, scheme }: Common, ticket: number, trouble: Trouble): readonly Happening[] {
  const missed = trouble.from + STRUCK_OFF_AFTER - 1;
  const at = morning(scheme.drawDays[missed - 1] as Day) + (5 + GRACE_DAYS + 5) * DAY_MS;
  const common = { plan, scheme, ticket, trouble };
  if (trouble.kind !== 'accelerated') {
    return [
      { ...common, at, what: 'strike_off' },
      // A week to come back, and a day more where nobody does.
      { ...common, at: at + (trouble.kind === 'reinstated' ? 3 : 8) * DAY_MS, what: 'resolve' },
    ];
  }
  return [
    { ...common, at, what: 'demand' },
    { ...common, at: at + 8 * DAY_MS, what: 'accelerate' },
    { ...common, at: at + 11 * DAY_MS, what: 'recover' },
  ];
}

/** Ten in the morning, where the chits are. */
function morning(day: Day): number {
  return Date.parse(`${day}T04:30:00.000Z`);
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * HOUR_MS;
