import { copyFileSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { linkProblems } from '../../src/languages/link/linkService.ts';
import { parseUnit, settingsOf } from '../../src/languages/link/unitText.ts';
import { hostPlace } from '../../src/languages/service/siblings.ts';
import { udevProblems } from '../../src/languages/udev/udevProblems.ts';
import { parseUdevDocument } from '../../src/languages/udev/udevRules.ts';
import { disagreements, verifiedBy } from './udevVerify.ts';

/**
 * Every rules and .link file below a folder (packages unpacked with `dpkg-deb -x`): is it read whole, and what is said of
 * it. With a directory that is the root of another system (`--root DIR`), its `udevadm verify` is asked as well.
 */
const [folder = '.', ...options] = process.argv.slice(2);
const root = options[0] === '--root' ? (options[1] ?? null) : null;
const show = options.includes('--show');

const counts = new Map<string, number>();
const count = (name: string, by = 1): void => void counts.set(name, (counts.get(name) ?? 0) + by);
const apart: string[] = [];

for (const file of filesBelow(folder)) {
  if (/\/systemd\/network\/(?:[^/]+\.link|[^/]+\.link\.d\/[^/]+\.conf)$/.test(file)) lookAtLink(file);
  if (!file.endsWith('.rules') || !file.includes('/udev/rules.d/')) continue;
  const text = readFileSync(file, 'utf8');
  const { nodes } = parseUdevDocument(text);
  count('rules files');
  count('rules', nodes.filter(({ kind }) => kind === 'rule').length);
  if (nodes.map(({ start, end }) => text.slice(start, end)).join('') !== text) apart.push(`${file}: not kept whole`);
  const path = hostPlace('udev-rules', file)?.path ?? null;
  for (const problem of udevProblems(text, { path, siblings: [], host: null })) {
    count(`  ${problem.severity} ${problem.code}`);
    if (show && problem.severity !== 'hint')
      console.log(
        `${file}: ${problem.code}: ${text.slice(problem.span.start, problem.span.end).slice(0, 150)} | ${problem.message}`,
      );
  }
  if (root === null) continue;
  const copy = join(root, 'tmp', 'packet-path-corpus.rules');
  copyFileSync(file, copy);
  const verified = verifiedBy(['chroot', root, 'udevadm'], '/tmp/packet-path-corpus.rules');
  rmSync(copy);
  if (verified === null) throw new Error(`the udevadm below ${root} has no verify`);
  const differing = disagreements(text, verified);
  count('rules files that udevadm verify was asked about');
  apart.push(...differing.map((one) => `${file}: ${one}`));
}

for (const [name, number] of counts) console.log(`${number} ${name}`);
console.log(`${apart.length} differences`);
for (const one of apart) console.log(one);
process.exitCode = apart.length > 0 ? 1 : 0;

function lookAtLink(file: string): void {
  const text = readFileSync(file, 'utf8');
  count('.link files');
  const nodes = parseUnit(text);
  count('.link settings', settingsOf(nodes).length);
  if (nodes.map(({ start, end }) => text.slice(start, end)).join('') !== text) apart.push(`${file}: not kept whole`);
  const path = hostPlace('systemd-link', file)?.path ?? null;
  for (const problem of linkProblems(text, { path, siblings: [], host: null })) {
    count(`  .link ${problem.severity} ${problem.code}`);
    if (show)
      console.log(`${file}: ${problem.code}: ${text.slice(problem.span.start, problem.span.end)} | ${problem.message}`);
  }
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((name) => statSync(name, { throwIfNoEntry: false })?.isFile() === true);
}
