import type { Transfer } from '@holdfast/kernel';
import { money } from '@holdfast/money';
import { type FuzzableProcess, fuzzProcess } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { booking, type Part, type ProcessEvent, type Whole } from '../src/index.ts';
import { evolveOtherwise, type Fault, transferOtherwise } from './faulty-process.ts';
import { escrowInFull } from './processes/escrow-in-full.ts';

const changeParts = (whole: Whole, kind: string, change: (part: Part) => Part): Whole => {
  const changed = Object.entries(whole.parts?.[kind] ?? {}).map(([id, part]) => [id, change(part)]);
  return { ...whole, parts: { ...whole.parts, [kind]: Object.fromEntries(changed) } };
};

const isOpen = ({ status }: Part): boolean =>
  !['released', 'refunded', 'rejected', 'recovered', 'forgiven', 'won', 'paid', 'settled'].includes(status);

const holdsNothing = (whole: Whole): boolean => Object.values(whole.lines).every((line) => line?.rest.minor === 0n);

const faults: readonly (readonly [what: string, of: unknown, fault: Fault, law: RegExp])[] = [
  [
    'a cut that takes nothing from the whole',
    booking,
    evolveOtherwise((after, { cuts }, before) =>
      cuts && cuts.way === undefined && before ? { ...after, lines: before.lines, cut: before.cut ?? {} } : after,
    ),
    /what is cut is what the parts that were cut from it have|what lies inside is what the things hold/,
  ],
  [
    'a cut that takes a cent too little from the whole',
    booking,
    evolveOtherwise((after, { cuts }) => {
      const platform = after.lines.platform;
      if (cuts?.way !== undefined || !cuts?.lines.platform || !platform) return after;
      const rest = money(platform.rest.minor + 1n, platform.rest.currency);
      return { ...after, lines: { ...after.lines, platform: { ...platform, rest } } };
    }),
    /each is what it was less what left and what was cut from it/,
  ],
  [
    'a debt that is not remembered as reclaimed',
    booking,
    evolveOtherwise((after, { cuts }, before) => {
      if (cuts?.way === undefined) return after;
      const { reclaimed: _, ...others } = after;
      return before?.reclaimed ? { ...others, reclaimed: before.reclaimed } : others;
    }),
    /what is cut is what the parts that were cut from it have/,
  ],
  [
    'more that is reclaimed than had left',
    booking,
    evolveOtherwise((after) => (after.reclaimed ? { ...after, left: {} } : after)),
    /no line is below zero|no more is reclaimed than had left/,
  ],
  [
    'a debt whose settlement goes the wrong way',
    booking,
    transferOtherwise((all, { type }) =>
      type === 'DebtRecovered' ? all.map(({ from, to, ...move }): Transfer => ({ ...move, from: to, to: from })) : all,
    ),
    /what lies inside is what the things hold/,
  ],
  [
    'a debt that counts as held',
    booking,
    evolveOtherwise((after) => changeParts(after, 'debt', ({ isDebt: _, ...part }) => part)),
    /what is cut is what the parts|what lies inside|comes back than came in/,
  ],
  [
    'a tip that is released without its money',
    booking,
    transferOtherwise((all, { type }) => (type === 'TipReleased' ? [] : all)),
    /what lies inside is what the things hold/,
  ],
  [
    'a whole that closes while a part is open',
    escrowInFull,
    evolveOtherwise((after) => {
      const { milestone = {}, dispute = {} } = after.parts ?? {};
      const someOpen = [...Object.values(milestone), ...Object.values(dispute)].some(isOpen);
      return after.status === 'active' && someOpen && holdsNothing(after) ? { ...after, status: 'closed' } : after;
    }),
    /what goes on by itself holds nothing and has no open part/,
  ],
  [
    'a whole that never goes on',
    escrowInFull,
    ({ evolve }) => ({
      evolve: (before, event) => {
        const { goOn: _, ...others } = event as ProcessEvent;
        return evolve(before, others as ProcessEvent);
      },
    }),
    /what could go on by itself does/,
  ],
  [
    'a dispute that has gone with its deadline',
    booking,
    ({ standing }) => ({
      standing: (state) => {
        const all = standing(state);
        return {
          ...all,
          deadlines: all.deadlines.map((one) => ({ ...one, name: one.name.replace(/\.[\w-]+\./, '.') })),
        };
      },
    }),
    /what is done waits for nothing and claims nothing/,
  ],
  [
    'an action that is offered for no part in particular',
    booking,
    ({ availableActions }) => ({
      availableActions: (state, asking) => availableActions(state, asking).map(({ type }) => ({ type })),
    }),
    /what is offered is not refused, and what is not offered is/,
  ],
];

describe('a fault in the engine of parts', () => {
  it.each(faults)(
    'is caught by a law: %s',
    (_what, of, fault, law) => {
      const sound = of as FuzzableProcess;
      expect(() => fuzzProcess({ ...sound, ...fault(sound) }, { runs: 500, seed: 7 })).toThrow(law);
    },
    60_000,
  );
});
