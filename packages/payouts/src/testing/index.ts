export { factsOf, itemOf } from './facts.ts';
export {
  descriptor,
  earn,
  type OpenedPayouts,
  observationOf,
  openPayouts,
  operator,
  outcomeOf,
  worker,
} from './open-payouts.ts';
export {
  compareBooks,
  earnSome,
  type Simulation,
  type SimulationOptions,
  simulatePayouts,
} from './simulate-payouts.ts';
