import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

// Runs as a process of its own: waits for the end of its parent, then ends the server that the parent left behind.
const [pid, signal, folder] = process.argv.slice(2);
let said = '';

for await (const chunk of process.stdin) said += chunk;
if (said !== 'ended') {
  try {
    process.kill(Number(pid), signal);
    for (let waits = 0; waits < 300; waits += 1) {
      process.kill(Number(pid), 0);
      await sleep(50);
    }
    process.kill(Number(pid), 'SIGKILL');
  } catch {
    // The server has ended.
  }
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
