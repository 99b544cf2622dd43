import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { noShellError, startError } from './commandErrors.ts';
import { lastLines, lastWords } from './lastWords.ts';
import { leavingNothing } from './leavingNothing.ts';
import { processShell } from './processShell.ts';
import { readyMark } from './readyMark.ts';
import { type Shell, shellCommand, type Transport } from './shell.ts';
import { shellMark } from './shellMark.ts';

export interface CommandOptions {
  /** What the host is called in messages. */
  readonly name: string;
  /** Where the program is started; the home directory unless given. */
  readonly cwd?: string;
  /** Time until the shell runs; 30 s unless given. */
  readonly readyMs?: number;
  /** Gets one line a step, without the command's arguments: they may hold secrets. */
  readonly log?: (line: string) => void;
}

/** How long it may take to kill what is left of a shell. */
const killMs = 10_000;
/** A program whose output is over is about to end. */
const lastMs = 500;

/**
 * A program that runs a command given as its last arguments: `docker exec -i web`, `sudo -n`, `nsenter ...`; with none,
 * this machine's own shell. The program is started as it is, never through a shell. Only the word `sh` is added, as some
 * programs give their arguments to a shell for another reading; all else is said on stdin.
 */
export function commandTransport(command: readonly string[], options: CommandOptions): Transport {
  const { name, readyMs = 30_000, log = () => {} } = options;
  const [program, ...args] = command.length === 0 ? ['/bin/sh'] : [...command, 'sh'];
  const running = new Set<Shell>();
  let over = new AbortController();

  /** Rejects with a `TransportError` when there is no such program. */
  async function start(): Promise<ChildProcessWithoutNullStreams> {
    try {
      // Windows looks for a program in the current directory first: that must be none that a workspace chose.
      const cwd = options.cwd ?? homedir();
      const detached = process.platform !== 'win32';
      const child = spawn(program, args, { cwd, detached, stdio: 'pipe', windowsHide: true });
      await once(child, 'spawn');
      return child;
    } catch (error) {
      throw startError(name, program, error);
    }
  }

  /** What is left of a shell is reached the way the shell was. */
  async function runAside(script: string): Promise<void> {
    try {
      const shell = processShell(await start());
      const timer = setTimeout(() => shell.end(), killMs);
      shell.stdout.resume();
      shell.stderr.resume();
      shell.stdin.end(script);
      const end = await shell.ended;
      clearTimeout(timer);
      if (end.kind !== 'exit' || end.code !== 0) log(`${name}: a shell may be left there: its killer ended early`);
    } catch (error) {
      log(`${name}: a shell may be left there: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Says a line to the shell that is coming up and waits until it has been heard. */
  async function listen(shell: Shell, line: (echo: string) => string, what: string, stop: AbortSignal): Promise<void> {
    const ready = readyMark();
    const said = lastWords(shell.stderr);
    try {
      shell.stdin.write(`${line(ready.command)}\n`);
      const { outcome, before } = await ready.passed(shell.stdout, stop);
      // Its last words, and its end, may be still on their way.
      if (outcome === 'ended') await Promise.race([shell.ended, delay(lastMs)]);
      const isTyped = before.includes(ready.command);
      if (outcome === 'ready' && !isTyped) return;
      const words = said.text() || lastLines(before);
      throw noShellError(outcome === 'ready' ? 'terminal' : outcome, { name, what, words, readyMs });
    } finally {
      said.stop();
    }
  }

  return {
    async startShell(shellArgs, signal, { namespace } = {}) {
      const words = shellCommand(shellArgs, namespace);
      const givenUp = AbortSignal.any([signal, over.signal]);
      givenUp.throwIfAborted();
      const late = new AbortController();
      const stop = AbortSignal.any([givenUp, late.signal]);
      const startedAt = performance.now();
      const mark = shellMark(namespace?.sudo);
      let isUp = false;
      // What gave no shell would give none to kill it either.
      const killRest = async (): Promise<void> => (isUp ? runAside(mark.killScript) : undefined);
      const shell = leavingNothing(processShell(await start()), killRest);
      running.add(shell);
      void shell.ended.then(() => running.delete(shell));
      const timer = setTimeout(() => late.abort(), readyMs);
      try {
        // It has read this line to its end, and nothing of what follows it, when it says so; then it becomes the shell.
        await listen(shell, (echo) => `${mark.set}; ${echo}; exec ${words}`, 'gave no shell', stop);
        isUp = true;
        if (namespace !== undefined)
          await listen(shell, (echo) => echo, 'did not let us into the network namespace', stop);
        givenUp.throwIfAborted();
      } catch (error) {
        shell.end();
        shell.stdout.resume();
        shell.stderr.resume();
        throw givenUp.aborted ? givenUp.reason : error;
      } finally {
        clearTimeout(timer);
      }
      log(`${name}: ${program} gave a shell after ${Math.round(performance.now() - startedAt)} ms`);
      const onAbort = (): void => shell.end();
      signal.addEventListener('abort', onAbort, { once: true });
      void shell.ended.then(() => signal.removeEventListener('abort', onAbort));
      return shell;
    },
    close() {
      over.abort(new DOMException('the host was closed', 'AbortError'));
      over = new AbortController();
      for (const shell of running) shell.end();
    },
  };
}
