import type { Instant } from '@holdfast/kernel';
import type { Observation, OperationKind, Provider, ProviderFault } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';

/** Reads every page of a provider's list. */
export async function readList(
  provider: Provider,
  query: { readonly kind: OperationKind; readonly from: Instant; readonly to: Instant },
  timeoutMs: number,
): Promise<Result<readonly Observation[], ProviderFault>> {
  const all: Observation[] = [];
  for (let cursor: string | undefined; ; ) {
    const given = cursor === undefined ? query : { ...query, cursor };
    const page = await provider.listSince(given, AbortSignal.timeout(timeoutMs));
    if (page.isErr()) return err(page.error);
    all.push(...page.value.observations);
    cursor = page.value.next;
    if (cursor === undefined) return ok(all);
  }
}

/** Reads every page of a provider's list of reversals; nothing where it makes none. */
export async function readReversals(
  provider: Provider,
  window: { readonly from: Instant; readonly to: Instant },
  timeoutMs: number,
): Promise<Result<readonly Observation[], ProviderFault>> {
  if (!provider.descriptor.operations.reverse_transfer) return ok([]);
  return readList(provider, { kind: 'reverse_transfer', ...window }, timeoutMs);
}
