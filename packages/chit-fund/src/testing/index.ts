export { type AnyLife, anyLateTerms, anyLife, anyLifeUnderAct, sampleLives } from './any-life.ts';
export { breachesOfAct } from './breaches-of-act.ts';
export {
  foreman,
  lotSeed,
  type OpenedChits,
  openChits,
  registrar,
  rupees,
  smallTerms,
  wholeAgreement,
} from './open-chits.ts';
export { type LifeOptions, playLife } from './play-life.ts';
