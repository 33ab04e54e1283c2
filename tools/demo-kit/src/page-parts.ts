import { formatDecimal, type Money } from '@holdfast/money';

/** Writes an amount with thousands apart, without its currency. */
export function dollars(amount: Money): string {
  const [whole = '', cents] = formatDecimal(amount).split('.');
  return `${whole.replace(/\B(?=(?:\d{3})+$)/g, ',')}.${cents}`;
}

/** Writes a count with thousands apart. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** Sets names to the left and values to the right, each in a column. */
export function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const names = Math.max(...rows.map(([name]) => name.length));
  const values = Math.max(...rows.map(([, value]) => value.length));
  return rows.map(([name, value]) => `${name.padEnd(names)}  ${value.padStart(values)}`);
}

/** Puts two columns of lines beside one another. */
export function sideBySide(left: readonly string[], right: readonly string[]): string[] {
  const width = Math.max(...left.map((line) => line.length)) + 6;
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) =>
    `  ${(left[row] ?? '').padEnd(width)}${right[row] ?? ''}`.trimEnd(),
  );
}

/** Draws what the verifier checked, in two columns. */
export function passLines(
  passes: readonly {
    readonly name: string;
    readonly checked: number;
    readonly difference?: unknown;
    readonly skipped?: unknown;
  }[],
): string[] {
  const shown = passes.filter(({ checked, difference, skipped }) => checked > 0 || difference || skipped);
  const cells = shown.map(({ name, checked, difference, skipped }) => {
    const mark = difference ? '✘' : skipped === undefined ? '✔' : '–';
    return `${mark} ${name.padEnd(15)}${count(checked).padStart(8)}`;
  });
  const half = Math.ceil(cells.length / 2);
  return cells.slice(0, half).map((cell, index) => `${cell}      ${cells[half + index] ?? ''}`.trimEnd());
}

/** What a page says of a book on PGlite. */
export const PGLITE_NOTE = [
  'PGlite hands its writes to the operating system without waiting for the disk: what was answered survives the death',
  'of the process (kill -9 it and run again), but a power failure may take the last moments. For money, use Postgres.',
];
