/**
 * The names of the parameters in a pattern of account names.
 *
 * @typeParam Pattern - Such as `'users:{user}:available'`, which gives `'user'`.
 */
export type ParametersOf<Pattern extends string> = Pattern extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersOf<Rest>
  : never;

/**
 * The account names that fit a pattern, as a template literal.
 *
 * @typeParam Pattern - Such as `'users:{user}:available'`, which gives `` `users:${string}:available` ``.
 */
export type AccountName<Pattern extends string> = Pattern extends `${infer Head}{${string}}${infer Rest}`
  ? `${Head}${string}${AccountName<Rest>}`
  : Pattern;

/** One segment of a pattern: fixed text, or a parameter. */
export type Segment = { readonly text: string } | { readonly parameter: string };

/** Takes a pattern apart at its colons. A segment in braces is a parameter; what else a segment may be is for the chart's check to say. */
export function readPattern(pattern: string): readonly Segment[] {
  return pattern.split(':').map((segment) => {
    const parameter = PARAMETER.exec(segment)?.[1];
    return parameter === undefined ? { text: segment } : { parameter };
  });
}

/**
 * Fits an account name to a pattern.
 *
 * @param name - A well-formed account name.
 * @returns What stands at each parameter, or nothing where the name does not fit.
 */
export function fitPattern(segments: readonly Segment[], name: string): Readonly<Record<string, string>> | undefined {
  const given = name.split(':');
  if (given.length !== segments.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const text = given[index] ?? '';
    if ('parameter' in segment) found[segment.parameter] = text;
    else if (segment.text !== text) return undefined;
  }
  return found;
}

const PARAMETER = /^\{([A-Za-z][A-Za-z0-9]*)\}$/;
