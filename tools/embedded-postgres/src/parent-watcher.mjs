import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// Runs as a process of its own: waits for the end of its parent, then ends the server that the parent left behind.
const [pid, folder] = process.argv.slice(2);
let said = '';

for await (const chunk of process.stdin) said += chunk;
if (said !== 'ended') {
  try {
    process.kill(Number(pid), 'SIGINT');
    for (let waits = 0; waits < 300 && existsSync(path.join(folder, 'data', 'postmaster.pid')); waits += 1)
      await sleep(50);
  } catch {
    // The server ended before its parent did.
  }
  rmSync(folder, { recursive: true, force: true });
}
