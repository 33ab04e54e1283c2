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
