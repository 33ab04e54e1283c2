import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';

const kinds = new Set(['TCPSocketWrap', 'TCPServerWrap', 'ProcessWrap', 'PipeServerWrap']);
// A closed socket stays for a moment, on a busy machine for a long one.
const graceMs = 30_000;

// Hooks run in the reverse order of their registration, so this one comes after those of the test file.
afterAll(async () => {
  const deadline = performance.now() + graceMs;
  while (openHandles().length > 0 && performance.now() < deadline) await sleep(20);
  const left = openHandles();
  if (left.length > 0) throw new Error(`The tests of this file left open: ${left.join(', ')}`);
});

/** Sockets, servers and processes that would keep this process alive; those of the test runner are of other kinds. */
function openHandles(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => kinds.has(kind));
}
