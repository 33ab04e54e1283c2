import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const politeMs = 10_000;
const killedMs = 10_000;
const pollMs = 10;

/** Ends a process that this user may end: politely first, unless it is to end at once. Waits until it is gone. */
export async function endProcess(pid: number, { atOnce = false } = {}): Promise<void> {
  if (!atOnce) {
    signal(pid, 'SIGTERM');
    if (await isGone(pid, politeMs)) return;
  }
  signal(pid, 'SIGKILL');
  if (!(await isGone(pid, killedMs))) throw new Error(`Process ${pid} did not end.`);
}

/** Tells whether a process of that id runs; one that ended and that nobody has asked for yet does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  if (process.platform !== 'linux') return true;
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function isGone(pid: number, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await sleep(pollMs);
  }
  return true;
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
