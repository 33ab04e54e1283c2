/** Cuts secrets and card numbers out of a text of Stripe's, and the text to 500 characters, for a log. */
export function redact(text: string): string {
  return text
    .slice(0, 2000)
    .replace(/\b(?:sk|rk|pk|ek|whsec)_[A-Za-z0-9_*]+/g, '[secret]')
    .replace(/\b\w+_secret_\w+/g, '[secret]')
    .replace(/\bBearer\s+\S+/gi, '[secret]')
    .replace(/\b\d(?:[ -]?\d){11,18}\b/g, '[number]')
    .slice(0, 500);
}
