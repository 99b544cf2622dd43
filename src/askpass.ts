import { askpass } from './transport/systemSsh/askpassClient.ts';

// The program that ssh asks (SSH_ASKPASS): prints the answer, or fails when there is none.
askpass(process.argv[2] ?? '', process.env).then(
  (answer) => {
    if (answer === null) process.exitCode = 1;
    else process.stdout.write(`${answer}\n`);
  },
  (error: unknown) => {
    process.stderr.write(`Packet Path cannot be asked: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
