import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toolEnvironment } from './tool-environment.mjs';

const pnpm = 'pnpm@10.34.9';
const oldestNode = [20, 19];

/**
 * Installs the workspace when its lockfile, this Node or this platform is not the one of the last installation.
 *
 * @returns The exit code: zero when all is there.
 */
export async function installWhenNeeded(root) {
  if (isTooOld(process.versions.node)) {
    console.error(`Holdfast needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`);
    return 1;
  }
  const stamp = path.join(root, 'node_modules', '.holdfast-installed');
  const wanted = stampOf(readFileSync(path.join(root, 'pnpm-lock.yaml')));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return 0;
  rmSync(stamp, { force: true });
  console.error(`Installing with ${pnpm} …`);
  const code = await install(root);
  if (code === 0) writeFileSync(stamp, wanted);
  else console.error(`The installation failed (exit code ${code}).`);
  return code;
}

/** Gives the text that changes whenever an installation is to be made anew. */
export function stampOf(lockfile, { version, platform, arch } = process) {
  return `${createHash('sha256').update(lockfile).digest('hex')} ${version} ${platform}-${arch}\n`;
}

/** Tells whether a version of Node is older than the oldest that is supported. */
export function isTooOld(version) {
  const [major, minor] = version.split('.').map(Number);
  return major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
}

function install(root) {
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
  // Its progress goes to standard error, so that the output of what runs after it stays clean.
  return new Promise((resolve, reject) => {
    const child = spawn(npx, ['--yes', pnpm, 'install', '--frozen-lockfile'], {
      cwd: root,
      env: { ...toolEnvironment(root), CI: 'true' },
      stdio: ['ignore', process.stderr, process.stderr],
      shell: process.platform === 'win32',
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
