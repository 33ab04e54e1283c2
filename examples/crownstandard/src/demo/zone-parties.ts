/** The user that books in a zone. A zone's customer and its provider are two different people. */
export function customerOf(zone: string): string {
  return `customer-${idOf(zone)}`;
}

/** The provider that works in a zone. */
export function providerOf(zone: string): string {
  return `provider-${idOf(zone)}`;
}

/** The provider's account at Stripe. */
export function accountOf(zone: string): string {
  return `acct_${idOf(zone)}`;
}

/** How a zone is called; one without a name is `unknown`. */
export function nameOf(zone: string): string {
  return zone === '' ? 'unknown' : zone;
}

/**
 * Turns a zone's name into a part of an id. No two names share one: letters and digits stay, every other byte of UTF-8 becomes `_` and two
 * hexadecimal digits, and `_` itself is among the others.
 */
function idOf(zone: string): string {
  let id = '';
  for (const byte of Buffer.from(nameOf(zone), 'utf8')) {
    const letter = String.fromCharCode(byte);
    id += /[A-Za-z0-9]/.test(letter) ? letter : `_${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return id;
}
