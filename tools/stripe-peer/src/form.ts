/** The parameters of a request, by their flat names. */
export type Params = ReadonlyMap<string, string>;

/** Reads a form-encoded body or query. */
export function readParams(text: string): Params {
  return new Map(new URLSearchParams(text));
}

/** Collects `metadata[…]`. */
export function metadataOf(params: Params): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of params) {
    const inside = /^metadata\[(.+)\]$/.exec(name)?.[1];
    if (inside !== undefined) found[inside] = value;
  }
  return found;
}
