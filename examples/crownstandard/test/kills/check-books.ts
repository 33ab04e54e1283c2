import { listAll } from '@holdfast/demo-kit';
import { booking } from '@holdfast/escrow';
import { transferMoney, verifyBook } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import { checkPayouts, payoutStatus } from '@holdfast/payouts';
import { deliveries, intakeName } from '@holdfast/providers';
import type { Crown } from '../../src/book/open-crown.ts';
import { chargeStatus } from '../../src/payments/charge.ts';
import { chargeDecider } from '../../src/payments/charge-decider.ts';
import { type Feed, owedByPayee } from './feed.ts';
import type { KillWorld } from './kill-world.ts';

/** Lists what of all that was fed is not over yet: not charged, not handed over, not paid. */
export async function stillOpen({ crown, peer }: KillWorld, feed: Feed): Promise<readonly string[]> {
  const open = [...feed.open()];
  if ((await peer.waiting()) > 0) open.push('webhooks wait at the peer');
  for await (const [id, charge] of listAll(crown.charges))
    if (chargeStatus(charge) !== 'succeeded' && !feed.givenUp.has(id))
      open.push(`charge ${id}: ${chargeStatus(charge)}`);
  const untaken = new Set(feed.obligations().keys());
  for await (const [id, { status }] of listAll(crown.obligations)) if (status === 'taken') untaken.delete(id);
  for await (const [id, payout] of listAll(crown.book.use(crown.payouts.payout)))
    if (!OVER.has(payoutStatus(payout))) open.push(`payout ${id}: ${payoutStatus(payout)}`);
  return [...open, ...[...untaken].map((id) => `obligation ${id}`)];
}

const OVER: ReadonlySet<string> = new Set(['paid', 'settled', 'cancelled', 'conflict']);

/**
 * Compares everything that keeps a book: the journal with itself, payouts with their accounts, the peer's own book with the ledger, and both with what was
 * fed, which is known from neither.
 *
 * @returns What does not agree; empty where all is well.
 */
export async function checkBooks(world: KillWorld, feed: Feed): Promise<readonly string[]> {
  const { crown } = world;
  const differences = (await checkPayouts(crown.book as never, crown.payouts))._unsafeUnwrap();
  return [
    ...(await verified(crown)),
    ...differences.map(({ of, law, expected, found }) => `${of}: ${law} is ${found}, not ${expected}`),
    ...(await transfersOf(world, feed)),
    ...(await sumsOf(world, feed)),
    ...(await leftOver(crown)),
  ];
}

async function verified({ book, payouts, provider }: Crown): Promise<readonly string[]> {
  const { payee, obligation, payout, sender } = payouts;
  const charges = chargeDecider({ book: book.name, provider });
  const { id, account, mode } = provider.descriptor;
  const books = [
    [book.name, [booking, transferMoney, charges, payee, obligation, payout, sender]],
    [`${book.name}-${intakeName({ provider: id, account, mode })}`, [deliveries]],
  ] as const;
  const all = books.map(async ([name, deciders]) => {
    const report = await verifyBook({ store: book.store, book: name, deciders: deciders as never });
    if (report.isErr()) return [`${name} could not be verified: ${report.error.code}`];
    if (report.value.sequence === 0) return [`${name} has no units`];
    return report.value.verified ? [] : [`${name}: ${report.value.difference?.sentence}`];
  });
  return (await Promise.all(all)).flat();
}

/** Each obligation was paid by one transfer, and each transfer is of obligations that were fed. */
async function transfersOf({ peer }: KillWorld, feed: Feed): Promise<readonly string[]> {
  const times = new Map([...feed.obligations().keys()].map((id) => [id, 0]));
  const problems: string[] = [];
  for (const { id, metadata, amount, amount_reversed: back } of await peer.transfers()) {
    if (back !== 0) problems.push(`${id} was reversed`);
    const items = itemsOf(metadata);
    for (const one of items) times.set(one, (times.get(one) ?? Number.NEGATIVE_INFINITY) + 1);
    const due = items.reduce((sum, one) => sum + (feed.obligations().get(one)?.amount.minor ?? 0n), 0n);
    if (due !== BigInt(amount)) problems.push(`${id} is of ${amount}, and its obligations are ${due}`);
  }
  for (const [id, count] of times) if (count !== 1) problems.push(`${id} was paid ${count} times`);
  return problems;
}

function itemsOf(metadata: { readonly [name: string]: string }): readonly string[] {
  return Object.keys(metadata)
    .filter((name) => /^items\d+$/.test(name))
    .flatMap((name) => metadata[name]?.split(',') ?? []);
}

async function sumsOf({ crown, peer, payees }: KillWorld, feed: Feed): Promise<readonly string[]> {
  const { usd: row } = await peer.book();
  if (!row) return ['the peer has no book in USD'];
  const balance = async (account: string) => (await crown.book.balance(account, usd))._unsafeUnwrap().money.minor;
  const world = -(await balance('world:cards')) - (await balance('world:stripe:acct_platform'));
  const { collected, refunded, transferred, reversed } = row;
  const platform = await balance('platform:fees:earned');
  const owed = owedByPayee(feed.obligations());
  const pairs: (readonly [string, bigint, bigint])[] = [
    ['−(world accounts), and what the peer has of ours', world, collected - refunded - transferred + reversed],
    ['collected, and the platform’s share with all that was transferred', collected, platform + transferred],
    ...payees.map(
      (payee) =>
        [`${payee}: owed, and at the peer`, owed.get(payee) ?? 0n, row.accounts[`acct_${payee}`] ?? 0n] as const,
    ),
  ];
  return pairs.flatMap(([says, left, right]) => (left === right ? [] : [`${says}: ${left} and ${right}`]));
}

/** Nothing is left on the way. */
async function leftOver({ book }: Crown): Promise<readonly string[]> {
  const { rows } = (await book.accounts({ limit: 1_000, prefix: 'suspense:' }))._unsafeUnwrap();
  const open: string[] = rows.flatMap(({ account, balance }) => (balance === 0n ? [] : [`${account}: ${balance}`]));
  for (let after: string | undefined; ; ) {
    const page = (
      await book.accounts({ limit: 1_000, prefix: 'payouts:', ...(after ? { after } : {}) })
    )._unsafeUnwrap();
    open.push(...page.rows.flatMap(({ account, balance }) => (balance === 0n ? [] : [`${account}: ${balance}`])));
    after = page.next;
    if (after === undefined) return open;
  }
}
