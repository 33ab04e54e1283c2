export { anyFactors } from './arbitraries.ts';
