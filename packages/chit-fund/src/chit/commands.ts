import type { ChangeCommand } from './change/commands.ts';
import type { ChangeRefusal } from './change/decide.ts';
import { changeShapes } from './change/shapes.ts';
import type { ClosingCommand } from './closing/commands.ts';
import type { ClosingRefusal } from './closing/decide.ts';
import { closingShapes } from './closing/shapes.ts';
import type { DefaultCommand } from './default/commands.ts';
import type { DefaultRefusal } from './default/decide.ts';
import { defaultShapes } from './default/shapes.ts';
import type { DrawCommand } from './draws/commands.ts';
import type { DrawsRefusal } from './draws/decide.ts';
import { drawShapes } from './draws/shapes.ts';
import type { FoundingCommand } from './founding/commands.ts';
import type { FoundingRefusal } from './founding/decide.ts';
import { foundingShapes } from './founding/shapes.ts';
import type { PaymentCommand } from './payments/commands.ts';
import type { PaymentsRefusal } from './payments/decide.ts';
import { paymentShapes } from './payments/shapes.ts';
import type { PrizeCommand } from './prizes/commands.ts';
import type { PrizesRefusal } from './prizes/decide.ts';
import { prizeShapes } from './prizes/shapes.ts';
import type { ChitActorNotAllowed, ChitUnknown } from './refusals.ts';

/** Any of the commands about a scheme. */
export type AnyChitCommand =
  | FoundingCommand
  | DrawCommand
  | PaymentCommand
  | PrizeCommand
  | ClosingCommand
  | DefaultCommand
  | ChangeCommand;

type Group<Commands extends { readonly type: string }, Refused> = {
  readonly [Command in Commands as Command['type']]: {
    readonly command: Command;
    readonly refusal: ChitUnknown | ChitActorNotAllowed | Refused;
  };
};

/** The commands about schemes, each with what it may be refused for. */
export type ChitCommands = Group<FoundingCommand, FoundingRefusal> &
  Group<DrawCommand, DrawsRefusal> &
  Group<PaymentCommand, PaymentsRefusal> &
  Group<PrizeCommand, PrizesRefusal> &
  Group<ClosingCommand, ClosingRefusal> &
  Group<DefaultCommand, DefaultRefusal> &
  Group<ChangeCommand, ChangeRefusal>;

/** The shapes of the commands about schemes, by group. */
export const chitShapes = {
  founding: foundingShapes,
  draws: drawShapes,
  payments: paymentShapes,
  prizes: prizeShapes,
  closing: closingShapes,
  default: defaultShapes,
  change: changeShapes,
} as const;
