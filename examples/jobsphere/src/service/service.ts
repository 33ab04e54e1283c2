import type { Book, Instant } from '@holdfast/kernel';
import type { Host } from '../host/host.ts';
import type { Role } from '../host/rows.ts';

/** What a team may decide otherwise. */
export interface JobsphereRules {
  /** Who may take money out of a wallet (J22). The seed lets contractors alone, so a customer's refund could never leave. */
  readonly withdrawRoles: readonly Role[];
}

/** The rules where nothing else is said. */
export const defaultRules: JobsphereRules = { withdrawRoles: ['customer', 'contractor'] };

/** The service, before anybody speaks HTTP with it. */
export interface Service {
  // biome-ignore lint/suspicious/noExplicitAny: the service never touches the client of a store
  readonly book: Book<any>;
  readonly host: Host;
  readonly rules: JobsphereRules;
  /** The same clock as the book's. */
  readonly clock: () => Instant;
}

/** Who asks, and under which key: a retry with the same key is harmless. */
export interface Asked {
  readonly caller: { readonly id: string; readonly role: Role };
  readonly key: string;
}
