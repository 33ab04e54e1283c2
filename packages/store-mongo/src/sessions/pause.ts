/**
 * Waits before another try: a few milliseconds at first, at most 50, never as long as the others who wait.
 *
 * @param tries - How many there were.
 */
export function pause(tries: number): Promise<void> {
  const ms = Math.min(50, 2 ** Math.min(tries + 1, 6)) * (0.5 + Math.random());
  return new Promise((resolve) => setTimeout(resolve, ms));
}
