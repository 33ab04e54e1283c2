import type { Crown } from '../book/open-crown.ts';
import type { Charge } from './charge.ts';
import { reportCharge, type Told } from './report-charge.ts';
import { TIMEOUT_MS } from './send-charge.ts';

/** Looks at the provider for a charge, by its reference and so for all of its attempts at once, and tells the book what was found; nothing where the provider does not answer. */
export async function lookUpCharge(
  crown: Crown,
  id: string,
  { attempts }: Pick<Charge, 'attempts'>,
): Promise<Told | undefined> {
  const [first] = attempts;
  if (!first) return undefined;
  const lookedAt = crown.clock();
  const { kind, reference, object } = first.operation;
  const query = { kind, reference, since: first.intentAt, ...(object === undefined ? {} : { object }) };
  const found = await crown.provider.lookup(query, AbortSignal.timeout(TIMEOUT_MS));
  if (found.isErr()) return undefined;
  return reportCharge(crown, id, { type: 'ReportChargeLookup', lookup: found.value, lookedAt });
}
