import { cpus } from 'node:os';

/** Says what machine the figures are of. */
export function machine(): string {
  const list = cpus();
  return `machine: ${list.length} × ${list[0]?.model ?? 'unknown'}, Node ${process.version}, ${process.platform}-${process.arch}`;
}
