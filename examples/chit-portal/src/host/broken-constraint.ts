/** Gives the name of the constraint that a row would have broken, where that is why a statement failed. */
export function brokenConstraint(error: unknown): string | undefined {
  const { code, constraint } = (error ?? {}) as { readonly code?: unknown; readonly constraint?: unknown };
  return code === '23505' && typeof constraint === 'string' ? constraint : undefined;
}
