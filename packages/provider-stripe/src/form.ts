/** The parameters of a request by their flat names, such as `metadata[book]`. */
export interface FormFields {
  readonly [name: string]: string;
}

/**
 * Writes parameters as the body of a request, in the order of their names, so that equal parameters are equal bytes. Escapes
 * exactly what Stripe's client escapes: it sends what is written here.
 *
 * @source docs/rules/provider-stripe.md, ST-1
 */
export function writeForm(fields: FormFields): string {
  return Object.keys(fields)
    .sort()
    .map((name) => `${escapeText(name)}=${escapeText(fields[name] ?? '')}`)
    .join('&');
}

/**
 * Reads a body that {@link writeForm} wrote.
 *
 * @returns The parameters, or nothing where the text is not what `writeForm` would write.
 */
export function readForm(body: string): FormFields | undefined {
  const fields: Record<string, string> = {};
  for (const pair of body === '' ? [] : body.split('&')) {
    const [name, value, ...rest] = pair.split('=').map(unescapeText);
    if (name === undefined || value === undefined || rest.length > 0 || Object.hasOwn(fields, name)) return undefined;
    fields[name] = value;
  }
  return writeForm(fields) === body ? fields : undefined;
}

function escapeText(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!*()']/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%5B', '[')
    .replaceAll('%5D', ']');
}

function unescapeText(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
