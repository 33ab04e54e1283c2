import { err, ok, type Result } from 'neverthrow';
import type { Day } from '../terms/terms.ts';
import type { Finding, Foreman, RunningScheme } from './agreement.ts';
import { type LawOptions, parameterAt } from './parameter-at.ts';
import { missing, noLawThen, PAISE, printedRupees } from './question.ts';

/**
 * Checks the limit on the gross chit amounts of all schemes that a foreman runs at one time.
 *
 * @param foreman - Who runs them.
 * @param schemes - All of them, the new one included, in rupees.
 * @param asOf - The day whose law holds.
 * @param law - The State and the table.
 * @returns A finding with the day of the highest total where that is above the limit, or one of what has to be known first.
 * @source docs/rules/chit-fund.md, CF-19
 */
export function checkAggregate(
  foreman: Foreman,
  schemes: readonly RunningScheme[],
  asOf: Day,
  law: LawOptions = {},
): readonly Finding[] {
  const limit = limitOf(foreman, asOf, law);
  if (limit.isErr()) return [limit.error];
  const { day, total } = highestTotal(schemes);
  if (total <= limit.value.paise) return [];
  const given = `${printedRupees(total)} on ${day}`;
  const allowed = `at most ${printedRupees(limit.value.paise)} of gross chit amounts at any time`;
  const { confirmed } = limit.value;
  return [{ code: 'aggregate_above_cap', section: 's. 13', field: 'foreman', given, allowed, confirmed }];
}

interface Limit {
  readonly paise: bigint;
  readonly confirmed: boolean;
}

function limitOf({ kind, partners, netOwnedFunds }: Foreman, asOf: Day, law: LawOptions): Result<Limit, Finding> {
  switch (kind) {
    case 'individual':
      return limitFrom('in.aggregateCap.individual', PAISE, asOf, law);
    case 'firm': {
      if (partners === undefined) return err(missing('foreman.partners', 's. 13'));
      const isLarge = partners >= 4;
      return isLarge
        ? limitFrom('in.aggregateCap.firm', PAISE, asOf, law)
        : limitFrom('in.aggregateCap.partner', PAISE * BigInt(partners), asOf, law);
    }
    default:
      return netOwnedFunds === undefined
        ? err(missing('foreman.netOwnedFunds', 's. 13'))
        : limitFrom('in.aggregateCap.timesNetOwnedFunds', netOwnedFunds.minor, asOf, law);
  }
}

function limitFrom(
  key:
    | 'in.aggregateCap.individual'
    | 'in.aggregateCap.partner'
    | 'in.aggregateCap.firm'
    | 'in.aggregateCap.timesNetOwnedFunds',
  times: bigint,
  asOf: Day,
  law: LawOptions,
): Result<Limit, Finding> {
  return parameterAt(key, asOf, law).match(
    ({ value, confirmed }) => ok({ paise: value * times, confirmed }),
    () => err(noLawThen(key, asOf)),
  );
}

/** Totals only rise on a day on which a scheme begins. */
function highestTotal(schemes: readonly RunningScheme[]): { readonly day: Day; readonly total: bigint } {
  const totals = schemes.map(({ from: day }) => {
    const running = schemes.filter(({ from, to }) => from <= day && day <= to);
    return { day, total: running.reduce((sum, { gross }) => sum + gross.minor, 0n) };
  });
  return totals.reduce((most, one) => (one.total > most.total ? one : most), { day: '', total: 0n });
}
