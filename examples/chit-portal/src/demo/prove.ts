import { type ChitDifference, checkChits } from '@holdfast/chit-fund';
import { answered, type Equation, equation, type VerifySurroundings, verifyWithProgress } from '@holdfast/demo-kit';
import type { Book } from '@holdfast/kernel';
import type { VerifyReport } from '@holdfast/ledger';
import { add, inr, type Money, money, negate, subtract } from '@holdfast/money';
import type { Stage } from './stage.ts';
import type { Tally } from './tally.ts';

/** What was proven of a book. */
export interface Proof {
  readonly verification: VerifyReport;
  readonly equations: readonly Equation[];
  /** Identities of schemes that do not hold; empty where all is well. */
  readonly differences: readonly string[];
  readonly verified: boolean;
}

/** Proves a book: by its own journal, by the identities of chit funds, and by sums that were made in another way. */
export async function prove(stage: Stage, counted: Tally, around: VerifySurroundings): Promise<Proof> {
  const verification = await verify(stage, around);
  const found: readonly ChitDifference[] = answered(await checkChits(stage.book, { chit: stage.chits }));
  const differences = found.map(
    ({ chit, of, law, expected, found: is }) => `${chit}, ${of}: ${law} is ${is}, not ${expected}`,
  );
  const equations = await equationsOf(stage, counted);
  const verified = verification.verified && differences.length === 0 && equations.every(({ holds }) => holds);
  return { verification, equations, differences, verified };
}

async function verify({ book, chits }: Stage, around: VerifySurroundings): Promise<VerifyReport> {
  return verifyWithProgress(book as Book, [chits] as never, around);
}

async function equationsOf({ book }: Stage, counted: Tally): Promise<readonly Equation[]> {
  const { collected, prizes, commission, gst, carry, paidIn, paidOut, penalties } = counted;
  const total = async (prefix: string, part: (name: string) => boolean = () => true): Promise<Money> => {
    let sum = 0n;
    for (let after: string | undefined, more = true; more; ) {
      const page = answered(await book.accounts({ prefix, limit: PAGE, ...(after === undefined ? {} : { after }) }));
      for (const { account, balance } of page.rows) if (part(account)) sum += balance;
      after = page.next;
      more = after !== undefined;
    }
    return money(sum, inr);
  };
  const foremen = await total('foremen:');
  const kept = [commission, gst, penalties, carry].reduce(add);
  const world = negate(await total('world:'));
  return [
    equation(
      'collected = prizes + commission + GST + penalties + what was left and shared',
      collected,
      add(prizes, kept),
    ),
    equation('every account of every scheme is at zero', await total('chits:'), money(0n, inr)),
    equation('nothing is unclaimed', await total('unclaimed:'), money(0n, inr)),
    equation('what came in and stayed = what foremen have', world, foremen),
    equation(
      'foremen’s income = commission + penalties',
      await total('foremen:', (name) => name.includes(':income')),
      add(commission, penalties),
    ),
    equation('tax that is kept = GST', await total('foremen:', (name) => name.includes(':tax')), gst),
    equation('what everybody paid − what everybody got = what came in and stayed', subtract(paidIn, paidOut), world),
  ];
}

const PAGE = 1_000;
