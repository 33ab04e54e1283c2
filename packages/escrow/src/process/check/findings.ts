/** What the checker says of a definition. */
export interface Findings {
  /** Faults: money could be lost, or the process could not run. Each is a sentence. */
  readonly problems: readonly string[];
  /** What is allowed but worth a second thought. Each is a sentence. */
  readonly lint: readonly string[];
}

/** Collects sentences, each once. */
export class Notes {
  readonly #problems = new Set<string>();
  readonly #lint = new Set<string>();

  problem(when: boolean, sentence: string): void {
    if (when) this.#problems.add(sentence);
  }

  lint(when: boolean, sentence: string): void {
    if (when) this.#lint.add(sentence);
  }

  get findings(): Findings {
    return { problems: [...this.#problems], lint: [...this.#lint] };
  }
}
