import { createServer } from 'node:net';

/**
 * Finds a port of this machine that nobody listens on, below those that systems give to connections by themselves: else a connection could take it
 * before it is used, or while a server that is to come back on it is away, even one that somebody tries to open to that very port.
 */
export async function freePort(): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    const trouble = await troubleAt(port);
    if (trouble === undefined) return port;
    if (tries === MOST_TRIES) throw trouble;
  }
}

function troubleAt(port: number): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(undefined)));
  });
}

const LOWEST = 20_000;
/** Linux gives from 32,768, others from 49,152. */
const HIGHEST = 32_000;
const MOST_TRIES = 50;
