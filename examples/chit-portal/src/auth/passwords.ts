import { hash, type Options, verify } from '@node-rs/argon2';

/** Hashes passwords and checks them. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Says whether a password is the one that was hashed. Takes as long where there is no hash, so that nobody learns who is registered. */
  matches(password: string, hashed: string | undefined): Promise<boolean>;
}

/**
 * Makes passwords on Argon2id at the cost that OWASP names (19 MiB, two passes): bcrypt, which the seed wants, reads no more than 72 bytes and costs a
 * graphics card little.
 *
 * @param options - Another cost, such as a small one for tests.
 */
export function argon2Passwords(options: Options = USUAL): Passwords {
  const nobodys = hash('nobody has this password', options);
  return {
    hash: (password) => hash(password, options),
    matches: async (password, hashed) => {
      const matches = await verify(hashed ?? (await nobodys), password);
      return matches && hashed !== undefined;
    },
  };
}

const USUAL: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
