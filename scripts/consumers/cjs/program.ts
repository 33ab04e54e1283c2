import { add, eur, usd } from '@holdfast/money';

export const total = add(eur('1.10'), eur('2.20'));
// @ts-expect-error: two currencies do not add up.
export const wrong = add(eur('1.10'), usd('2.20'));
