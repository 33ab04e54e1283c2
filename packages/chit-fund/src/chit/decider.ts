import type { Context, RecordDecider, Refusal, Seen } from '@holdfast/kernel';
import { err, type Result } from 'neverthrow';
import { checkActor } from './authority.ts';
import type { ChangeCommand } from './change/commands.ts';
import { decideChange } from './change/decide.ts';
import type { ClosingCommand } from './closing/commands.ts';
import { decideClosing } from './closing/decide.ts';
import { chitCodec } from './codec.ts';
import { type AnyChitCommand, type ChitCommands, chitShapes } from './commands.ts';
import type { DefaultCommand } from './default/commands.ts';
import { decideDefault } from './default/decide.ts';
import type { DrawCommand } from './draws/commands.ts';
import { decideDraws } from './draws/decide.ts';
import type { ChitEnvironment } from './environment.ts';
import type { ChitEvent } from './events.ts';
import { evolveChit } from './evolve.ts';
import type { DraftScheme, FoundingCommand } from './founding/commands.ts';
import { decideDraft, decideFounding } from './founding/decide.ts';
import { needsOf } from './needs.ts';
import type { PaymentCommand } from './payments/commands.ts';
import { decidePayments } from './payments/decide.ts';
import { remainderOf } from './payments/remainder.ts';
import type { PrizeCommand } from './prizes/commands.ts';
import { decidePrizes } from './prizes/decide.ts';
import { readCommand } from './shape.ts';
import { standingOf } from './standing.ts';
import type { Chit } from './state.ts';

/** The records of schemes. */
export type ChitDecider = RecordDecider<ChitCommands, Chit, ChitEvent>;

/**
 * Makes the decider of schemes, from the draft to the last account at zero.
 *
 * @source docs/rules/chit-fund.md, CF-30 to CF-39
 */
export function chitDecider(environment: ChitEnvironment): ChitDecider {
  return {
    kind: 'chit',
    keeps: 'record',
    parse: (command) => readCommand(SHAPES, command),
    needs: (command, context, seen) => needsOf(command as AnyChitCommand, context, seen),
    decide: (seen, command, context) => decideChit(seen, command as AnyChitCommand, context, environment),
    evolve: evolveChit,
    transfers: (event) => ('transfers' in event ? event.transfers : []),
    standing: (chit) => standingOf(chit, environment),
    codec: chitCodec,
  };
}

type Decided = Result<readonly ChitEvent[], Refusal>;

function decideChit(seen: Seen, command: AnyChitCommand, context: Context, environment: ChitEnvironment): Decided {
  const { id, actor } = context;
  const chit = seen.record(id) as Chit | undefined;
  if (!chit && command.type !== 'DraftScheme') return err({ code: 'chit_unknown', chit: id } as Refusal);
  const allowed = checkActor(chit, command, actor);
  if (allowed.isErr()) return err(allowed.error);
  if (command.type === 'DraftScheme') return decideDraft(chit, command, context, environment);
  // Seen above: whoever has no scheme drafts one.
  const known = chit as Chit;
  return decideGroup(seen, known, command, context, environment).map((events) => {
    const remainder = remainderOf(events.reduce<Chit>(evolveChit, known), id);
    return remainder ? [...events, remainder] : events;
  });
}

function decideGroup(
  seen: Seen,
  chit: Chit,
  command: Exclude<AnyChitCommand, DraftScheme>,
  context: Context,
  environment: ChitEnvironment,
): Decided {
  switch (GROUP_OF.get(command.type)) {
    case 'founding':
      return decideFounding(chit, command as Exclude<FoundingCommand, DraftScheme>, context, environment);
    case 'draws':
      return decideDraws(chit, command as DrawCommand, context, environment);
    case 'payments':
      return decidePayments(seen, chit, command as PaymentCommand, context, environment);
    case 'prizes':
      return decidePrizes(chit, command as PrizeCommand, context, environment);
    case 'closing':
      return decideClosing(seen, chit, command as ClosingCommand, context);
    case 'change':
      return decideChange(seen, chit, command as ChangeCommand, context, environment);
    default:
      return decideDefault(seen, chit, command as DefaultCommand, context, environment);
  }
}

const SHAPES = Object.assign({}, ...Object.values(chitShapes));
const GROUP_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(chitShapes).flatMap(([group, shapes]) => Object.keys(shapes).map((type) => [type, group])),
);
