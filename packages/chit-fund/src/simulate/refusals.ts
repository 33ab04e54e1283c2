/**
 * A simulation, or a model of bidders, that cannot be.
 *
 * @severity mistake
 * @retry no
 */
export interface SimulationInvalid {
  readonly code: 'simulation_invalid';
  /** Where the problem is, such as `seed` or `highestBps`. */
  readonly field: string;
  /** What was given there, printed safely, at most 64 characters. */
  readonly given: string;
  /** What would have been accepted, as a sentence. */
  readonly allowed: string;
}

/**
 * Nobody bids in a scheme that adjourns then, however often the draw is held.
 *
 * @severity answer
 * @retry no
 */
export interface SimulationStuck {
  readonly code: 'simulation_stuck';
  readonly instalment: number;
  /** How often it was held. */
  readonly draws: number;
}
