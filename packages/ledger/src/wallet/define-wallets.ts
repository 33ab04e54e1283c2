import { type Actor, accountKey, Defect, type MovesDecider, type Transfer } from '@holdfast/kernel';
import type { Currency, Money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { LedgerChart } from '../chart/define-chart.ts';
import type { AccountName, ParametersOf } from '../chart/pattern.ts';
import { withoutRecord } from '../without-record.ts';
import { type AnyWalletCommand, parseWalletCommand, type WalletCommands } from './commands.ts';
import type { WalletRefusal } from './refusals.ts';

/** What one command may move at least and at most, in each currency that is named; without bound in the others. */
export interface WalletLimits {
  readonly minimum?: readonly Money[];
  readonly maximum?: readonly Money[];
}

/** Says who may ask. Pure: it looks at nothing but what it is given. */
export type WalletAuthority = (actor: Actor, owner: string) => boolean;

/** How wallets lie on the accounts of a chart. */
export interface WalletOptions<Pattern extends string> {
  readonly chart: LedgerChart<Pattern>;
  /** Pattern of the accounts that owners spend from; its one parameter is the owner's id. */
  readonly available: NoInfer<Pattern>;
  /** Pattern of the accounts in which an owner's money is held, where it is held apart from the thing that it is held for. */
  readonly held?: NoInfer<Pattern>;
  /** Pattern of the accounts that stand for outside; its one parameter is whom the money comes from or goes to. */
  readonly outside: NoInfer<Pattern>;
  readonly limits?: { readonly Deposit?: WalletLimits; readonly Withdraw?: WalletLimits };
  /** Who may ask. By default everybody may deposit, and only an actor whose id is the owner's may withdraw. */
  readonly authority?: { readonly Deposit?: WalletAuthority; readonly Withdraw?: WalletAuthority };
}

/** Money arrived in a wallet, or left it. Stored without the transfer, since the unit's entry beside it has it. */
export interface WalletEvent {
  readonly type: 'Deposited' | 'Withdrawn';
  readonly owner: string;
  readonly transfer: Transfer;
  readonly reference?: string;
}

/** Wallets: a view of accounts, and the commands that move money between them and outside. */
export interface Wallets {
  /** For `book.use`: `Deposit` and `Withdraw`. */
  readonly decider: MovesDecider<WalletCommands, WalletEvent>;
  /** Names the account that an owner spends from. An ill-formed id is a defect. */
  available(owner: string): string;
  /** Names the account in which an owner's money is held, where there is one. */
  held(owner: string): string | undefined;
}

/**
 * Defines wallets on a chart of accounts.
 *
 * A deposit comes from an account that stands for outside (a provider), never from a user; a withdrawal goes there. A frozen wallet still
 * receives, as the account's own state says.
 *
 * @throws A defect where a pattern has not exactly one parameter, or a minimum lies above its maximum.
 * @source docs/rules/ledger.md, L-9, L-10, L-11
 * @example
 * {@includeCode ../../examples/wallet.example.ts#wallet}
 */
export function defineWallets<Pattern extends string>(options: WalletOptions<Pattern>): Wallets {
  const available = namer(options.chart, options.available);
  const held = options.held === undefined ? undefined : namer(options.chart, options.held);
  const outside = namer(options.chart, options.outside);
  checkLimits(options);
  const decider: Wallets['decider'] = {
    ...withoutRecord,
    kind: 'wallet',
    parse: parseWalletCommand,
    needs: (command) => {
      const { from, to, amount } = transferOf(command as AnyWalletCommand, available, outside);
      return { accounts: [accountKey(from, amount.currency.code), accountKey(to, amount.currency.code)] };
    },
    decide: (_seen, command, { actor }) => {
      const given = command as AnyWalletCommand;
      return decideWallet(given, actor, options).map(
        () => [happened(given, transferOf(given, available, outside))] as const,
      );
    },
    transfers: ({ transfer }) => [transfer],
    codec: {
      encodeState: () => null,
      decodeState: () => undefined,
      encodeEvent: ({ type, owner, reference }) => ({
        type,
        version: 1,
        data: reference === undefined ? { owner } : { owner, reference },
      }),
      decodeEvent: ({ type, data }) => ({ type, ...(data as object) }) as WalletEvent,
    },
  };
  return { decider, available, held: (owner) => held?.(owner) };
}

type Namer = (id: string) => string;

function namer<Pattern extends string>(chart: LedgerChart<Pattern>, pattern: Pattern): Namer {
  const parameters = [...pattern.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '');
  const [parameter] = parameters;
  if (parameter === undefined || parameters.length > 1 || !chart.patterns.includes(pattern)) {
    throw new Defect(
      `'${pattern}' is no pattern of the chart with exactly one parameter, so it cannot name the account of a wallet.`,
    );
  }
  const name = chart.account as (pattern: string, ids: Readonly<Record<string, string>>) => AccountName<string>;
  return (id) =>
    name.call(chart, pattern, { [parameter]: id } satisfies Readonly<Record<ParametersOf<string>, string>>);
}

function decideWallet<Pattern extends string>(
  command: AnyWalletCommand,
  actor: Actor,
  { authority, limits }: WalletOptions<Pattern>,
): Result<null, WalletRefusal> {
  const { type, owner, amount } = command;
  const mayAsk = authority?.[type] ?? AUTHORITY[type];
  if (!mayAsk(actor, owner)) return err({ code: 'not_authorised', role: actor.role, command: type });
  const minimum = limitIn(limits?.[type]?.minimum, amount.currency);
  if (minimum && amount.minor < minimum.minor)
    return err({ code: 'amount_below_minimum', command: type, amount, minimum });
  const maximum = limitIn(limits?.[type]?.maximum, amount.currency);
  if (maximum && amount.minor > maximum.minor)
    return err({ code: 'amount_above_maximum', command: type, amount, maximum });
  // Nothing below refuses.
  return ok(null);
}

function transferOf(command: AnyWalletCommand, available: Namer, outside: Namer): Transfer {
  const { owner, amount } = command;
  return command.type === 'Deposit'
    ? { from: outside(command.from), to: available(owner), amount, kind: 'deposit' }
    : { from: available(owner), to: outside(command.to), amount, kind: 'withdrawal' };
}

function happened({ type, owner, reference }: AnyWalletCommand, transfer: Transfer): WalletEvent {
  const event = { type: type === 'Deposit' ? 'Deposited' : 'Withdrawn', owner, transfer } as const;
  return reference === undefined ? event : { ...event, reference };
}

function limitIn(limits: readonly Money[] | undefined, { code, scale }: Currency): Money | undefined {
  return limits?.find(({ currency }) => currency.code === code && currency.scale === scale);
}

function checkLimits<Pattern extends string>({ limits }: WalletOptions<Pattern>): void {
  for (const [command, { minimum = [], maximum }] of Object.entries(limits ?? {}) as [string, WalletLimits][]) {
    for (const least of minimum) {
      const most = limitIn(maximum, least.currency);
      if (most && most.minor < least.minor) {
        throw new Defect(
          `${command} has a minimum of ${least}, which lies above its maximum of ${most}; no amount fits.`,
        );
      }
    }
  }
}

const AUTHORITY: { readonly [Type in AnyWalletCommand['type']]: WalletAuthority } = {
  Deposit: () => true,
  Withdraw: (actor, owner) => actor.id === owner,
};
