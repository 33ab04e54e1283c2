import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Does work for each thing, as many at a time as there are cores, and gives what came of it in their order. */
export async function someAtATime(things, work) {
  const left = things.entries();
  const ends = [];
  const worker = async () => {
    for (const [index, thing] of left) ends[index] = await work(thing);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return ends;
}

/** Runs a program to its end. */
export function runProgram(program, args, options) {
  return new Promise((resolve) => {
    execFile(program, args, { encoding: 'utf8', maxBuffer: 1 << 26, ...options }, (error, stdout, stderr) => {
      const failed = error === null ? 0 : (error.signal ?? error.code ?? 1);
      resolve({ status: failed, stdout, stderr });
    });
  });
}
