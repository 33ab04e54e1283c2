import type { ChangeCommand } from './change/commands.ts';
import type { ClosingCommand } from './closing/commands.ts';
import type { DefaultCommand } from './default/commands.ts';
import type { DrawCommand } from './draws/commands.ts';
import type { FoundingCommand } from './founding/commands.ts';
import type { PaymentCommand } from './payments/commands.ts';
import type { PrizeCommand } from './prizes/commands.ts';

/** Any of the commands about a scheme. */
export type AnyChitCommand =
  | FoundingCommand
  | DrawCommand
  | PaymentCommand
  | PrizeCommand
  | ClosingCommand
  | DefaultCommand
  | ChangeCommand;
