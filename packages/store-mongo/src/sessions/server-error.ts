/** There was no answer in time. What was sent may still happen. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** A commit was sent, and nobody knows what became of it. */
export class CommitUnknown extends Error {
  override readonly name = 'CommitUnknown';
}

/** Gives the number by which a server names its error, or `undefined` where the trouble lay before or beside the server. */
export function codeOf(error: unknown): number | undefined {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'number' ? code : undefined;
}

/** Says whether an error has a label of the protocol. */
export function hasLabel(error: unknown, label: Label): boolean {
  const labels = (error as { readonly errorLabels?: unknown } | null)?.errorLabels;
  return Array.isArray(labels) && labels.includes(label);
}

/** Says whether another transaction has written, or is writing, what this one wanted to write. The server has ended this one. */
export function isConflict(error: unknown): boolean {
  const code = codeOf(error);
  return code === WRITE_CONFLICT || code === LOCK_TIMEOUT;
}

/** Says whether a unique index said no. */
export function isDuplicate(error: unknown): boolean {
  return codeOf(error) === DUPLICATE_KEY;
}

/** Says whether the server does not know the transaction (any more): it ended it, or it lost it. */
export function isGone(error: unknown): boolean {
  return codeOf(error) === NO_SUCH_TRANSACTION;
}

/** Says whether nobody knows what the server has of a transaction: an answer was lost, or a commit is in doubt. */
export function isLost(error: unknown): boolean {
  if (error instanceof NoAnswer || error instanceof CommitUnknown) return true;
  const name = (error as { readonly name?: unknown } | null)?.name;
  return typeof name === 'string' && /^Mongo(Network|PoolCleared|ServerSelection|WaitQueue)/.test(name);
}

/** The labels that matter here. */
export type Label = 'TransientTransactionError' | 'UnknownTransactionCommitResult';

const LOCK_TIMEOUT = 24;
const WRITE_CONFLICT = 112;
const NO_SUCH_TRANSACTION = 251;
const DUPLICATE_KEY = 11000;
