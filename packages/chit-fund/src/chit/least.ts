/** Gives the smaller of two counts of minor units. */
export function least(left: bigint, right: bigint): bigint {
  return right < left ? right : left;
}
