export { factsOf, itemOf } from './facts.ts';
