import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitBid, type SealedBid } from './commit-bid.ts';
import { commitLot } from './commit-lot.ts';
import type { Lot, LotSource } from './draw.ts';
import { drawLot } from './draw-lot.ts';
import { replayLot } from './replay-lot.ts';
import { revealBid } from './reveal-bid.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };
const seed = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const commitment = commitLot(seed)._unsafeUnwrap();
const source: LotSource = { seed, commitment };
const asked = { context: 'c1/2/1/tie', among: [2, 3, 5, 7, 11], count: 2 };
const lot = () => drawLot(source, asked)._unsafeUnwrap();

/** The published rule again, by other means: whole bits as text, one try after the other. */
function byHand(from: Lot): readonly number[] {
  const left = [...from.among];
  const drawn: number[] = [];
  let attempt = 0;
  while (drawn.length < from.drawn.length) {
    const width = left.length === 1 ? 0 : (left.length - 1).toString(2).length;
    const head = [from.algorithm, from.seed, from.context, from.among.join(','), String(from.words.length)];
    const text = [...head, ...from.words, String(attempt)].join('\n');
    const bits = [...createHash('sha256').update(text, 'utf8').digest()]
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join('');
    const place = width === 0 ? 0 : Number.parseInt(bits.slice(0, width), 2);
    if (width > 0) attempt += 1;
    if (place < left.length) drawn.push(...left.splice(place, 1));
  }
  return drawn;
}

const anyAsked = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 }).chain((tickets) =>
  fc.record({
    context: fc.nat(1e6).map((draw) => `c1/${draw}/1/tie`),
    among: fc.constant(tickets.toSorted((left, right) => left - right)),
    count: fc.integer({ min: 1, max: tickets.length }),
  }),
);
const anyWords = fc.array(fc.constantFrom('rain', 'a b', '7', '~'), { maxLength: 3 });

describe('a lot', () => {
  it('commits to the 32 bytes of the seed', () => {
    expect(commitment).toBe(createHash('sha256').update(Buffer.from(seed, 'hex')).digest('hex'));
  });

  it('never changes for what it was drawn from', () => {
    expect(lot().drawn).toEqual([2, 5]);
    expect(drawLot({ ...source, words: ['rain'] }, asked)._unsafeUnwrap().drawn).toEqual([11, 5]);
  });

  it('law: a replay from the written rule gives the tickets that were drawn', () => {
    fc.assert(
      fc.property(anyAsked, anyWords, (what, words) => {
        const drawn = drawLot({ ...source, words }, what)._unsafeUnwrap();
        expect(drawn.drawn).toHaveLength(what.count);
        expect(new Set(drawn.drawn).size).toBe(what.count);
        expect(drawn.drawn.every((ticket) => what.among.includes(ticket))).toBe(true);
        expect(byHand(drawn)).toEqual(drawn.drawn);
        expect(replayLot(drawn, commitment)._unsafeUnwrap()).toEqual(drawn.drawn);
      }),
      runs,
    );
  });

  it.each([3, 5, 6, 7, 12])('favours none of %i tickets', (count) => {
    const among = Array.from({ length: count }, (_, index) => index + 1);
    const tries = 1_000 * count;
    const won = among.map(() => 0);
    for (let index = 0; index < tries; index += 1) {
      const [ticket = 0] = drawLot(source, { context: `fair/${index}`, among, count: 1 })._unsafeUnwrap().drawn;
      won[ticket - 1] = (won[ticket - 1] ?? 0) + 1;
    }
    // The seed is fixed, so this is no matter of luck: chi-squared stays below its one-in-ten-thousand value for eleven degrees of freedom.
    const chiSquared = won.reduce((sum, times) => sum + (times - 1_000) ** 2 / 1_000, 0);
    expect(chiSquared).toBeLessThan(37.4);
  });

  it.each<[string, Partial<Lot>, string]>([
    ['another ticket', { drawn: [2, 7] }, 'drawn'],
    ['another order', { drawn: [5, 2] }, 'drawn'],
    ['a ticket left out of the list', { among: [2, 3, 5, 7] }, 'drawn'],
    ['another context', { context: 'c1/2/2/tie' }, 'drawn'],
    ['a word added', { words: ['rain'] }, 'drawn'],
    ['another seed', { seed: seed.replace('00', '01') }, 'commitment'],
    ['another commitment', { commitment: commitment.replace(/^./, 'z') }, 'commitment'],
    ['another algorithm', { algorithm: 'coin' as Lot['algorithm'] }, 'algorithm'],
  ])('is found out with %s', (_, change, part) => {
    expect(replayLot({ ...lot(), ...change }, commitment)._unsafeUnwrapErr()).toMatchObject({
      code: 'lot_differs',
      part,
    });
  });

  it('is found out where the seed and its commitment were both put in later', () => {
    const other = seed.replace('00', '01');
    const forged = drawLot({ seed: other, commitment: commitLot(other)._unsafeUnwrap() }, asked)._unsafeUnwrap();
    expect(replayLot(forged, commitment)._unsafeUnwrapErr()).toMatchObject({ part: 'commitment' });
  });

  it.each<[string, Partial<LotSource>, Partial<typeof asked>, object]>([
    ['a short seed', { seed: 'ab' }, {}, { code: 'secret_invalid', field: 'seed', given: 'a text of 2 characters' }],
    ['a seed in capitals', { seed: seed.toUpperCase() }, {}, { code: 'secret_invalid', field: 'seed' }],
    ['a context with a line break', {}, { context: 'a\nb' }, { code: 'secret_invalid', field: 'context' }],
    ['a word with a line break', { words: ['ok', 'a\nb'] }, {}, { code: 'secret_invalid', field: 'words.1' }],
    ['tickets out of order', {}, { among: [3, 2] }, { code: 'draw_invalid', field: 'among' }],
    ['a ticket twice', {}, { among: [2, 2, 3] }, { code: 'draw_invalid', field: 'among' }],
    ['more than there are', {}, { count: 6 }, { code: 'draw_invalid', field: 'count' }],
    ['none', {}, { count: 0 }, { code: 'draw_invalid', field: 'count' }],
  ])('is not drawn from %s', (_, from, what, refusal) => {
    expect(drawLot({ ...source, ...from }, { ...asked, ...what })._unsafeUnwrapErr()).toMatchObject(refusal);
  });
});

describe('a sealed bid', () => {
  const bid: SealedBid = { draw: 'c1/2/1', ticket: 7, discount: 76_500_00n, salt: '0123456789abcdef0123456789abcdef' };
  const committed = { commitment: commitBid(bid)._unsafeUnwrap(), sequence: 4 };

  it('commits to its draw, ticket, discount and salt', () => {
    const text = 'sealed-bid-1\nc1/2/1\n7\n7650000\n0123456789abcdef0123456789abcdef';
    expect(committed.commitment).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('opens as early as it was handed in', () => {
    expect(revealBid(committed, bid)._unsafeUnwrap()).toEqual({ ticket: 7, discount: 76_500_00n, sequence: 4 });
  });

  it.each<[string, Partial<SealedBid>]>([
    ['another draw', { draw: 'c1/3/1' }],
    ['another ticket', { ticket: 8 }],
    ['another discount', { discount: 76_600_00n }],
    ['another salt', { salt: 'ff23456789abcdef0123456789abcdef' }],
  ])('does not open with %s', (_, change) => {
    expect(revealBid(committed, { ...bid, ...change })._unsafeUnwrapErr()).toMatchObject({
      code: 'reveal_differs',
      committed: committed.commitment,
    });
  });

  it.each<[string, object, string]>([
    ['a salt that can be guessed', { salt: '0123' }, 'secret_invalid'],
    ['no salt', { salt: undefined }, 'secret_invalid'],
    ['a number for an amount', { discount: 5 }, 'bid_invalid'],
    ['less than nothing', { discount: -1n }, 'bid_invalid'],
    ['half a ticket', { ticket: 0.5 }, 'bid_invalid'],
    ['a draw with a line break', { draw: 'a\nb' }, 'bid_invalid'],
  ])('is not made of %s', (_, change, code) => {
    expect(commitBid({ ...bid, ...change } as SealedBid)._unsafeUnwrapErr()).toMatchObject({ code });
  });
});
