import { isMoney } from '@holdfast/money';
import { readPattern, type Segment } from './pattern.ts';

/**
 * Tells what is wrong with a chart of accounts: malformed patterns, unknown fields and values, patterns that fit the same name.
 *
 * @param rules - Anything; what is not even an object is a problem too.
 * @returns One sentence for each problem, in the order of the patterns; none where the chart can be used.
 * @source docs/rules/ledger.md, L-2
 */
export function checkChart(rules: unknown): readonly string[] {
  if (!isObject(rules)) return ['A chart of accounts is an object with a rule for each pattern.'];
  const patterns = Object.keys(rules);
  if (patterns.length === 0) return ['The chart has no patterns, so no account could ever open.'];
  const problems: string[] = [];
  for (const pattern of patterns) problems.push(...checkPattern(pattern), ...checkRule(pattern, rules[pattern]));
  return problems.length > 0 ? problems : findOverlaps(patterns);
}

function checkPattern(pattern: string): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const segment of readPattern(pattern)) {
    if ('text' in segment && !TEXT.test(segment.text)) {
      problems.push(
        `'${pattern}' has the segment '${segment.text}'; a segment is made of letters, digits and . _ ~ -, or is one {parameter}.`,
      );
    }
    if ('parameter' in segment && seen.has(segment.parameter)) {
      problems.push(`'${pattern}' names the parameter {${segment.parameter}} twice.`);
    }
    if ('parameter' in segment) seen.add(segment.parameter);
  }
  return problems;
}

function checkRule(pattern: string, rule: unknown): string[] {
  if (!isObject(rule)) return [`'${pattern}' has no rule; the least is { type: 'liability' }.`];
  const problems: string[] = [];
  const say = (sentence: string) => problems.push(`'${pattern}' ${sentence}`);
  for (const field of Object.keys(rule)) {
    if (!FIELDS.includes(field)) say(`has the unknown field '${field}'; fields are ${FIELDS.join(', ')}.`);
  }
  if (!TYPES.includes(rule.type as string)) say(`has no type; it is one of ${TYPES.join(', ')}.`);
  if (!isOneOf(rule.breach, ['refusal', 'defect'])) say(`has a breach that is neither 'refusal' nor 'defect'.`);
  if (!isOneOf(rule.opens, ['first_use', 'explicitly'])) say(`opens neither at 'first_use' nor 'explicitly'.`);
  checkFloor(rule.floor, say);
  checkOwner(pattern, rule.owner, say);
  const currencies = rule.currencies;
  if (currencies !== undefined && !(Array.isArray(currencies) && currencies.length > 0 && currencies.every(isText))) {
    say(`has currencies that are no list of currency codes, such as ['USD'].`);
  }
  return problems;
}

function checkFloor(floor: unknown, say: (sentence: string) => void): void {
  if (isOneOf(floor, ['none', 'zero'])) return;
  const overdraft = isObject(floor) && Object.keys(floor).length === 1 ? floor.overdraft : undefined;
  if (!Array.isArray(overdraft) || overdraft.length === 0 || !overdraft.every(isMoney)) {
    say(`has a floor that is neither 'none' nor 'zero' nor { overdraft: [amounts] }.`);
    return;
  }
  if (overdraft.some((amount) => amount.minor <= 0n)) say('has an overdraft that is not more than zero.');
  const codes = overdraft.map((amount) => amount.currency.code);
  if (new Set(codes).size < codes.length) say('has two overdrafts in one currency.');
}

function checkOwner(pattern: string, owner: unknown, say: (sentence: string) => void): void {
  if (owner === undefined) return;
  if (typeof owner !== 'string' || !OWNER.test(owner)) {
    say(`has an owner that is no text of letters, digits and . _ ~ / : - with {parameters}.`);
    return;
  }
  const known = readPattern(pattern).flatMap((segment) => ('parameter' in segment ? [segment.parameter] : []));
  for (const [, parameter = ''] of owner.matchAll(/\{([^}]*)\}/g)) {
    if (!known.includes(parameter))
      say(`has an owner with the parameter {${parameter}}, which the pattern does not have.`);
  }
}

function findOverlaps(patterns: readonly string[]): string[] {
  const problems: string[] = [];
  const read = patterns.map((pattern) => ({ pattern, segments: readPattern(pattern) }));
  for (const [index, left] of read.entries()) {
    for (const right of read.slice(index + 1)) {
      const both = commonName(left.segments, right.segments);
      if (both === undefined) continue;
      problems.push(`'${left.pattern}' and '${right.pattern}' both fit '${both}'; let them differ in a fixed segment.`);
    }
  }
  return problems;
}

/** Gives a name that fits both patterns, where there is one. */
function commonName(left: readonly Segment[], right: readonly Segment[]): string | undefined {
  if (left.length !== right.length) return undefined;
  const segments: string[] = [];
  for (const [index, one] of left.entries()) {
    const other = right[index] as Segment;
    if ('text' in one && 'text' in other && one.text !== other.text) return undefined;
    segments.push('text' in one ? one.text : 'text' in other ? other.text : 'x');
  }
  return segments.join(':');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOneOf(value: unknown, allowed: readonly string[]): boolean {
  return value === undefined || allowed.includes(value as string);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

const FIELDS = ['type', 'floor', 'breach', 'opens', 'owner', 'currencies'];
const TYPES = ['asset', 'liability', 'income', 'expense', 'equity'];
const TEXT = /^[A-Za-z0-9._~-]+$/;
const OWNER = /^(?:[A-Za-z0-9._~/:-]|\{[A-Za-z0-9]+\})+$/;
