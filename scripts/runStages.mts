// Runs the stages of `npm test` one after the other, each to its end, and adds up. The last line is the sum.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCodeServer } from './codeServer.mts';
import { artefacts, root } from './paths.mts';
import { endGroup, onStop } from './processes.mts';
import { type Stage, stages } from './stages.mts';
import { ensureSystem } from './system.mts';
import { add, inWords, nothing, oneFailed, type Tally, tally } from './tally.mts';

const minute = 60_000;
/** No run takes longer than this, preparations aside. */
const wholeRunMinutes = Number(process.env['PACKET_PATH_TEST_MINUTES'] ?? 25);
const chosen = choose(process.argv.slice(2));
prepare(chosen);
/** In the environment of all that a stage starts: how what it left running is found. */
const run = `PACKET_PATH_RUN=${randomUUID()}`;
/** Where the stages keep temporary files. The name is short because sockets are made below it. */
const temporary = mkdtempSync(join(tmpdir(), 'pp-'));
chmodSync(temporary, 0o755);
let current: ChildProcess | undefined;
let stopping = false;

onStop(async () => {
  stopping = true;
  if (current) await endGroup(current);
  cleanUp();
});

const deadline = Date.now() + wholeRunMinutes * minute;
let sum: Tally = nothing;
const lines: string[] = [];
let built = true;
for (const stage of chosen) {
  heading(stage.name);
  const began = Date.now();
  const result: Tally = stage.vscode && !built ? notBuilt() : tally(stage.count, await runStage(stage));
  if (stage.name === 'build') built = result.failed === 0;
  sum = add(sum, result);
  lines.push(`${stage.name.padEnd(12)}${inWords(result)} (${Math.round((Date.now() - began) / 1000)} s)`);
}
cleanUp();
heading('sum');
console.log(lines.join('\n'));
console.log(inWords(sum));
process.exitCode = sum.failed === 0 ? 0 : 1;

/** The stages that were named, all without a name; one that runs VS Code brings the build with it. */
function choose(names: readonly string[]): Stage[] {
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    const known = stages.map(({ name }) => name).join(', ');
    console.error(`No such stage: ${unknown.join(', ')}. There are: ${known}`);
    process.exit(2);
  }
  const named = stages.filter(({ name }) => names.length === 0 || names.includes(name));
  const withBuild = named.some(({ vscode }) => vscode);
  return stages.filter((stage) => named.includes(stage) || (withBuild && stage.name === 'build'));
}

/** Gets what the stages need, and clears away results of an earlier run. */
function prepare(wanted: readonly Stage[]): void {
  const results = join(artefacts, 'results');
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  try {
    ensureSystem([...new Set(wanted.flatMap(({ needs }) => needs))]);
    if (wanted.some(({ vscode }) => vscode)) ensureCodeServer();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

async function runStage({ commands, minutes }: Stage): Promise<boolean> {
  const until = Math.min(Date.now() + minutes * minute, deadline);
  let ok = true;
  for (const [program = '', ...args] of commands) {
    ok = (await runCommand(program, args, until - Date.now())) && ok;
    sweep();
  }
  return ok;
}

/** Runs a command in a process group of its own, with its output as it comes; false unless it exits with 0 in time. */
async function runCommand(program: string, args: readonly string[], ms: number): Promise<boolean> {
  if (ms <= 0) {
    console.error(`No time is left for: ${program} ${args.join(' ')}`);
    return false;
  }
  const [name = '', id] = run.split('=');
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
    shell: process.platform === 'win32',
    env: { ...process.env, [name]: id, TMPDIR: temporary },
  });
  current = child;
  const timer = setTimeout(() => {
    console.error(`Ended after ${Math.round(ms / 1000)} s: ${program} ${args.join(' ')}`);
    void endGroup(child);
  }, ms);
  try {
    return await new Promise<boolean>((resolve) => {
      child.on('exit', (code) => resolve(code === 0));
      child.on('error', (error) => {
        console.error(`${program}: ${error.message}`);
        resolve(false);
      });
    });
  } finally {
    clearTimeout(timer);
    current = undefined;
    // The process is about to exit: an unfinished run has no sum.
    if (stopping) await new Promise(() => {});
  }
}

/** Ends what a stage left running: a killed runner cannot clean up after itself. Where there is no /proc it does nothing. */
function sweep(): void {
  if (process.platform !== 'linux') return;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(run))
        process.kill(Number(pid), 'SIGKILL');
    } catch {
      // Gone in the meantime, or somebody else's.
    }
  }
}

function cleanUp(): void {
  sweep();
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
}

function notBuilt(): Tally {
  console.error('Not run: the build failed.');
  return oneFailed;
}

function heading(text: string): void {
  console.log(`\n=== ${text} ${'='.repeat(Math.max(4, 60 - text.length))}`);
}
