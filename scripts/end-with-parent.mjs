// Preloaded into a program that `run.mjs` starts: when that one is killed, this one ends in the same way and not later, unattended.
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
}
