import { type Instant, instantAt } from '@holdfast/kernel';
import type { Pool } from 'pg';
import { jwtAccessTokens } from './auth/access-tokens.ts';
import { argon2Passwords, type Passwords } from './auth/passwords.ts';
import { keptStandings } from './auth/standings.ts';
import { openPortalBook } from './book/open-portal-book.ts';
import { openFeed } from './feed/feed.ts';
import { takeInUnits } from './feed/take-in-units.ts';
import { migrateHost, openDatabase } from './host/database.ts';
import { type CheckDocument, checkByHand } from './kyc/check-document.ts';
import { createMetrics, watchBook } from './observe/metrics.ts';
import { type Collect, collectByHand } from './payments/collect.ts';
import type { Portal } from './portal.ts';
import type { Storage } from './storage/storage.ts';

/** What the portal stands on. */
export interface PortalOptions {
  /** Stays the caller's: whoever made it ends it. */
  readonly pool: Pool;
  /** The process's clock where absent. */
  readonly clock?: () => Instant;
  /** Where documents and reports lie. */
  readonly storage: Storage;
  /** Signs access tokens and keys digests: at least 32 bytes. */
  readonly secret: string;
  /** 15 minutes where absent, in milliseconds. */
  readonly accessExpiresMs?: number;
  /** 7 days where absent, in milliseconds. */
  readonly refreshExpiresMs?: number;
  /** Argon2id where absent. */
  readonly passwords?: Passwords;
  /** A person looks at every document where absent. */
  readonly checkDocument?: CheckDocument;
  /** The foreman confirms every payment where absent. */
  readonly collect?: Collect;
  /** Where links in mails lead to. */
  readonly publicUrl?: string;
  /** Milliseconds for which a list waits at most for what the process has answered before; 1,000 where absent. */
  readonly patienceMs?: number;
  /** Milliseconds for which a user's role and status are kept; 5,000 where absent. */
  readonly standingsKeptMs?: number;
}

/** Opens the portal: makes tables and book what this version needs, and follows nothing yet. */
export async function openPortal(options: PortalOptions): Promise<Portal> {
  const { pool, clock = () => instantAt(Date.now()), secret } = options;
  const metrics = createMetrics();
  const database = openDatabase(pool, (seconds) => metrics.queries.observe(seconds));
  await migrateHost(database);
  const book = await openPortalBook(pool, clock);
  watchBook(metrics, book);
  return {
    database,
    book,
    feed: openFeed({ database, book, takeIn: takeInUnits(book), patienceMs: options.patienceMs }),
    clock,
    passwords: options.passwords ?? argon2Passwords(),
    accessTokens: jwtAccessTokens({ secret, expiresMs: options.accessExpiresMs ?? 900_000, clock }),
    standings: keptStandings(database, options.standingsKeptMs),
    refreshExpiresMs: options.refreshExpiresMs ?? 7 * 86_400_000,
    digestKey: `${secret} digests`,
    storage: options.storage,
    checkDocument: options.checkDocument ?? checkByHand,
    collect: options.collect ?? collectByHand,
    metrics,
    publicUrl: options.publicUrl ?? 'http://localhost:3000',
  };
}
