/** What every refusal about given data tells of it. */
interface Given {
  /** Where the first problem is, such as `factors.paymentHistory` or `events.3.dueOn`. */
  readonly field: string;
  /** What was given there, printed safely, at most 64 characters. */
  readonly given: string;
  /** What would have been accepted, as a sentence. */
  readonly allowed: string;
}

/**
 * A factor is not what a factor can be.
 *
 * @severity mistake
 * @retry no
 */
export interface FactorInvalid extends Given {
  readonly code: 'factor_invalid';
}

/**
 * No scale has that name.
 *
 * @severity mistake
 * @retry no
 */
export interface ScaleUnknown extends Given {
  readonly code: 'scale_unknown';
}

/**
 * A day is no calendar day from 1900 to 2199.
 *
 * @severity mistake
 * @retry no
 */
export interface DayInvalid extends Given {
  readonly code: 'day_invalid';
}

/**
 * There are more events, or more people, than one call takes.
 *
 * @severity mistake
 * @retry no
 */
export interface TooMany extends Given {
  readonly code: 'limit_exceeded';
}

/**
 * An event is not of the form of its type.
 *
 * @severity mistake
 * @retry no
 */
export interface EventInvalid extends Given {
  readonly code: 'event_invalid';
}

/**
 * Two events say different things under one id, or about one instalment.
 *
 * @severity alarm
 * @retry no
 */
export interface EventConflicts extends Given {
  readonly code: 'event_conflicts';
}

/**
 * An event is about an instalment that no event makes due.
 *
 * @severity mistake
 * @retry later, once the instalment is there
 */
export interface InstalmentUnknown extends Given {
  readonly code: 'instalment_unknown';
}

/**
 * A model whose parameters cannot be: the laws would not hold under it.
 *
 * @severity mistake
 * @retry no
 */
export interface ScoreModelInvalid extends Given {
  readonly code: 'config_invalid';
  /** Every problem that was found, each a sentence. */
  readonly problems: readonly string[];
}

/**
 * No version of a model is in force on a day.
 *
 * @severity mistake
 * @retry no
 */
export interface ModelUnknown extends Given {
  readonly code: 'model_unknown';
}

/**
 * A kept score names another model than the one that it is compared with.
 *
 * @severity alarm
 * @retry no
 */
export interface ModelMismatch {
  readonly code: 'model_mismatch';
  /** The model that the score names: `id version hash`. */
  readonly kept: string;
  /** The model that was given: `id version hash`. */
  readonly model: string;
}

/**
 * A kept score is not what its model says for its events.
 *
 * @severity alarm
 * @retry no
 */
export interface ScoreDiffers {
  readonly code: 'score_differs';
  /** The first part that differs, such as `inputsHash` or `factors`. */
  readonly part: string;
  /** What was kept, at most 64 characters. */
  readonly kept: string;
  /** What the model says, at most 64 characters. */
  readonly replayed: string;
}

/**
 * A comparison or a drift figure cannot be made of what was given.
 *
 * @severity mistake
 * @retry no
 */
export interface PopulationInvalid extends Given {
  readonly code: 'population_invalid';
}

/**
 * A text is no UCFSIN, or its check character is wrong.
 *
 * @severity answer
 * @retry no
 */
export interface UcfsinInvalid extends Given {
  readonly code: 'ucfsin_invalid';
}

/**
 * A year has given out all of its million numbers, or its sequence gave what is none.
 *
 * @severity alarm
 * @retry no
 */
export interface SequenceExhausted {
  readonly code: 'sequence_exhausted';
  /** The year. */
  readonly year: string;
  /** What the sequence gave, printed safely. */
  readonly given: string;
}
