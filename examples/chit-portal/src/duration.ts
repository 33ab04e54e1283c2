/** Reads a duration as the seed's environment writes it, such as `15m` or `7d`, in milliseconds. */
export function durationMs(text: string): number {
  const [, count, unit] = /^([1-9][0-9]{0,5})(s|m|h|d)$/.exec(text) ?? [];
  if (count === undefined || unit === undefined)
    throw new Error(`${JSON.stringify(text)} is no duration such as 15m or 7d`);
  return Number(count) * (UNITS_MS[unit] as number);
}

const UNITS_MS: { readonly [unit: string]: number } = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
