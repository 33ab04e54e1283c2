import { booking } from '@holdfast/escrow';
import { clockActor, type Store, splitAccountKey } from '@holdfast/kernel';
import { transferMoney, type verifyBook } from '@holdfast/ledger';
import { type Money, money, usd } from '@holdfast/money';
import { operator, type Simulation, simulatePayouts } from '@holdfast/payouts/testing';
import type { Random } from '@holdfast/testkit';

/** What the chart of bookings has beside that of payouts. */
const accounts = {
  'world:cards': { type: 'asset', floor: 'none' },
  'bookings:{id}:held': { type: 'liability', floor: 'zero', breach: 'defect' },
  'payees:{payee}:recovered': { type: 'liability', floor: 'none' },
} as const;

/** Opens a book of bookings with payouts, and a rough provider that pays them. */
export function openCity(random: Random, options: { readonly store?: Store; readonly workers: number }) {
  return simulatePayouts(random, { ...options, accounts });
}

/** What a city's book is folded with by a verifier. */
export function decidersOf({
  payouts: { payee, obligation, payout, sender },
}: Pick<Simulation, 'payouts'>): NonNullable<Parameters<typeof verifyBook>[0]['deciders']> {
  return [booking, payee, obligation, payout, sender, transferMoney];
}

/** Lets people do one thing; the same numbers lead to the same, whatever the workers have done. */
export async function somebody(city: Simulation, random: Random, bookings: number): Promise<string> {
  const id = `b${random.integer(bookings)}`;
  const cents = money(BigInt(random.integer(2_000) + 1), usd);
  const key = `people:${random.integer(1_000_000_000)}`;
  const by = (actor: string, command: object) => actOn(city, id, { actor, key, command });
  switch (random.integer(6)) {
    case 0:
      return by('customer', { type: 'GiveTip', tip: `t${random.integer(3)}`, amount: cents });
    case 1:
      return by('customer', { type: 'OpenDispute', dispute: 'd1', amount: cents, reason: `late on ${id}` });
    case 2:
      return by('operator', { type: 'ResolveDispute', dispute: 'd1', award: cents });
    case 3:
      return by('operator', { type: 'RejectDispute', dispute: 'd1' });
    case 4:
      return by('operator', { type: 'RefundBooking', back: cents });
    default:
      return city.code('payee', 'ann', { type: random.chance(30) ? 'FreezePayee' : 'UnfreezePayee' });
  }
}

/** Asks for something of a booking, and gives `done` or the code of the refusal. */
async function actOn(
  { book }: Simulation,
  id: string,
  { actor, key, command }: { readonly actor: string; readonly key: string; readonly command: object },
): Promise<string> {
  const names: Readonly<Record<string, string>> = { customer: 'cara', provider: 'ann' };
  const options = { actor: { id: names[actor] ?? actor, role: actor }, key };
  const end = await book.use(booking).execute(id, command as never, options);
  return end.isOk() ? 'done' : end.error.code;
}

/** Captures a booking of a hundred dollars and some cents. */
export function capture(city: Simulation, id: string, cents: number): Promise<string> {
  const parties = { customer: 'cara', provider: 'ann' };
  const command = { type: 'CaptureBooking', parties, amount: money(BigInt(10_000 + cents), usd), otpHash: 'h1' };
  return actOn(city, id, { actor: 'gateway', key: `capture:${id}`, command });
}

/** Completes a booking with the customer's code. */
export function complete(city: Simulation, id: string): Promise<string> {
  return actOn(city, id, {
    actor: 'provider',
    key: `complete:${id}`,
    command: { type: 'CompleteBooking', otpHash: 'h1' },
  });
}

/** Rejects the dispute of a booking, where there is one. */
export function reject(city: Simulation, id: string): Promise<string> {
  const command = { type: 'RejectDispute', dispute: 'd1' };
  return actOn(city, id, { actor: 'operator', key: `reject:${id}`, command });
}

/** Releases a booking, notes what is owed since, and moves what the card paid for it to where payouts leave from: one unit. */
export async function release({ book, payouts }: Simulation, id: string): Promise<string> {
  const bookings = book.use(booking);
  const { state } = (await bookings.read(id))._unsafeUnwrap();
  if (Object.values(state?.parts?.dispute ?? {}).some(({ status }) => status === 'open')) return 'dispute_open';
  const command = { type: 'ReleaseBooking' } as const;
  const preview = await bookings.preview(id, command, { actor: clockActor, key: `look:${id}` });
  if (preview.isErr()) return preview.error.code;
  const completedAt = state?.entered.completed?.at;
  const earned = [...preview.value.balances].flatMap(([account, amount]) => {
    const [, obligation] = /^payouts:(.+):owed$/.exec(splitAccountKey(account).name) ?? [];
    return obligation && amount.minor > 0n ? [{ obligation, amount }] : [];
  });
  const asks = earned.flatMap(({ obligation, amount }) => [
    book
      .use(payouts.obligation)
      .ask(obligation, { type: 'Earn', payee: 'ann', amount, group: id, completedAt } as never),
    book.use(transferMoney).ask(settled(amount)),
  ]);
  const end = await book.together([bookings.ask(id, command), ...asks], { actor: clockActor, key: `release:${id}` });
  return end.isOk() ? 'done' : end.error.code;
}

/** Names what is due by the book's clock, as a queue would. */
export async function dueRecords({ book, payouts, now }: Pick<Simulation, 'book' | 'payouts' | 'now'>) {
  const due: string[] = [];
  for (const decider of [payouts.obligation, payouts.payout] as const) {
    const { rows } = (await book.use(decider as typeof payouts.payout).list({ limit: 1_000 }))._unsafeUnwrap();
    for (const { id, state } of rows) {
      const { deadlines } = (decider as typeof payouts.payout).standing(state as never);
      if (deadlines.some(({ dueAt }) => dueAt <= now())) due.push(`${decider.kind}/${id}`);
    }
  }
  return due;
}

/** Lets an operator try again what has failed. */
export async function redriveFailed(city: Simulation, turn: number): Promise<void> {
  const { rows } = (await city.book.use(city.payouts.payout).list({ status: 'failed', limit: 100 }))._unsafeUnwrap();
  for (const { id } of rows) {
    const again = { actor: operator, key: `redrive:${id}:${turn}`, why: 'asked the bank' };
    await city.workers[0]?.redrive(id, again);
  }
}

/** Gives every balance that is not zero. */
export async function balancesOf({ book }: Pick<Simulation, 'book'>): Promise<Readonly<Record<string, string>>> {
  const { rows } = (await book.accounts({ limit: 1_000 }))._unsafeUnwrap();
  return Object.fromEntries(
    rows.flatMap(({ account, balance }) => (balance === 0n ? [] : [[account, `${balance}`] as const])),
  );
}

function settled(amount: Money) {
  return { type: 'Transfer', from: 'world:peer:main', to: 'world:cards', amount, kind: 'settlement' } as const;
}
