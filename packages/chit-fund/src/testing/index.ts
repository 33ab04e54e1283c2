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
export { anyLateTerms, type LifeOptions, playLife } from './play-life.ts';
