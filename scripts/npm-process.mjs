import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const pollMs = 100;

/**
 * Calls back once when the npm that runs this script is gone, as after `kill -9`: its shell in between lives on and tells nobody.
 *
 * @returns Ends the watch.
 */
export function whenNpmEnds(ended, environment = process.env) {
  const npm = environment.npm_lifecycle_event && process.platform !== 'win32' ? npmProcess() : undefined;
  if (npm === undefined) return () => {};
  const watch = setInterval(() => {
    if (isAlive(npm)) return;
    clearInterval(watch);
    ended();
  }, pollMs);
  watch.unref();
  return () => clearInterval(watch);
}

/** Gives the id of the process that started the shell that started this one. */
function npmProcess() {
  const shell = process.ppid;
  const grandparent = parentOf(shell);
  return grandparent !== undefined && grandparent > 1 ? grandparent : undefined;
}

function parentOf(pid) {
  try {
    // The name in the second field is in parentheses and may hold anything, so the fields are counted from its end.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    const said = spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' });
    return said.status === 0 ? Number(said.stdout.trim()) : undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
