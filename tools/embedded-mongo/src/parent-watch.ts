import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Ends a server when this process ends in any way, SIGKILL included, and then removes the folder that is named.
 *
 * @returns Calls the watch off, for a server that was ended in the ordinary way.
 */
export function endWithParent(pid: number, folder?: string): () => void {
  // The watcher sleeps on a pipe that only this process holds; the kernel closes it whatever happens here.
  const program = fileURLToPath(new URL('./parent-watcher.mjs', import.meta.url));
  const watcher = spawn(process.execPath, [program, String(pid), ...(folder === undefined ? [] : [folder])], {
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
