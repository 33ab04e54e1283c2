/** Whether the demo was asked to stop. */
export interface Signals {
  /** The exit code that the signal asks for; nothing while there was none. */
  exitCode(): number | undefined;
  /** Hears no more. */
  end(): void;
}

/** Hears Ctrl-C once and lets the demo stop where it is safe; who presses it again does not want to wait. */
export function watchSignals(): Signals {
  let heard: number | undefined;
  let heardAt = 0;
  const listeners = Object.entries({ SIGINT: 130, SIGTERM: 143 }).map(([signal, code]) => {
    const listener = (): void => {
      // One Ctrl-C may arrive twice: from the terminal, and from npm, which hands it on.
      if (heard !== undefined && performance.now() - heardAt > 1_000) process.exit(code);
      heard ??= code;
      heardAt ||= performance.now();
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return {
    exitCode: () => heard,
    end: () => {
      for (const off of listeners) off();
    },
  };
}
