/**
 * Waits for work no longer than a time, and takes what it throws for silence: whatever happens to a call, somebody hears of it.
 *
 * @param otherwise - What to answer where there was none, with why.
 */
export async function inTime<T>(
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
  otherwise: (why: string) => T,
): Promise<T> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<T>((resolve) => {
    timer = setTimeout(() => {
      resolve(otherwise(`no answer in ${timeoutMs} ms`));
      controller.abort();
    }, timeoutMs);
  });
  try {
    return await Promise.race([work(controller.signal), silence]);
  } catch (error) {
    return otherwise(`${error}`.slice(0, 200));
  } finally {
    clearTimeout(timer);
  }
}
