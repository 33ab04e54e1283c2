import { answered, type Equation, equation, type VerifySurroundings, verifyWithProgress } from '@holdfast/demo-kit';
import { booking } from '@holdfast/escrow';
import type { Book } from '@holdfast/kernel';
import { transferMoney, type VerifyReport } from '@holdfast/ledger';
import { add, type Money, money, negate, subtract, usd } from '@holdfast/money';
import { checkPayouts } from '@holdfast/payouts';
import { chargeDecider } from '../payments/charge-decider.ts';
import type { Stage } from './open-stage.ts';
import type { Tally } from './tally.ts';

/** What was proven of a book. */
export interface Proof {
  readonly verification: VerifyReport;
  /** Of the payment provider's own book against ours. */
  readonly equations: readonly Equation[];
  /** Identities of payouts that do not hold; empty where all is well. */
  readonly payouts: readonly string[];
  /** Whether all of it holds. */
  readonly verified: boolean;
}

/** Proves a book: by its own journal, by the identities of payouts, and by the book of the payment provider, which knows nothing of ours. */
export async function prove(stage: Stage, counted: Tally, around: VerifySurroundings): Promise<Proof> {
  const verification = await verify(stage, around);
  const differences = answered(await checkPayouts(stage.crown.book as never, stage.crown.payouts));
  const payouts = differences.map(({ of, law, expected, found }) => `${of}: ${law} is ${found}, not ${expected}`);
  const equations = await equationsOf(stage, counted);
  const verified = verification.verified && payouts.length === 0 && equations.every(({ holds }) => holds);
  return { verification, equations, payouts, verified };
}

async function verify({ crown }: Stage, around: VerifySurroundings): Promise<VerifyReport> {
  const { book, payouts, provider } = crown;
  const charges = chargeDecider({ book: book.name, provider });
  const { payee, obligation, payout, sender } = payouts;
  return verifyWithProgress(
    book as Book,
    [booking, charges, transferMoney, payee, obligation, payout, sender] as never,
    around,
  );
}

async function equationsOf(stage: Stage, { captured, tips, refunded, platform, providers }: Tally) {
  const { crown, peer } = stage;
  const { usd: row } = await peer.book();
  const of = (minor: bigint | undefined): Money => money(minor ?? 0n, usd);
  const balance = async (account: string): Promise<Money> => answered(await crown.book.balance(account, usd)).money;
  const paid = [...providers.values()].reduce((total, one) => add(total, one.paid), of(0n));
  const world = negate(add(await balance('world:cards'), await balance('world:stripe:acct_platform')));
  const transferred = subtract(of(row?.transferred), of(row?.reversed));
  return [
    equation('captured + tips = collected by Stripe', add(captured, tips), of(row?.collected)),
    equation('refunded = refunded by Stripe', refunded, of(row?.refunded)),
    equation('paid to providers = transferred by Stripe', paid, transferred),
    equation(
      'captured + tips = refunded + platform + paid',
      add(captured, tips),
      [refunded, platform, paid].reduce(add),
    ),
    equation(
      'Stripe: collected − refunded − transferred = −(world accounts)',
      [of(row?.refunded), transferred].reduce(subtract, of(row?.collected)),
      world,
    ),
    ...(await providersAtStripe(stage, paidByProvider(providers))),
  ];
}

/** Compares account by account; one line says that all agree, or one for each that does not. */
async function providersAtStripe({ crown, peer }: Stage, paid: ReadonlyMap<string, bigint>): Promise<Equation[]> {
  const accounts = (await peer.book()).usd?.accounts ?? {};
  const unlike: Equation[] = [];
  const known = new Set<string>();
  const payees = crown.book.use(crown.payouts.payee);
  for (const [provider, minor] of paid) {
    const { state } = answered(await payees.read(provider));
    const address = state?.destination?.address ?? '';
    known.add(address);
    const one = equation(`${provider} = ${address} at Stripe`, money(minor, usd), money(accounts[address] ?? 0n, usd));
    if (!one.holds) unlike.push(one);
  }
  const strangers = Object.keys(accounts).filter((account) => !known.has(account) && accounts[account] !== 0n);
  for (const account of strangers)
    unlike.push(equation(`nobody’s ${account} at Stripe`, money(0n, usd), money(accounts[account] ?? 0n, usd)));
  if (unlike.length > 0) return unlike;
  const all = `${paid.size}`;
  return [{ says: 'each provider’s own account at Stripe has what was paid', left: all, right: all, holds: true }];
}

function paidByProvider(providers: Tally['providers']): ReadonlyMap<string, bigint> {
  return new Map([...providers].map(([provider, { paid }]) => [provider, paid.minor]));
}
