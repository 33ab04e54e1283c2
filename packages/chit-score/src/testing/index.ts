export { anyDay, anyEvents, anyFactors } from './arbitraries.ts';
