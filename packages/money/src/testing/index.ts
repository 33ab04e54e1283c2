export { anyCurrency, anyMinor, anyMoney, anyRate, anyRounding, anyWeights, type MinorRange } from './arbitraries.ts';
