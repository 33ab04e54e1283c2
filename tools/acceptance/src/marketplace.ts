import { fundedOf, heldBy, jobOffer, leftBy } from '@holdfast/escrow';
import {
  type Actor,
  addDuration,
  type Book,
  days,
  type Instant,
  openBook,
  type Receipt,
  type Records,
  type Store,
} from '@holdfast/kernel';
import { defineChart, defineWallets } from '@holdfast/ledger';
import { type Money, usd } from '@holdfast/money';
import type { Result } from 'neverthrow';

/** The chart of the marketplace under test. */
const chart = defineChart({
  'users:{user}:available': { type: 'liability', floor: 'zero', owner: '{user}' },
  'escrows:{id}:held': { type: 'liability', floor: 'zero', breach: 'defect' },
  'platform:fees:unearned': { type: 'liability', floor: 'zero', breach: 'defect' },
  'platform:fees:earned': { type: 'income', floor: 'zero', breach: 'defect' },
  'world:{provider}': { type: 'asset', floor: 'none' },
});

/** Its wallets. */
const wallets = defineWallets({ chart, available: 'users:{user}:available', outside: 'world:{provider}' });

/** All deciders of the marketplace: what a verifier folds. */
export const deciders = [wallets.decider, jobOffer] as const;

/** What one step came to. */
export type Ended = Result<Receipt, { readonly code: string }>;

/** One step of somebody, under a key of its own. */
export interface Step {
  readonly name: string;
  run(market: Marketplace, key: string): Promise<Ended>;
}

/** A book with one customer, one contractor and their offers. */
export interface Marketplace {
  readonly book: Book<never>;
  readonly offers: Records<typeof jobOffer>;
  deposit(amount: Money, key: string): Promise<Ended>;
  withdraw(amount: Money, key: string): Promise<Ended>;
  /** Sets the clock. */
  at(instant: Instant): void;
}

/** The instant at which every marketplace begins. */
export const START: Instant = '2026-03-01T10:00:00.000Z';
/** The first instant at which an offer sent at {@link START} is due. */
export const DUE: Instant = addDuration(START, days(7));

export const customer: Actor = { id: 'carla', role: 'customer' };
export const contractor: Actor = { id: 'konrad', role: 'contractor' };
export const operator: Actor = { id: 'olga', role: 'operator' };

/** Opens the marketplace on a store. */
export function openMarketplace(store: Store<never>, name = 'market'): Marketplace {
  let now = START;
  const salt = (key: string, index: number) => `${key}.${index}`;
  const book = openBook({ store, name, chart, clock: () => now, salt, limits: { deadlineMs: 300_000 } });
  const money = book.use(wallets.decider);
  return {
    book,
    offers: book.use(jobOffer),
    deposit: (amount, key) =>
      money.execute({ type: 'Deposit', owner: customer.id, amount, from: 'bank' }, { actor: customer, key }),
    withdraw: (amount, key) =>
      money.execute({ type: 'Withdraw', owner: contractor.id, amount, to: 'bank' }, { actor: contractor, key }),
    at: (instant) => {
      now = instant;
    },
  };
}

/** Every command that an offer knows, by somebody who may ask for it. */
export const steps: readonly Step[] = [
  {
    name: 'send',
    run: ({ offers }, key) =>
      offers.execute(
        'o1',
        {
          type: 'SendOffer',
          parties: { customer: customer.id, contractor: contractor.id },
          reference: 'j1',
          amount: usd('100'),
        },
        { actor: customer, key },
      ),
  },
  {
    name: 'accept',
    run: ({ offers }, key) => offers.execute('o1', { type: 'AcceptOffer' }, { actor: contractor, key }),
  },
  {
    name: 'reject',
    run: ({ offers }, key) =>
      offers.execute('o1', { type: 'RejectOffer', reason: 'no time' }, { actor: contractor, key }),
  },
  {
    name: 'expire',
    run: ({ offers }, key) =>
      offers.execute('o1', { type: 'ExpireOffer' }, { actor: { id: 'clock', role: 'clock' }, key }),
  },
  {
    name: 'cancel',
    run: ({ offers }, key) =>
      offers.execute('o1', { type: 'CancelOffer', reason: 'changed my mind' }, { actor: customer, key }),
  },
  {
    name: 'cancel by the operator',
    run: ({ offers }, key) => offers.execute('o1', { type: 'CancelOffer' }, { actor: operator, key }),
  },
  {
    name: 'complete',
    run: ({ offers }, key) => offers.execute('o1', { type: 'CompleteJob' }, { actor: customer, key }),
  },
];

/** Finds a step by its name. */
export function stepNamed(name: string): Step {
  const step = steps.find((candidate) => candidate.name === name);
  if (!step) throw new RangeError(`there is no step ${name}`);
  return step;
}

/** What is left, as far as money and statuses go: the same for two books that came to the same. */
export async function leftOver({ book, offers }: Marketplace): Promise<Readonly<Record<string, string>>> {
  const accounts = (await book.accounts({ limit: 1_000 }))._unsafeUnwrap();
  const list = (await offers.list({ limit: 1_000 }))._unsafeUnwrap();
  return {
    ...Object.fromEntries(accounts.rows.map(({ account, balance }) => [account, `${balance}`])),
    ...Object.fromEntries(list.rows.map(({ id, status }) => [`offer ${id}`, `${status}`])),
  };
}

/** Throws where money was created or lost, or an escrow does not add up: funded = held + released + refunded + fees, and what ended holds nothing. */
export async function assertSound({ book, offers }: Marketplace): Promise<void> {
  const accounts = (await book.accounts({ limit: 1_000 }))._unsafeUnwrap();
  const sum = accounts.rows.reduce((total, { balance }) => total + balance, 0n);
  if (sum !== 0n) throw new Error(`the balances sum to ${sum}`);
  const list = (await offers.list({ limit: 1_000 }))._unsafeUnwrap();
  for (const { id, state } of list.rows) {
    if (!state) throw new Error(`offer ${id} has no state`);
    const [funded, held, paid, refunded] = [
      fundedOf(state),
      heldBy(state),
      leftBy(state, 'pay'),
      leftBy(state, 'refund'),
    ].map((amount) => amount?.minor ?? 0n);
    if (funded !== (held as bigint) + (paid as bigint) + (refunded as bigint))
      throw new Error(`offer ${id}: ${funded} is not ${held} + ${paid} + ${refunded}`);
    const inside = accounts.rows.find(({ account }) => account === `escrows:${id}:held USD`)?.balance ?? 0n;
    const unearned =
      list.rows.length === 1
        ? (accounts.rows.find(({ account }) => account === 'platform:fees:unearned USD')?.balance ?? 0n)
        : 0n;
    if (list.rows.length === 1 && inside + unearned !== held)
      throw new Error(`offer ${id} holds ${held}, its accounts ${inside + unearned}`);
    if (!['pending', 'accepted'].includes(state.status) && held !== 0n)
      throw new Error(`offer ${id} is ${state.status} and holds ${held}`);
  }
}
