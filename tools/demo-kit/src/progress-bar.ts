/** Shows how far a long run is. */
export interface ProgressBar {
  /** Shows a count; cheap enough to call for each row. */
  show(done: number, what: string): void;
  /** Removes the bar, so that what follows starts on a clean line. */
  end(): void;
}

/** The part of a terminal's stream that a bar needs. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Makes a progress bar. Where the output is no terminal, it is silent.
 *
 * @param total - The count at which the bar is full.
 * @param now - Milliseconds of any clock, so that the bar is drawn 20 times a second at most.
 */
export function progressBar(terminal: Terminal, total: number, now: () => number): ProgressBar {
  if (terminal.isTTY !== true) return { show: () => {}, end: () => {} };
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    show(done, what) {
      if (now() - drawnAt < 50 && done < total) return;
      drawnAt = now();
      terminal.write(`\r${drawBar({ done, total, what, width: terminal.columns ?? 80 })}\u001b[K`);
    },
    end() {
      terminal.write('\r\u001b[K');
    },
  };
}

function drawBar(bar: { done: number; total: number; what: string; width: number }): string {
  const count = ` ${bar.done.toLocaleString('en-US')} of ${bar.total.toLocaleString('en-US')} ${bar.what}`;
  const room = Math.max(0, Math.min(40, bar.width - count.length - 3));
  const full = Math.round((room * bar.done) / Math.max(1, bar.total));
  return ` ${'█'.repeat(full)}${'░'.repeat(room - full)}${count}`;
}
