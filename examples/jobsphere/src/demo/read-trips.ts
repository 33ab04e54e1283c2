import { readFileSync } from 'node:fs';
import { type Money, parseMoney, subtract, usd } from '@holdfast/money';
import { contractorOf, customerOf } from './zone-users.ts';

/** How a trip's job ends, if its budget is allowed. */
export type Ending = 'completed' | 'rejected' | 'cancelled_before' | 'cancelled_after' | 'expired' | 'pending';

/** One row of the file as a job. */
export interface Trip {
  /** Of the row; the first data row is 1. */
  readonly number: number;
  readonly customer: string;
  readonly contractor: string;
  /** What the ride cost without the tip. */
  readonly budget: Money<'USD'>;
  readonly ending: Ending;
}

/**
 * Reads the file of trips that comes with the example.
 *
 * @throws When the file is not what its README says: that is a defect of the clone.
 */
export function readTrips(file: URL): readonly Trip[] {
  const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
  if (header !== 'total,tip,payment,pickup_zone,dropoff_zone')
    throw new Error(`${file.pathname} is not the file of trips`);
  return rows.map((row, index) => readTrip(row, index + 1));
}

function readTrip(row: string, number: number): Trip {
  const [total, tip, payment, pickup, dropoff, ...more] = row.split(',');
  if (dropoff === undefined || more.length > 0) throw new Error(`row ${number} does not have five columns`);
  return {
    number,
    customer: customerOf(pickup ?? ''),
    contractor: contractorOf(dropoff),
    budget: subtract(readAmount(total, number), readAmount(tip, number)),
    ending: endingOf(payment ?? '', number),
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

function endingOf(payment: string, number: number): Ending {
  if (payment === 'credit card') return 'completed';
  if (payment === '') return 'pending';
  return CASH[number % CASH.length] ?? 'rejected';
}

const CASH: readonly Ending[] = ['rejected', 'cancelled_before', 'cancelled_after', 'expired'];
