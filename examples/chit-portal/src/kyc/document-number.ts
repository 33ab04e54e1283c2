import { createHmac } from 'node:crypto';
import type { DocumentType } from '../host/tables.ts';

/** What numbers of each document look like. */
export const numberForms: { readonly [Type in DocumentType]: { readonly form: RegExp; readonly allowed: string } } = {
  AADHAR: { form: /^[2-9][0-9]{11}$/, allowed: 'twelve digits with their check digit, the first from 2 to 9' },
  PAN: { form: /^[A-Z]{5}[0-9]{4}[A-Z]$/, allowed: 'five capital letters, four digits and a capital letter' },
  DRIVING_LICENSE: {
    form: /^[A-Z]{2}[0-9]{2}[0-9A-Z]{7,13}$/,
    allowed: 'two capital letters, two digits and 7 to 13 more of both',
  },
};

/** Says whether a number can be one of its document: of its form, and for an Aadhaar number with the right check digit. */
export function isDocumentNumber(type: DocumentType, number: string): boolean {
  return numberForms[type].form.test(number) && (type !== 'AADHAR' || verhoeff(number) === 0);
}

/** Hides a number but for its last four characters. */
export function maskNumber(number: string): string {
  return `${'•'.repeat(number.length - 4)}${number.slice(-4)}`;
}

/** Gives a keyed digest of a number: equal for equal numbers, and no use to who does not have the key. */
export function digestNumber(key: string, type: DocumentType, number: string): string {
  return createHmac('sha256', key).update(`${type}\n${number}`).digest('hex');
}

/** The check of Verhoeff over the dihedral group of ten: 0 for a number that ends in its right check digit. */
function verhoeff(number: string): number {
  let check = 0;
  for (const [place, digit] of [...number].reverse().entries()) {
    const turned = (TURNS[place % 8] as readonly number[])[Number(digit)] as number;
    check = (GROUP[check] as readonly number[])[turned] as number;
  }
  return check;
}

const GROUP = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
] as const;

const TURNS = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
  [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
  [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
  [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
  [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
  [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
  [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
] as const;
