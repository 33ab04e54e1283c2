/**
 * Shows an amount in rupees with Indian grouping. Amounts stay texts from the server to the screen.
 *
 * @param {string | null | undefined} decimal Such as `-125000.00`.
 */
export function rupees(decimal) {
  if (decimal === null || decimal === undefined) return '–';
  const [, sign, whole, rest] = /^(-?)(\d+)(.*)$/.exec(decimal) ?? [];
  if (whole === undefined) return decimal;
  const thousands = whole.slice(0, -3).replace(/\B(?=(\d{2})+$)/g, ',');
  return `${sign}₹${thousands === '' ? '' : `${thousands},`}${whole.slice(-3)}${rest}`;
}

/**
 * Gives the paise of a decimal text in rupees.
 *
 * @param {string} decimal Such as `1250.5`.
 */
export function paiseOf(decimal) {
  const [whole, rest = ''] = decimal.split('.');
  return `${whole}${rest.padEnd(2, '0')}`.replace(/^0+(?=\d)/, '');
}

/**
 * Makes a decimal text of an amount in paise, as events have it.
 *
 * @param {string} paise
 */
export function decimalOf(paise) {
  const digits = paise.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
