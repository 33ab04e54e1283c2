import { createWriteStream, renameSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { StoredUnit } from '@holdfast/kernel';
import { exportHledger } from '@holdfast/ledger';

/** Writes a book's hledger export, in place of an earlier one. Whoever looks finds the old file or the new one, never a part. */
export async function writeExport(units: readonly StoredUnit[], file: string): Promise<void> {
  const lines = exportHledger(oneByOne(units));
  await pipeline(Readable.from(inPieces(lines)), createWriteStream(`${file}.draft`));
  renameSync(`${file}.draft`, file);
}

async function* oneByOne(units: readonly StoredUnit[]): AsyncIterable<StoredUnit> {
  yield* units;
}

/** A piece of many lines costs a fraction of as many pieces. */
async function* inPieces(lines: AsyncIterable<string>): AsyncIterable<string> {
  let piece = '';
  for await (const line of lines) {
    piece += `${line}\n`;
    if (piece.length > 65_536) {
      yield piece;
      piece = '';
    }
  }
  yield piece;
}
