import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names one run of one process: a process id alone comes back with another process. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the words of its system; empty where the system does not say. */
  readonly started: string;
}

/** Names a process of this host; without a number the one that asks. */
export function identifyProcess(pid: number = process.pid): ProcessIdentity {
  return { pid, host: hostname(), started: startOf(pid) };
}

/**
 * Says whether a process still lives. A process of another host is taken to live, since nobody here can see it; so is one of which the system
 * does not say when it started.
 */
export function isAlive(identity: ProcessIdentity): boolean {
  if (identity.host !== hostname()) return true;
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM' && sameStart(identity);
  }
  return sameStart(identity);
}

function sameStart(identity: ProcessIdentity): boolean {
  const started = startOf(identity.pid);
  return started === identity.started || (identity.started === '' && started !== DEAD);
}

/** Linux tells ticks since boot, and a zombie apart from a living process; elsewhere `ps` tells the second. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces and parentheses of its own.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return DEAD;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${fields[19]}`;
  } catch {
    return startByPs(pid);
  }
}

function startByPs(pid: number): string {
  try {
    const out = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    const [state = '', ...start] = out.split(/\s+/);
    return state.startsWith('Z') ? DEAD : start.join(' ');
  } catch {
    return '';
  }
}

const DEAD = 'dead';
