import type { MovesDecider, Standing } from '@holdfast/kernel';

/** The half of a decider that keeps nothing: no record is folded from its events. */
export const withoutRecord: Pick<MovesDecider<never, never>, 'evolve' | 'standing'> & {
  readonly keeps: 'nothing';
} = {
  keeps: 'nothing',
  evolve: () => undefined,
  standing: () => NOTHING,
};

const NOTHING: Standing = { status: 'none', claims: [], deadlines: [], touches: [] };
