/** The statement never left: no connection was to be had. Nothing was done. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
}

/** The answer did not come in time; the connection is given up, so nobody knows what was done. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** COMMIT was answered by ROLLBACK: an error inside the transaction had been swallowed. */
export class RolledBack extends Error {
  override readonly name = 'RolledBack';
}

/** Gives the SQLSTATE that a server answered with, or `undefined` where the trouble lay before or beside the server. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !NODE_CODES.has(code) ? code : undefined;
}

/** Says whether a connection is of no further use after an error. */
export function isBroken(error: unknown): boolean {
  const state = sqlState(error);
  if (state === undefined) return true;
  const severity = (error as { severity?: unknown }).severity;
  return state.startsWith('08') || state.startsWith('57P') || severity === 'FATAL' || severity === 'PANIC';
}

/** Codes of Node that look like a SQLSTATE. */
const NODE_CODES: ReadonlySet<string> = new Set([
  'EPIPE',
  'EPERM',
  'EBUSY',
  'EINTR',
  'EFBIG',
  'EROFS',
  'EXDEV',
  'EBADF',
  'EAGAIN',
]);
