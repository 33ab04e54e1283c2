import {
  canonical,
  decodeUnit,
  type EffectiveText,
  type StoredUnit,
  type TransferText,
  type Unit,
} from '@holdfast/kernel';
import type { Pass } from './report.ts';

/**
 * Reads a stored unit and checks that its bytes are the one canonical text of what they say, and its columns what the bytes say.
 *
 * @returns The unit; nothing where it cannot be read, which is a difference.
 */
export function readUnit(stored: StoredUnit, pass: Pass): Unit | undefined {
  pass.checked += 1;
  const unit = decode(stored.bytes);
  if (!unit) {
    pass.differs('unit', stored.sequence, 'the canonical text of a unit', `'${stored.bytes.slice(0, 120)}'`);
    return undefined;
  }
  if (!(JSON.stringify(unit) === stored.bytes && isSorted(unit))) {
    const text = canonical(unit);
    if (text !== stored.bytes) {
      pass.differs('unit', stored.sequence, typeof text === 'string' ? text : 'plain data', stored.bytes);
    }
  }
  if (unit.key !== stored.key)
    pass.differs('unit', stored.sequence, `the key '${unit.key}'`, `the key '${stored.key}'`);
  return unit;
}

function decode(bytes: string): Unit | undefined {
  try {
    const unit: Unit | null = decodeUnit(bytes);
    return isUnit(unit) ? unit : undefined;
  } catch {
    return undefined; // What is not even JSON.
  }
}

/** Says, at a fraction of the cost of writing it again, whether data that JSON itself writes back is canonical: sorted keys, whole numbers. */
function isSorted(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isSorted);
  let before = '';
  for (const key in value) {
    if (key < before || !isSorted((value as Record<string, unknown>)[key])) return false;
    before = key;
  }
  return true;
}

function isUnit(unit: Unit | null): unit is Unit {
  if (typeof unit !== 'object' || unit === null || !INSTANT.test(unit.at) || typeof unit.key !== 'string') return false;
  if (typeof unit.balances !== 'object' || unit.balances === null || typeof unit.digest !== 'string') return false;
  const { accounts = [], claims = [], effective = [], records = [], tasks = [], entries, events } = unit;
  if (!isBook(unit.book)) return false;
  if (![accounts, claims, effective, records, tasks, entries, events].every(Array.isArray)) return false;
  return effective.every(isEffective) && entries.every((entry) => Array.isArray(entry) && entry.every(isTransfer));
}

function isBook(book: Unit['book']): boolean {
  if (book === undefined) return true;
  if (typeof book !== 'object' || book === null) return false;
  return INSTANT.test(book.closedBefore) && Number.isSafeInteger(book.epoch) && Number.isSafeInteger(book.format);
}

function isEffective(effective: EffectiveText): boolean {
  if (!Array.isArray(effective) || effective.length < 2 || effective.length > 3) return false;
  const [entry, ...instants] = effective;
  return (
    Number.isSafeInteger(entry) && instants.every((instant) => typeof instant === 'string' && INSTANT.test(instant))
  );
}

function isTransfer(transfer: TransferText): boolean {
  return Array.isArray(transfer) && transfer.length === 5 && transfer.every((text) => typeof text === 'string');
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
