import { expect, it } from 'vitest';
import { commandWords } from '../../../src/ui/commands/commandLine.ts';

it.each([
  ['docker exec -i web', ['docker', 'exec', '-i', 'web']],
  ['  sudo\t-u  "a b"  x', ['sudo', '-u', 'a b', 'x']],
  ["env A='it is' B=a\\ b", ['env', 'A=it is', 'B=a b']],
  ['run "" x', ['run', '', 'x']],
  ['a"b\\"c"d', ['ab"cd']],
  ['$(id) `id` ; |', ['$(id)', '`id`', ';', '|']],
  ['wsl.exe -d "Ubuntu', null],
  ['""', null],
  ['   ', null],
])('the words of %j', (line, words) => {
  expect(commandWords(line)).toEqual(words);
});
