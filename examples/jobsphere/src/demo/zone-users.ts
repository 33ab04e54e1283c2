/** The user that orders rides in a zone. A zone's customer and its contractor are two different users. */
export function customerOf(zone: string): string {
  return `customer-${idOf(zone)}`;
}

/** The user that does the job in a zone. */
export function contractorOf(zone: string): string {
  return `contractor-${idOf(zone)}`;
}

/**
 * Turns a zone's name into a part of an id. No two names share one: letters and digits stay, every other byte of UTF-8 becomes `~` and two
 * hexadecimal digits, and `~` itself is among the others. The empty name becomes `unknown`, as if the file said so.
 */
function idOf(zone: string): string {
  const bytes = Buffer.from(zone === '' ? 'unknown' : zone, 'utf8');
  let id = '';
  for (const byte of bytes) {
    const letter = String.fromCharCode(byte);
    id += /[A-Za-z0-9]/.test(letter) ? letter : `~${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return id;
}
