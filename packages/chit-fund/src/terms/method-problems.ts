import type { Money } from '@holdfast/money';
import { commissionOfWinner, grossPrizeOf, hasBids, isHui, leastDiscountOf, mostDiscountOf } from './derive.ts';
import { isAmount, type Row } from './fields.ts';
import type { SchemeTerms } from './terms.ts';

const methods = [
  'open_auction',
  'sealed_auction',
  'lot',
  'fixed_order',
  'fixed_increment',
  'fixed_schedule',
  'hui_discount',
  'hui_premium',
];

/**
 * Lists where a method and the other terms do not go together.
 *
 * @param terms - Terms of which each part alone is right, but for the method.
 * @returns The problems.
 * @source docs/rules/chit-fund.md, CF-2
 */
export function* methodProblems(terms: SchemeTerms): Generator<Row> {
  const { method, discount } = terms;
  if (!methods.includes(method.type)) {
    yield ['method.type', method.type, `one of ${methods.join(', ')}`];
    return;
  }
  if (hasBids(method) !== (discount !== undefined)) {
    yield ['discount', discount, hasBids(method) ? 'what bids may be' : 'nothing: the method has no bids'];
    return;
  }
  if (discount !== undefined) yield* bidRows(terms, discount);
  if (method.type === 'lot' || method.type === 'fixed_order') yield* givenDiscountRows(terms, method.discount);
  if (method.type === 'fixed_order') yield* orderRows(terms, method.order, 'method.order');
  if (method.type === 'fixed_increment' || method.type === 'fixed_schedule') {
    yield* prizeRows(terms, method.prizes);
    if (method.by !== 'lot') yield* orderRows(terms, method.by, 'method.by');
    if (terms.companyChit !== undefined) {
      yield ['companyChit', terms.companyChit, 'nothing: the agreement fixes every prize'];
    }
  }
  if (isHui(method)) yield* huiRows(terms);
  yield* commissionRows(terms);
}

function* bidRows(terms: SchemeTerms, discount: NonNullable<SchemeTerms['discount']>): Generator<Row> {
  if (isHui(terms.method)) {
    if (discount.minimum !== 'nothing') yield ['discount.minimum', discount.minimum, 'nothing, in a hui'];
    return;
  }
  const most = mostDiscountOf(terms, discount);
  if (leastDiscountOf(terms, discount) > most) {
    yield ['discount.maximumBasisPoints', discount.maximumBasisPoints, 'a highest discount not below the lowest'];
  }
  if (most + commissionOfWinner(terms) > grossPrizeOf(terms)) {
    yield [
      'discount.maximumBasisPoints',
      discount.maximumBasisPoints,
      'what leaves a prize of at least the commission',
    ];
  }
  if (fromDiscount(terms) && discount.minimum !== 'commission') {
    yield ['discount.minimum', discount.minimum, 'commission, where the commission is taken from the discount'];
  }
}

function* givenDiscountRows(terms: SchemeTerms, discount: Money): Generator<Row> {
  const most = grossPrizeOf(terms) - commissionOfWinner(terms);
  if (!isAmount(discount, terms, 0n) || discount.minor > most) {
    yield ['method.discount', discount, 'an amount of the scheme that leaves a prize of at least the commission'];
  } else if (fromDiscount(terms) && discount.minor < commissionOfWinner(terms)) {
    yield ['method.discount', discount, 'at least the commission, where that is taken from the discount'];
  }
}

function* orderRows({ tickets }: SchemeTerms, order: readonly number[], field: string): Generator<Row> {
  const whole = new Set(order);
  const isOne = (ticket: unknown) => typeof ticket === 'number' && Number.isInteger(ticket) && ticket >= 1;
  if (
    order.length !== tickets ||
    whole.size !== tickets ||
    !order.every((ticket) => isOne(ticket) && ticket <= tickets)
  ) {
    yield [field, order, `each of the ${tickets} tickets once, the first winner first`];
  }
}

function* prizeRows(terms: SchemeTerms, prizes: readonly Money[]): Generator<Row> {
  const least = terms.tax?.bearer === 'winner' ? commissionOfWinner(terms) : 1n;
  const wrong = prizes.findIndex((prize) => !isAmount(prize, terms, least > 0n ? least : 1n));
  if (prizes.length !== terms.instalments) {
    yield ['method.prizes', prizes, 'a prize for each instalment'];
  } else if (wrong >= 0) {
    yield [
      `method.prizes.${wrong}`,
      prizes[wrong],
      'an amount of the scheme of more than zero, and of its winner’s tax',
    ];
  } else if (terms.method.type === 'fixed_schedule' && !isCovered(terms, prizes)) {
    yield ['method.prizes', prizes, 'prizes that what was collected before covers, and that use it up at the end'];
  }
}

function isCovered(terms: SchemeTerms, prizes: readonly Money[]): boolean {
  let reserve = 0n;
  for (const prize of prizes) {
    reserve += terms.subscription.minor * BigInt(terms.tickets) - prize.minor * BigInt(terms.winnersPerDraw ?? 1);
    if (reserve < 0n) return false;
  }
  return reserve === 0n;
}

function* huiRows(terms: SchemeTerms): Generator<Row> {
  if ((terms.winnersPerDraw ?? 1) !== 1) yield ['winnersPerDraw', terms.winnersPerDraw, '1, in a hui'];
  if (terms.dividend.lag !== 0) yield ['dividend.lag', terms.dividend.lag, '0, in a hui'];
  if (terms.tax?.bearer === 'winner') yield ['tax.bearer', 'winner', 'subscribers or foreman, in a hui'];
}

function* commissionRows(terms: SchemeTerms): Generator<Row> {
  const { method, commission, tax } = terms;
  const hasDiscount = !isHui(method) && method.type !== 'fixed_increment' && method.type !== 'fixed_schedule';
  if (fromDiscount(terms) && !hasDiscount) {
    yield ['commission.taken', commission.taken, 'on_top: the method has no discount that it could be taken from'];
  }
  if (tax?.unit !== undefined && tax.unit.minor > commissionOfWinner(terms)) {
    yield ['tax.unit', tax.unit, 'at most the commission of one winner'];
  }
}

/** Whether a commission is taken out of discounts; one of nothing is taken from nowhere. */
function fromDiscount(terms: SchemeTerms): boolean {
  return terms.commission.taken === 'from_discount' && commissionOfWinner(terms) > 0n;
}
