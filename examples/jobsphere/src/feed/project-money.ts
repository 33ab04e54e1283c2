import type { TransferText, Unit } from '@holdfast/kernel';
import type { OfferText, Transaction, TransactionType, WalletTotals } from '../host/rows.ts';
import type { Tables } from '../host/tables.ts';
import { positionOf } from './position.ts';

/** Writes the seed's transactions of a unit, and what its wallets show beside their balance. */
export async function projectMoney(tables: Tables, sequence: number, unit: Unit): Promise<void> {
  const id = unit.events.find(({ record }) => record?.startsWith('offer/'))?.record?.slice('offer/'.length);
  const offer = id === undefined ? undefined : await tables.find('offers', id);
  let index = 0;
  for (const transfer of unit.entries.flat()) {
    await addTransaction(tables, { id: `${sequence}.${index}`, sequence, unit, transfer, offer });
    await addTotals(tables, transfer, offer);
    index += 1;
  }
}

interface Movement {
  readonly id: string;
  readonly sequence: number;
  readonly unit: Unit;
  readonly transfer: TransferText;
  readonly offer: OfferText | undefined;
}

async function addTransaction(tables: Tables, { id, sequence, unit, transfer, offer }: Movement): Promise<void> {
  const [from, to, amount, currency, kind] = transfer;
  if (!isType(kind)) return;
  const row: Transaction = {
    id,
    position: positionOf(sequence),
    type: kind,
    amount,
    currency,
    // What is held for an offer is the customer's until it is released.
    sender: ownerOf(from) ?? (isHeld(from) ? (offer?.customer ?? null) : null),
    receiver: ownerOf(to) ?? null,
    offer: offer?.id ?? null,
    job: offer?.job ?? null,
    description: DESCRIPTIONS[kind](amount),
    completed_at: unit.at,
  };
  await tables.put('transactions', row);
}

async function addTotals(tables: Tables, transfer: TransferText, offer: OfferText | undefined): Promise<void> {
  const [from, to, amount, , kind] = transfer;
  const cents = BigInt(amount.replace('.', ''));
  const giver = ownerOf(from);
  const receiver = ownerOf(to);
  if (kind === 'withdrawal' && giver !== undefined) await raise(tables, giver, 'withdrawn', cents);
  if (kind === 'contractor_payout' && receiver !== undefined) await raise(tables, receiver, 'earned', cents);
  if (!offer) return;
  if (isHeld(to)) await raise(tables, offer.customer, 'held', cents);
  if (isHeld(from)) await raise(tables, offer.customer, 'held', -cents);
  // Spent is what was released for good: not the platform fee while a cancellation would still give it back.
  if (RELEASES.includes(kind)) await raise(tables, offer.customer, 'spent', cents);
}

async function raise(
  tables: Tables,
  user: string,
  what: Exclude<keyof WalletTotals, 'id'>,
  cents: bigint,
): Promise<void> {
  const totals = (await tables.lock('totals', user)) ?? {
    id: user,
    held: '0',
    earned: '0',
    spent: '0',
    withdrawn: '0',
  };
  await tables.put('totals', { ...totals, [what]: String(BigInt(totals[what]) + cents) });
}

function ownerOf(account: string): string | undefined {
  return /^users:([^:]+):available$/.exec(account)?.[1];
}

function isHeld(account: string): boolean {
  return account.startsWith('escrows:');
}

function isType(kind: string): kind is TransactionType {
  return Object.hasOwn(DESCRIPTIONS, kind);
}

const RELEASES: readonly string[] = ['contractor_payout', 'service_fee', 'platform_fee_earned'];
const DESCRIPTIONS: { readonly [Type in TransactionType]: (amount: string) => string } = {
  deposit: (amount) => `Wallet deposit of ${amount}`,
  withdrawal: (amount) => `Wallet withdrawal of ${amount}`,
  escrow_hold: () => 'Funds held in escrow for an offer',
  platform_fee: () => 'Platform fee of an accepted offer',
  service_fee: () => 'Service fee of a completed job',
  contractor_payout: () => 'Contractor payout for completed job',
  refund: () => 'Refund of an offer',
};
