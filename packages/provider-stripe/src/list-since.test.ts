import { instantAt } from '@holdfast/kernel';
import type { Observation, OperationKind } from '@holdfast/providers';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minor, never, openPeerWorld, type PeerWorld, sendOf, transferOf } from '../test/peer-world.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 15) };
const noon = Date.parse('2026-11-21T12:00:00.000Z');
let now = noon;
let world: PeerWorld;
beforeAll(async () => {
  world = await openPeerWorld({ peer: { clock: () => now } });
  // A hundred and thirty within a second, then one each minute, then a burst.
  const at = [
    ...Array(130).fill(0),
    ...Array.from({ length: 30 }, (_, minute) => (minute + 1) * 60_000),
    ...Array(40).fill(7_200_000),
  ];
  for (const [index, ms] of at.entries()) {
    now = noon + ms;
    const operation = transferOf({ reference: `payout-${index}`, amount: minor(BigInt(index + 1)) });
    await world.provider.submit(sendOf(world.provider, operation, `key-${index}`), never());
  }
});
afterAll(() => world.close());

async function listAll(kind: OperationKind, from: number, to: number): Promise<readonly (readonly Observation[])[]> {
  const pages: (readonly Observation[])[] = [];
  let cursor: string | undefined;
  do {
    const query = { kind, from: instantAt(from), to: instantAt(to), ...(cursor === undefined ? {} : { cursor }) };
    const page = (await world.provider.listSince(query, never()))._unsafeUnwrap();
    pages.push(page.observations);
    cursor = page.next;
  } while (cursor !== undefined);
  return pages;
}

describe('a list of a window', () => {
  it('gives everything, oldest first, over many pages', async () => {
    const pages = await listAll('transfer', noon, noon + 7_201_000);
    expect(pages.map(({ length }) => length)).toEqual([130, 70]);
    expect(pages.flat().map(({ reference }) => reference)).toEqual(
      Array.from({ length: 200 }, (_, at) => `payout-${at}`),
    );
  });

  it('includes its first second and not its last', async () => {
    expect((await listAll('transfer', noon + 60_000, noon + 120_000)).flat().map(({ reference }) => reference)).toEqual(
      ['payout-130'],
    );
    expect((await listAll('transfer', noon + 60_001, noon + 60_999)).flat()).toEqual([]);
    expect((await listAll('transfer', noon + 5000, noon)).flat()).toEqual([]);
  });

  it('gives reversals, which have no list of their own', async () => {
    const [first] = await world.peer.transfers();
    now = noon + 9_000_000;
    await world.peer.reverse(first?.id ?? '', 1n);
    expect((await listAll('reverse_transfer', noon, now + 1000)).flat()).toMatchObject([
      { kind: 'reverse_transfer', amount: minor(1n) },
    ]);
  });

  it('is refused for what is no object of its own, and for a cursor that is none', async () => {
    const query = { from: instantAt(noon), to: instantAt(noon + 1000) };
    for (const kind of ['capture', 'void', 'cancel_payout'] as const) {
      const answer = await world.provider.listSince({ kind, ...query }, never());
      expect(answer._unsafeUnwrapErr()).toMatchObject({ code: 'provider_refused', retryable: false });
    }
    const answer = await world.provider.listSince({ kind: 'transfer', ...query, cursor: 'tr_1' }, never());
    expect(answer._unsafeUnwrapErr().code).toBe('provider_refused');
  });

  it('law: windows that touch give together what one gives', async () => {
    const moment = fc.integer({ min: -1, max: 7300 });
    await fc.assert(
      fc.asyncProperty(moment, moment, moment, async (...moments) => {
        const [from = 0, middle = 0, to = 0] = moments.map((second) => noon + second * 1000).sort((a, b) => a - b);
        const whole = (await listAll('transfer', from, to)).flat();
        const parts = [...(await listAll('transfer', from, middle)), ...(await listAll('transfer', middle, to))].flat();
        expect(parts).toEqual(whole);
      }),
      runs,
    );
  });
});
