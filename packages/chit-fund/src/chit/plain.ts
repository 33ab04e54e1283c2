import type { Money } from '@holdfast/money';

/** Plain data as a command carries it: whole numbers that are bigint elsewhere are decimal texts here, amounts stay amounts. */
export type Plain<T> = T extends bigint
  ? string
  : T extends Money
    ? Money
    : T extends readonly (infer Item)[]
      ? readonly Plain<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]: Plain<T[Key]> }
        : T;
