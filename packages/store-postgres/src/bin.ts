import { runCommand } from './command.ts';

const output = {
  out: (text: string): void => {
    process.stdout.write(text);
  },
  err: (text: string): void => {
    process.stderr.write(text);
  },
};

void runCommand(process.argv.slice(2), process.env, output).then((code) => {
  process.exitCode = code;
});
