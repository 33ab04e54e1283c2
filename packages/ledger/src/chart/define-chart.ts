import {
  type AccountSettings,
  type AccountUnknown,
  type Chart,
  Defect,
  type IdInvalid,
  isAccountName,
  isId,
  show,
} from '@holdfast/kernel';
import type { Currency } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { checkChart } from './check-chart.ts';
import { type AccountName, fitPattern, type ParametersOf, readPattern, type Segment } from './pattern.ts';
import type { AccountRule, ChartRules } from './rules.ts';

/** What has to be given to name an account: an id for each parameter of its pattern, and nothing where it has none. */
export type AccountParameters<Pattern extends string> = [ParametersOf<Pattern>] extends [never]
  ? readonly []
  : readonly [ids: { readonly [Name in ParametersOf<Pattern>]: string }];

/** Which pattern an account name fits. */
export interface ChartMatch {
  readonly pattern: string;
  readonly rule: AccountRule;
  /** What stands at each parameter. */
  readonly ids: Readonly<Record<string, string>>;
}

/**
 * A chart of accounts: how accounts open, and the maker of their names.
 *
 * @typeParam Pattern - The patterns, as literals.
 */
export interface LedgerChart<Pattern extends string = string> extends Chart {
  readonly patterns: readonly Pattern[];
  /**
   * Names an account. For ids that the program itself made: an ill-formed one is a defect and throws.
   *
   * @param pattern - One of the chart's.
   * @param ids - An id for each parameter.
   */
  account<P extends Pattern>(pattern: P, ...ids: AccountParameters<P>): AccountName<P>;
  /**
   * Names an account by ids from outside.
   *
   * @errors
   * - `id_invalid`: an id is not 1 to 128 letters, digits and `. _ ~ -`, or the name gets longer than 200 characters.
   */
  parseAccount<P extends Pattern>(
    pattern: P,
    ids: { readonly [Name in ParametersOf<P>]: unknown },
  ): Result<AccountName<P>, IdInvalid>;
  /** Finds the pattern that an account name fits; there is never more than one. */
  match(name: string): ChartMatch | undefined;
}

/** The account names of a chart, as a union of template literals. */
export type AccountOf<C> = C extends LedgerChart<infer Pattern> ? AccountName<Pattern> : never;

/**
 * Defines a chart of accounts.
 *
 * @param rules - How the accounts of each pattern behave; patterns may not overlap.
 * @returns The chart, which a book consults when an account opens; from then on the account's own state says how it behaves.
 * @throws A defect with one sentence for each problem, so that a wrong chart stops the program at its start.
 * @source docs/rules/ledger.md, L-1, L-2, L-3
 * @example
 * {@includeCode ../../examples/wallet.example.ts#chart}
 */
export function defineChart<const Rules extends ChartRules>(rules: Rules): LedgerChart<keyof Rules & string> {
  const problems = checkChart(rules);
  if (problems.length > 0) throw new Defect(`This chart of accounts cannot be used.\n${problems.join('\n')}`);
  return new PatternChart(rules) as unknown as LedgerChart<keyof Rules & string>;
}

interface Entry {
  readonly pattern: string;
  readonly segments: readonly Segment[];
  readonly rule: AccountRule;
}

class PatternChart implements Chart {
  readonly patterns: readonly string[];
  readonly #entries: ReadonlyMap<string, Entry>;

  constructor(rules: ChartRules) {
    this.patterns = Object.freeze(Object.keys(rules));
    this.#entries = new Map(
      Object.entries(rules).map(([pattern, rule]) => [pattern, { pattern, segments: readPattern(pattern), rule }]),
    );
  }

  account(pattern: string, ids: Readonly<Record<string, unknown>> = {}): string {
    const name = this.#name(pattern, ids);
    if (name.isErr())
      throw new Defect(`${name.error.field} of '${pattern}' is ${name.error.given}; it is ${name.error.allowed}`);
    return name.value;
  }

  parseAccount(pattern: string, ids: Readonly<Record<string, unknown>>): Result<string, IdInvalid> {
    return this.#name(pattern, ids);
  }

  match(name: string): ChartMatch | undefined {
    if (!isAccountName(name)) return undefined;
    for (const { pattern, segments, rule } of this.#entries.values()) {
      const ids = fitPattern(segments, name);
      if (ids && Object.values(ids).every(isId)) return { pattern, rule, ids };
    }
    return undefined;
  }

  open(name: string, currency: Currency, explicitly: boolean): Result<AccountSettings, AccountUnknown> {
    const found = this.match(name);
    const unknown = { code: 'account_unknown', account: name } as const;
    if (!found) return err(unknown);
    const { type, floor, breach = 'refusal', opens, owner, currencies } = found.rule;
    if (opens === 'explicitly' && !explicitly) return err(unknown);
    if (currencies && !currencies.includes(currency.code)) return err(unknown);
    const settings = { type, floor: floorOf(floor, currency), breach };
    return ok(owner === undefined ? settings : { ...settings, owner: fillIn(owner, found.ids) });
  }

  #name(pattern: string, ids: Readonly<Record<string, unknown>>): Result<string, IdInvalid> {
    const entry = this.#entries.get(pattern);
    if (!entry) throw new Defect(`the chart has no pattern ${show(pattern)}`);
    let name = '';
    for (const segment of entry.segments) {
      const text = 'text' in segment ? segment.text : ids[segment.parameter];
      if ('parameter' in segment && !isId(text)) return err(idInvalid(segment.parameter, text));
      name += name === '' ? `${text}` : `:${text}`;
    }
    return isAccountName(name) ? ok(name) : err(idInvalid(entry.pattern, name));
  }
}

function floorOf(floor: AccountRule['floor'], { code, scale }: Currency): bigint | null {
  if (floor === 'none') return null;
  if (floor === undefined || floor === 'zero') return 0n;
  const agreed = floor.overdraft.find(({ currency }) => currency.code === code && currency.scale === scale);
  return agreed ? -agreed.minor : 0n;
}

function fillIn(owner: string, ids: Readonly<Record<string, string>>): string {
  return owner.replace(/\{([^}]*)\}/g, (_all, parameter: string) => ids[parameter] ?? '');
}

function idInvalid(field: string, given: unknown): IdInvalid {
  const allowed =
    '1 to 128 letters, digits and . _ ~ -, beginning with a letter or digit; 200 characters for the whole name';
  return { code: 'id_invalid', field, given: show(given), allowed };
}
