import { type Instant, instantAt } from '@holdfast/kernel';
import { type Currency, eur, jpy, type Money, money, usd } from '@holdfast/money';
import fc from 'fast-check';
import type { AnyAccountCommand } from '../account/commands.ts';
import type { AccountRule, ChartRules } from '../chart/rules.ts';
import type { AnyEntryCommand } from '../entry/commands.ts';
import type { AnyHoldCommand } from '../hold/commands.ts';
import type { AnyTransferCommand, TransferInput } from '../transfer/commands.ts';
import type { AnyWalletCommand } from '../wallet/commands.ts';

/** One step of a history: a command for one of the deciders of this package. */
export type LedgerStep =
  | { readonly on: 'wallets'; readonly command: AnyWalletCommand }
  | { readonly on: 'transfers'; readonly command: AnyTransferCommand }
  | { readonly on: 'accounts'; readonly command: AnyAccountCommand }
  | { readonly on: 'holds'; readonly id: string; readonly command: AnyHoldCommand }
  | { readonly on: 'entries'; readonly id: string; readonly command: AnyEntryCommand };

/** A history: steps with the time that passes before each, in milliseconds. */
export type LedgerHistory = readonly (LedgerStep & { readonly afterMs: number })[];

/** Generates charts that can be used: patterns that do not overlap, with every setting there is. */
export function arbitraryChartRules(): fc.Arbitrary<ChartRules> {
  const rule: fc.Arbitrary<AccountRule> = fc.record(
    {
      type: fc.constantFrom(
        'asset' as const,
        'liability' as const,
        'income' as const,
        'expense' as const,
        'equity' as const,
      ),
      floor: fc.oneof(
        fc.constantFrom('none' as const, 'zero' as const),
        fc.record({ overdraft: fc.constantFrom([usd('50')], [usd('0.01'), eur('5')]) }),
      ),
      breach: fc.constantFrom('refusal' as const, 'defect' as const),
      opens: fc.constantFrom('first_use' as const, 'explicitly' as const),
    },
    { requiredKeys: ['type'] },
  );
  const segment = fc.stringMatching(/^[A-Za-z0-9._~-]{1,8}$/);
  const shape = fc.tuple(segment, fc.array(fc.oneof(segment, fc.constantFrom('{a}', '{b}')), { maxLength: 3 }));
  return fc
    .uniqueArray(fc.tuple(shape, rule), { minLength: 1, maxLength: 5, selector: ([[first]]) => first })
    .map((entries) =>
      Object.fromEntries(entries.map(([[first, rest], one]) => [[first, ...new Set(rest)].join(':'), one])),
    );
}

/** Generates amounts of a few currencies: small ones, so that accounts run dry, and now and then very large ones. */
export function arbitraryAmount(currencies: readonly Currency[] = SAMPLE_CURRENCIES): fc.Arbitrary<Money> {
  const minor = fc.oneof(
    { weight: 12, arbitrary: fc.bigInt({ min: 1n, max: 400n }) },
    { weight: 1, arbitrary: fc.constantFrom(1n, 2n ** 53n + 1n, 10n ** 30n) },
  );
  return fc.tuple(minor, fc.constantFrom(...currencies)).map(([count, currency]) => money(count, currency));
}

/** Generates transfers between the accounts of the sample chart. */
export function arbitraryTransfer(): fc.Arbitrary<TransferInput> {
  return fc
    .record({ from: fc.nat({ max: ACCOUNTS.length - 1 }), step: fc.integer({ min: 1, max: ACCOUNTS.length - 1 }) })
    .chain(({ from, step }) =>
      fc.record({
        from: fc.constant(ACCOUNTS[from] as string),
        to: fc.constant(ACCOUNTS[(from + step) % ACCOUNTS.length] as string),
        amount: fc.oneof(arbitraryAmount([usd.toJSON()]), arbitraryAmount()),
        kind: fc.constantFrom('gift', 'platform_fee', 'refund'),
      }),
    );
}

/**
 * Generates histories on the sample chart: few users, so that steps meet; amounts that run dry; holds that are captured, released and expire;
 * entries that are reversed in parts; accounts that are frozen and closed.
 *
 * @param bounds - The most steps; 40 where it is absent.
 */
export function arbitraryLedgerHistory(bounds: { readonly maxSteps?: number } = {}): fc.Arbitrary<LedgerHistory> {
  const step = fc.oneof(
    { weight: 5, arbitrary: walletStep },
    { weight: 4, arbitrary: transferStep },
    { weight: 6, arbitrary: holdStep },
    { weight: 4, arbitrary: entryStep },
    { weight: 1, arbitrary: accountStep },
  );
  const afterMs = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(0, 1, 1_000) }, fc.constant(86_400_000));
  const timed = fc.tuple(step, afterMs).map(([one, after]) => ({ ...one, afterMs: after }));
  const { maxSteps = 40 } = bounds;
  return fc
    .tuple(fc.boolean(), fc.array(timed, { minLength: 1, maxLength: maxSteps, size: 'max' }))
    .map(([funded, steps]) => (funded ? [...PRELUDE, ...steps].slice(0, maxSteps) : steps));
}

/** The instant at which histories begin. */
export const HISTORY_START: Instant = '2026-03-07T10:00:00.000Z';

/** The currencies of the sample. */
export const SAMPLE_CURRENCIES: readonly Currency[] = [usd.toJSON(), jpy.toJSON()];

const USERS = ['ann', 'ben', 'cid'] as const;
const ACCOUNTS = [
  ...USERS.map((user) => `users:${user}:available`),
  'platform:fees:earned',
  'platform:costs',
  'platform:reserve:r1',
  'world:stripe',
];
/** Money for everybody, and a reserve that is open. Every other history begins with it. */
const PRELUDE: LedgerHistory = [
  ...USERS.map((owner) => ({
    on: 'wallets' as const,
    command: { type: 'Deposit' as const, owner, amount: usd('20'), from: 'stripe' },
    afterMs: 0,
  })),
  {
    on: 'accounts',
    command: { type: 'OpenAccount', account: 'platform:reserve:r1', currency: usd.toJSON() },
    afterMs: 0,
  },
];
const user = fc.constantFrom(...USERS);
const amount = arbitraryAmount();
const id = fc.constantFrom('x1', 'x1', 'x1', 'x2');
const someAccount = fc.constantFrom(...ACCOUNTS);
const currency = fc.constantFrom(...SAMPLE_CURRENCIES);
const dollars = arbitraryAmount([usd.toJSON()]);
const amountOrRest = fc.oneof(dollars, dollars, amount, fc.constant('rest' as const));

const walletStep: fc.Arbitrary<LedgerStep> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ owner: user, amount }).map((given) => ({
      on: 'wallets' as const,
      command: { type: 'Deposit' as const, ...given, from: 'stripe' },
    })),
  },
  {
    weight: 1,
    arbitrary: fc.record({ owner: user, amount }).map((given) => ({
      on: 'wallets' as const,
      command: { type: 'Withdraw' as const, ...given, to: 'stripe' },
    })),
  },
);

const transferStep: fc.Arbitrary<LedgerStep> = fc.oneof(
  arbitraryTransfer().map((given) => ({ on: 'transfers' as const, command: { type: 'Transfer' as const, ...given } })),
  fc.tuple(arbitraryTransfer(), currency).map(([{ from, to, kind }, of]) => ({
    on: 'transfers' as const,
    command: { type: 'TransferAll' as const, from, to, kind, currency: of },
  })),
  fc.array(arbitraryTransfer(), { minLength: 1, maxLength: 4 }).map((transfers) => ({
    on: 'transfers' as const,
    command: { type: 'PostEntry' as const, transfers, reference: 'order-7' },
  })),
);

const holdStep: fc.Arbitrary<LedgerStep> = fc
  .tuple(
    id,
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc
          .tuple(
            user,
            fc.oneof(dollars, amount),
            fc.constantFrom(undefined, undefined, 2_000, 864_000_000, 864_000_000),
          )
          .map(([owner, held, lasts]) => ({
            type: 'HoldMoney' as const,
            from: `users:${owner}:available`,
            held: `users:${owner}:held`,
            amount: held,
            ...(lasts === undefined ? {} : { expiresAt: instantAt(Date.parse(HISTORY_START) + lasts) }),
          })),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          type: fc.constant('CaptureHold' as const),
          to: someAccount,
          amount: amountOrRest,
          final: fc.boolean(),
        }),
      },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('ReleaseHold' as const), amount: amountOrRest }) },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('ExpireHold' as const) }) },
    ),
  )
  .map(([hold, command]) => ({ on: 'holds', id: hold, command }));

const entryStep: fc.Arbitrary<LedgerStep> = fc
  .tuple(
    id,
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc
          .array(arbitraryTransfer(), { minLength: 1, maxLength: 2 })
          .map((transfers) => ({ type: 'RecordEntry' as const, transfers })),
      },
      fc.constant({ type: 'ReverseEntry' as const }),
      fc.array(dollars, { minLength: 1, maxLength: 2 }).map((amounts) => ({ type: 'ReverseEntry' as const, amounts })),
    ),
  )
  .map(([entry, command]) => ({ on: 'entries', id: entry, command }));

const accountStep: fc.Arbitrary<LedgerStep> = fc
  .tuple(
    someAccount,
    currency,
    fc.constantFrom('OpenAccount', 'FreezeAccount', 'UnfreezeAccount', 'UnfreezeAccount', 'CloseAccount'),
    fc.boolean(),
  )
  .map(([account, of, type, all]) => ({
    on: 'accounts',
    command: (type === 'FreezeAccount'
      ? { type, account, currency: of, frozen: all ? 'all' : 'debits' }
      : { type, account, currency: of }) as AnyAccountCommand,
  }));
