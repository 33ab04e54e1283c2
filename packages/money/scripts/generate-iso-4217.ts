/**
 * Writes `src/iso-4217.ts` from two packages, which stay development dependencies:
 *
 * - `currency-codes` carries list one of ISO 4217 as the maintenance agency publishes it (codes, numbers, minor
 *   units, names) with its date, also of currencies that have ended since;
 * - `dinero.js` is newer but knows neither numbers nor names, so only the codes that the first lacks are taken.
 *
 * Run with `npx tsx packages/money/scripts/generate-iso-4217.ts`; a test fails while the file and the packages differ.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as newer from 'dinero.js/currencies';

const require = createRequire(import.meta.url);

/** What neither package says about the codes of amendments 176 and 179, which came after the published list. */
const ADDED: Readonly<Record<string, readonly [numeric: string, name: string]>> = {
  XAD: ['396', 'Arab Accounting Dinar'],
  XCG: ['532', 'Caribbean Guilder'],
};

interface Row {
  readonly code: string;
  readonly numeric: string;
  readonly minorUnits: number | null;
  readonly name: string;
}

/** Gives the text of `src/iso-4217.ts`. */
export function generateIso4217(): string {
  const published = require('currency-codes/iso-4217-publish-date') as string;
  const rows = [...publishedRows(), ...addedRows()].sort((a, b) => (a.code < b.code ? -1 : 1));
  return `// Written by scripts/generate-iso-4217.ts from currency-codes (list of ${published}) and dinero.js; do not edit.

/** A row of ISO 4217: code, three-digit number, minor units (none for metals, funds and tests), name. */
export type Iso4217Row = readonly [code: string, numeric: string, minorUnits: number | null, name: string];

/**
 * ISO 4217 whole: the list of ${published}, with the codes that were added since. Currencies that ended since
 * stay in it, because amounts in them are still stored somewhere.
 */
export const iso4217: readonly Iso4217Row[] = [
${rows.map(({ code, numeric, minorUnits, name }) => `  ['${code}', '${numeric}', ${minorUnits}, ${quoted(name)}],`).join('\n')}
];
`;
}

/** The list as the agency publishes it, read from its own XML: the package's table writes "N.A." as 0. */
function publishedRows(): readonly Row[] {
  const xml = readFileSync(require.resolve('currency-codes/iso-4217-list-one.xml'), 'utf8');
  const rows = new Map<string, Row>();
  for (const [entry] of xml.matchAll(/<CcyNtry>.*?<\/CcyNtry>/gs)) {
    const code = /<Ccy>(.*?)<\/Ccy>/.exec(entry)?.[1];
    const units = /<CcyMnrUnts>(.*?)<\/CcyMnrUnts>/.exec(entry)?.[1];
    const numeric = /<CcyNbr>(.*?)<\/CcyNbr>/.exec(entry)?.[1];
    const name = /<CcyNm[^>]*>(.*?)<\/CcyNm>/.exec(entry)?.[1];
    if (code === undefined || units === undefined || numeric === undefined || name === undefined) continue;
    rows.set(code, { code, numeric, name, minorUnits: units === 'N.A.' ? null : Number(units) });
  }
  return [...rows.values()];
}

function addedRows(): readonly Row[] {
  const published = new Set(publishedRows().map(({ code }) => code));
  return Object.values(newer)
    .filter(({ code }) => !published.has(code))
    .map(({ code, exponent }) => {
      const added = ADDED[code];
      if (added === undefined) throw new Error(`${code} is new: say its number and its name in ADDED.`);
      return { code, numeric: added[0], minorUnits: exponent, name: added[1] };
    });
}

function quoted(name: string): string {
  return name.includes("'") ? JSON.stringify(name) : `'${name}'`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(new URL('../src/iso-4217.ts', import.meta.url), generateIso4217());
}
