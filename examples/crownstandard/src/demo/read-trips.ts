import { readFileSync } from 'node:fs';
import { type Money, money, parseMoney, subtract, usd } from '@holdfast/money';
import { customerOf, nameOf, providerOf } from './zone-parties.ts';

/** What becomes of a booking after it is completed: nothing, or a dispute and how it ends. */
export type Dispute = 'none' | 'rejected' | 'half' | 'whole';

/** One row of the file as a booking. */
export interface Trip {
  /** Of the row; the first data row is 1. */
  readonly number: number;
  readonly booking: string;
  readonly customer: string;
  readonly provider: string;
  /** The zone that the provider works in, in the file's words. */
  readonly zone: string;
  /** What the ride cost without the tip. */
  readonly amount: Money<'USD'>;
  /** Zero where none was given. */
  readonly tip: Money<'USD'>;
  /** False where the row says no payment: paying never succeeds. */
  readonly pays: boolean;
  /** When it was completed, in milliseconds since 1970; the file's times are read as UTC. */
  readonly completedAt: number;
  readonly dispute: Dispute;
}

/**
 * Reads the file of trips that comes with the example.
 *
 * @throws When the file is not what its README says: that is a defect of the clone.
 */
export function readTrips(file: URL): readonly Trip[] {
  const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
  if (header !== 'dropoff,total,tip,payment,pickup_zone,dropoff_zone')
    throw new Error(`${file.pathname} is not the file of trips`);
  return rows.map((row, index) => readTrip(row, index + 1));
}

/** Gives what is given back of a booking by the decision of its dispute: the half is rounded down. */
export function awardOf({ amount, dispute }: Trip): Money<'USD'> {
  if (dispute === 'whole') return amount;
  return money(dispute === 'half' ? amount.minor / 2n : 0n, usd);
}

function readTrip(row: string, number: number): Trip {
  const [dropoff = '', total, tip, payment = '', pickup = '', zone, ...more] = row.split(',');
  if (zone === undefined || more.length > 0) throw new Error(`row ${number} does not have six columns`);
  const tipped = readAmount(tip, number);
  return {
    number,
    booking: `b${number}`,
    customer: customerOf(pickup),
    provider: providerOf(zone),
    zone: nameOf(zone),
    amount: subtract(readAmount(total, number), tipped),
    tip: tipped,
    pays: payment !== '',
    completedAt: readTime(dropoff, number),
    dispute: payment === 'cash' ? (DISPUTES[number % DISPUTES.length] ?? 'none') : 'none',
  };
}

function readAmount(text: string | undefined, number: number): Money<'USD'> {
  return parseMoney(text, usd).match(
    (amount) => amount,
    (refusal) => {
      throw new Error(`row ${number}: ${refusal.code}`);
    },
  );
}

function readTime(text: string, number: number): number {
  const ms = Date.parse(`${text.replace(' ', 'T')}.000Z`);
  if (Number.isNaN(ms)) throw new Error(`row ${number}: ${text} is no time`);
  return ms;
}

const DISPUTES: readonly Dispute[] = ['none', 'rejected', 'half', 'whole'];
