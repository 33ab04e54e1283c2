import type { Book, Instant } from '@holdfast/kernel';
import type { HostClient } from '@holdfast/store-postgres';
import type { AccessTokens } from './auth/access-tokens.ts';
import type { Passwords } from './auth/passwords.ts';
import type { Standings } from './auth/standings.ts';
import type { Feed } from './feed/feed.ts';
import type { Database } from './host/database.ts';
import type { Role } from './host/tables.ts';
import type { CheckDocument } from './kyc/check-document.ts';
import type { Metrics } from './observe/metrics.ts';
import type { Collect } from './payments/collect.ts';
import type { Storage } from './storage/storage.ts';

/** The portal, before anybody speaks HTTP with it. */
export interface Portal {
  readonly database: Database;
  readonly book: Book<HostClient>;
  readonly feed: Feed;
  readonly clock: () => Instant;
  readonly passwords: Passwords;
  readonly accessTokens: AccessTokens;
  readonly standings: Standings;
  /** How long a refresh token may be used, in milliseconds. */
  readonly refreshExpiresMs: number;
  /** Keys the digests of document numbers, so that a list of digests cannot be looked up. */
  readonly digestKey: string;
  readonly storage: Storage;
  readonly checkDocument: CheckDocument;
  readonly collect: Collect;
  readonly metrics: Metrics;
  /** Where the links in mails lead to. */
  readonly publicUrl: string;
}

/** Who asks. */
export interface Caller {
  readonly userId: string;
  readonly role: Role;
  readonly ucfsin: string;
}
