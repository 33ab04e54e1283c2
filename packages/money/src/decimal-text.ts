const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

/** A plain decimal, taken apart. */
export interface DecimalText {
  /** Whether a minus stands in front. */
  readonly negative: boolean;
  /** Whether all digits are zero. */
  readonly zero: boolean;
  /** The digits in front of the point. */
  readonly whole: string;
  /** The digits behind it, all of them; empty where there is no point. */
  readonly fraction: string;
}

/**
 * Takes a plain decimal apart, in one pass over its characters and without a pattern that could be made slow.
 *
 * @param text - Of a length that the caller has bounded.
 * @returns The parts, or nothing for anything but an optional `-`, digits without a leading zero and at most one
 * `.` between digits.
 */
export function readDecimal(text: string): DecimalText | undefined {
  const negative = text.charCodeAt(0) === MINUS;
  const start = negative ? 1 : 0;
  let point = -1;
  let zero = true;
  for (let index = start; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === POINT && point === -1) point = index;
    else if (unit < ZERO || unit > NINE) return undefined;
    else if (unit !== ZERO) zero = false;
  }
  const end = point === -1 ? text.length : point;
  if (end === start || point === text.length - 1) return undefined;
  if (text.charCodeAt(start) === ZERO && end - start > 1) return undefined;
  return { negative, zero, whole: text.slice(start, end), fraction: point === -1 ? '' : text.slice(point + 1) };
}
