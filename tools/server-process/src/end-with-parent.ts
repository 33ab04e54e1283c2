import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Ends a server when this process ends in any way, SIGKILL included, and then removes the folder that is named.
 *
 * @param signal - What asks the server to end; it is killed where it does not within 15 seconds.
 * @returns Calls the watch off, for a server that was ended in the ordinary way.
 */
export function endWithParent(pid: number, signal: 'SIGINT' | 'SIGTERM', folder?: string): () => void {
  // The watcher sleeps on a pipe that only this process holds; the kernel closes it whatever happens here.
  const program = fileURLToPath(new URL('./parent-watcher.mjs', import.meta.url));
  const watcher = spawn(process.execPath, [program, String(pid), signal, ...(folder === undefined ? [] : [folder])], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.on('error', () => {});
  watcher.stdin.on('error', () => {});
  watcher.unref();
  (watcher.stdin as typeof watcher.stdin & { unref?: () => void }).unref?.();
  return () => {
    watcher.stdin.end('ended');
  };
}
