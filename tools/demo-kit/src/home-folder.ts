import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Gives the folder of default folders: the clone's `.holdfast/`, which git ignores. */
export function homeFolder(): string {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  return path.join(existsSync(path.join(root, 'pnpm-workspace.yaml')) ? root : process.cwd(), '.holdfast');
}
