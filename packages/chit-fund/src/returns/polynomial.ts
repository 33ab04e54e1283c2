/** A polynomial with whole coefficients, that of the lowest power first; the last one is not zero. */
export type Polynomial = readonly bigint[];

/** The sign of a polynomial at `at / unit`: −1n, 0n or 1n. Exact. */
export function signAt(polynomial: Polynomial, at: bigint, unit: bigint): -1 | 0 | 1 {
  let value = 0n;
  let scale = 1n;
  for (let index = polynomial.length - 1; index >= 0; index -= 1) {
    value = value * at + (polynomial[index] ?? 0n) * scale;
    scale *= unit;
  }
  return signOf(value);
}

/** The sign of a whole number. */
export function signOf(value: bigint): -1 | 0 | 1 {
  return value === 0n ? 0 : value < 0n ? -1 : 1;
}

/** Drops zeros at the top. */
export function trimmed(coefficients: readonly bigint[]): Polynomial {
  const last = coefficients.findLastIndex((coefficient) => coefficient !== 0n);
  return coefficients.slice(0, last + 1);
}

/** The derivative. */
export function derivativeOf(polynomial: Polynomial): Polynomial {
  return polynomial.slice(1).map((coefficient, index) => coefficient * BigInt(index + 1));
}

/**
 * Divides: a positive multiple of the remainder, and of the quotient by the same factor, which is the size of the divisor's highest coefficient to the power of
 * one more than the difference of the degrees.
 */
export function pseudoDivide(
  dividend: Polynomial,
  divisor: Polynomial,
): { readonly quotient: Polynomial; readonly remainder: Polynomial } {
  const lead = divisor.at(-1) ?? 1n;
  const scale = sizeOf(lead);
  const remainder = [...dividend];
  const steps = Math.max(0, dividend.length - divisor.length + 1);
  const quotient: bigint[] = Array.from({ length: steps }, () => 0n);
  for (let shift = steps - 1; shift >= 0; shift -= 1) {
    const top = (remainder.pop() ?? 0n) * (lead < 0n ? -1n : 1n);
    for (let index = 0; index < remainder.length; index += 1) {
      const below = index >= shift ? (divisor[index - shift] ?? 0n) * top : 0n;
      remainder[index] = (remainder[index] ?? 0n) * scale - below;
    }
    for (let index = shift + 1; index < steps; index += 1) quotient[index] = (quotient[index] ?? 0n) * scale;
    quotient[shift] = top;
  }
  return { quotient, remainder: trimmed(remainder) };
}

/** A whole number without its sign. */
export function sizeOf(value: bigint): bigint {
  return value < 0n ? -value : value;
}
