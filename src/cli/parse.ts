import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { formats as kernelFormats } from '../kernel/formats.ts';
import { printable } from '../kernel/printable.ts';
import { fileFormats } from '../languages/fileFormats.ts';
import { type ExitStatus, exit, UsageError } from './exit.ts';
import { printJson, printLine } from './output.ts';

const formats = [...kernelFormats, ...fileFormats];

/** `parse --list`: the formats by name. */
export function listFormats(json: boolean): ExitStatus {
  if (json) printJson(formats.map(({ name, source }) => ({ name, source })));
  else for (const { name, source } of formats) printLine(`${name.padEnd(14)} ${source}`);
  return exit.clean;
}

/** `parse FORMAT [FILE]`: what a parser makes of a file or of stdin, as JSON. Status 1 when it had warnings. */
export async function parse(name: string, file: string | undefined, json: boolean): Promise<ExitStatus> {
  const format = formats.find((candidate) => candidate.name === name);
  if (format === undefined) throw new UsageError(`no format "${name}"; packet-path parse --list names them`);
  const { value, warnings } = format.parse(
    file === undefined ? await text(process.stdin) : await readFile(file, 'utf8'),
  );
  printJson(json ? { value, warnings } : value);
  if (!json) for (const { line, message } of warnings) process.stderr.write(`line ${line}: ${printable(message)}\n`);
  return warnings.length > 0 ? exit.findings : exit.clean;
}
