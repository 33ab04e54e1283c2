/** Writes a text with nothing but letters, digits and `. _ ~ -`; everything else as `%` and two hexadecimal digits. Injective. */
export function percentEncode(text: string): string {
  return text.replace(
    /[^A-Za-z0-9._~-]/g,
    (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );
}

/** Writes a currency's code as a commodity of hledger and ledger: quoted where it is more than letters. */
export function commodity(code: string): string {
  return /^[A-Za-z]+$/.test(code) ? code : `"${code}"`;
}

/** Gives the kinds of an entry's transfers, each once, as a description. */
export function describe(transfers: readonly { readonly kind: string }[]): string {
  return [...new Set(transfers.map(({ kind }) => kind))].join(' ');
}
