export { type FactorName, type Factors, factorNames } from './factors.ts';
export { parseFactors } from './parse-factors.ts';
export type { Help, Reason, Standard } from './reason.ts';
export type { FactorInvalid, ScaleUnknown } from './refusals.ts';
export { type Scale, type ScaleId, scales } from './scale.ts';
export { type SeedScore, scoreV0, seedWeights } from './score-v0.ts';
