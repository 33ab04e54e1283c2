const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SIZE = ALPHABET.length;

/**
 * Computes the check character of ISO 7064 MOD 37,36, which shows every single wrong character and every swap of two
 * neighbours but a few.
 *
 * @param text - Digits and capital letters.
 * @returns One digit or capital letter.
 * @source docs/rules/chit-score.md, CS-13
 */
export function checkCharacter(text: string): string {
  let product = SIZE;
  for (const character of text) {
    const sum = (product + ALPHABET.indexOf(character)) % SIZE;
    product = ((sum === 0 ? SIZE : sum) * 2) % (SIZE + 1);
  }
  return ALPHABET.charAt((SIZE + 1 - product) % SIZE);
}
