import { type AnyChitCommand, type Chit, settleScheme, taxRateAt, type Win } from '@holdfast/chit-fund';
import { answered, DemoFailed } from '@holdfast/demo-kit';
import type { Actor } from '@holdfast/kernel';
import { type Money, money } from '@holdfast/money';
import type { SchemePlan } from './plan.ts';
import type { Happening } from './schedule.ts';
import type { Stage } from './stage.ts';

/** One scheme of the demo, and the way to ask for something in it. */
export interface Company {
  readonly plan: SchemePlan;
  readonly scheme: Happening['scheme'];
  /**
   * Asks for a command. The step names it for ever, so that asking again changes nothing.
   *
   * @param who - The foreman, the registrar or a member, by name.
   * @param may - Refusals that are answers too.
   * @returns Whether it was done, now or before.
   * @throws {DemoFailed} for any other refusal.
   */
  ask(step: string, who: string, command: AnyChitCommand, ...may: readonly string[]): Promise<boolean>;
  /** Asks for several commands as one unit: all are done, or none. */
  askAll(step: string, who: string, commands: readonly AnyChitCommand[]): Promise<void>;
  /** Reads the scheme's record. */
  read(): Promise<Chit>;
  /** Gives the winners of the first so many instalments. */
  winsOf(instalments: number): Promise<readonly (readonly Win[])[]>;
  /** Gives what a ticket pays for an instalment whose draw is over. */
  dueOf(instalment: number, ticket: number): Promise<Money>;
}

/** Whose word counts as the registrar's. */
export const REGISTRAR = 'registrar';
/** The service that takes payments. */
export const COUNTER = 'counter';

/** Gives a scheme of the demo. */
export function companyOf({ book, chits }: Stage, { plan, scheme }: Pick<Happening, 'plan' | 'scheme'>): Company {
  const handle = book.use(chits);
  const read = async (): Promise<Chit> => {
    const { state } = answered(await handle.read(plan.id));
    if (state === undefined) throw new DemoFailed(`${plan.id} is not there`);
    return state;
  };
  const winsOf = async (instalments: number) => {
    const chit = await read();
    return chit.instalments.slice(0, instalments).map(({ wins }) => wins);
  };
  return {
    plan,
    scheme,
    read,
    winsOf,
    ask: async (step, who, command, ...may) => {
      const asked = await handle.execute(plan.id, command as never, {
        actor: actorOf(plan, who),
        key: keyOf(plan, step),
      });
      if (asked.isOk()) return true;
      const { code } = asked.error;
      if (may.includes(code)) return false;
      throw failed(plan, step, asked.error);
    },
    askAll: async (step, who, commands) => {
      if (commands.length === 0) return;
      const asks = commands.map((command) => handle.ask(plan.id, command as never));
      const asked = await book.together(asks, { actor: actorOf(plan, who), key: keyOf(plan, step) });
      if (asked.isErr()) throw failed(plan, step, asked.error);
    },
    dueOf: async (instalment, ticket) => {
      const { settlements } = settleScheme(scheme, await winsOf(instalment), (number) => taxOf(scheme, number));
      const due = settlements[instalment - 1]?.dues[ticket - 1];
      if (due === undefined) throw new DemoFailed(`${plan.id}: instalment ${instalment} was not drawn`);
      return money(due, scheme.currency);
    },
  };
}

function actorOf({ foreman }: SchemePlan, who: string): Actor {
  if (who === foreman) return { id: who, role: 'foreman' };
  if (who === REGISTRAR) return { id: who, role: 'registrar' };
  return { id: who, role: who === COUNTER ? 'service' : 'subscriber' };
}

function keyOf({ id }: SchemePlan, step: string): string {
  return `${id}:${step.replaceAll(' ', '-')}`;
}

function failed({ id }: SchemePlan, step: string, error: { readonly code: string }): DemoFailed {
  return new DemoFailed(`${id}, ${step}: the answer was ${error.code}: ${JSON.stringify(error, printed)}`);
}

function printed(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** The tax on the commission of an instalment, as the law of its draw's day has it, in basis points. */
function taxOf({ terms, drawDays }: Company['scheme'], instalment: number): bigint {
  return taxRateAt(terms, drawDays[instalment - 1] ?? terms.starts)._unsafeUnwrap();
}
