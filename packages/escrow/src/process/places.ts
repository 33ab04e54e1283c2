/** A place inside the process: what lies there is held, and it must be empty in the end. */
export interface InsidePlace {
  /** The account, with `{id}` and parties filled in: `escrows:{id}:held`. */
  readonly account: string;
  readonly inside: true;
}

/**
 * Says that an account is inside the process: money there is held for it.
 *
 * @param account - A template such as `escrows:{id}:held`; `{id}` is the record's, `{buyer}` the party's id.
 */
export function inside(account: string): InsidePlace {
  return { account, inside: true };
}

/** A process's names for accounts. A party is a place of its own: `users:{party}:available`, unless it is named here. */
export type Places = Readonly<Record<string, string | InsidePlace>>;

/** The names of the places inside. */
export type InsideOf<P> = { [Name in keyof P]: P[Name] extends InsidePlace ? Name : never }[keyof P] & string;

/** The names of the places outside, parties apart. */
export type OutsideOf<P> = { [Name in keyof P]: P[Name] extends InsidePlace ? never : Name }[keyof P] & string;
