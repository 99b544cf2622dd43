#!/usr/bin/env node
// Stands where `@vscode/test-electron` expects the VS Code executable: takes the same arguments, runs the extension's
// tests in VS Code's server with the workbench in a headless Chromium, prints what they print and ends with their exit
// code; 2 when it could not run them. For machines with no desktop, and none to download.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, parseArgs, stripVTControlCharacters } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium.mts';
import { ensureCodeServer } from './codeServer.mts';
import { artefacts } from './paths.mts';
import { onStop } from './processes.mts';
import { quietSettings, type Server, startServer } from './vscodeServer.mts';

const couldNotRun = 2;
const deadlineMs = Number(process.env['PACKET_PATH_LAUNCH_DEADLINE'] ?? 300) * 1000;
/** How the lines of the tests begin among those of the workbench (test/vscode/index.ts). */
const mark = 'test | ';
/** What server and workbench print: kept in a file, and its end is shown when something goes wrong. */
const log: string[] = [];
let reported = false;

let server: Server | undefined;
let browser: Browser | undefined;
onStop(cleanUp);

let exitCode: number;
try {
  exitCode = await runTests();
} catch (error) {
  log.push(`launcher: ${error instanceof Error ? error.message : String(error)}`);
  exitCode = couldNotRun;
}
await cleanUp();
const logFile = join(artefacts, 'vscode.log');
mkdirSync(artefacts, { recursive: true });
writeFileSync(logFile, log.join('\n'));
// A report of failed tests speaks for itself; without one, the log's end is all there is to tell why.
if (exitCode !== 0) console.error([...(reported ? [] : log.slice(-30)), `VS Code's own log: ${logFile}`].join('\n'));
process.exit(exitCode);

/** Resolves to the tests' exit code; rejects when they cannot come to an end. */
async function runTests(): Promise<number> {
  const { values, positionals } = parseArgs({
    strict: false,
    options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
  });
  const { extensionDevelopmentPath, extensionTestsPath } = values;
  const [folder] = positionals;
  if (typeof extensionDevelopmentPath !== 'string' || typeof extensionTestsPath !== 'string' || !folder) {
    throw new Error('needs --extensionDevelopmentPath=, --extensionTestsPath= and a folder to open');
  }
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `the tests did not end within ${deadlineMs / 1000} s (PACKET_PATH_LAUNCH_DEADLINE)`;
    timer = setTimeout(() => reject(new Error(message)), deadlineMs);
  });
  try {
    return await Promise.race([runInWorkbench(folder, extensionDevelopmentPath, extensionTestsPath), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function runInWorkbench(
  folder: string,
  extensionDevelopmentPath: string,
  extensionTestsPath: string,
): Promise<number> {
  server = await startServer({
    main: process.env['PACKET_PATH_SERVER_MAIN'] ?? ensureCodeServer(),
    installExtension: false,
    smokeTestDriver: true,
    settings: quietSettings,
    log: (line) => log.push(`server: ${line}`),
  });
  browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const ended = untilEnd(page, server);
  // Loading the page may fail because of what `ended` says better.
  await Promise.race([ended, page.goto(server.workbenchUrl({ folder, extensionDevelopmentPath, extensionTestsPath }))]);
  return ended;
}

/** The workbench calls these two functions of the page, when they are there, as VS Code's own browser tests use them. */
async function untilEnd(page: Page, running: Server): Promise<number> {
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
    const line = stripVTControlCharacters(format(...args));
    if (line.startsWith(mark)) {
      reported = true;
      console.log(line.slice(mark.length));
    } else {
      log.push(`${type}: ${line}`);
    }
  });
  let end: (code: number) => void = () => {};
  const finished = new Promise<number>((resolve) => {
    end = resolve;
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => end(code));
  const broken = new Promise<never>((_, reject) => {
    page.on('crash', () => reject(new Error('the page crashed')));
    page.on('close', () => reject(new Error('the page closed')));
    running.exited.then((code) => reject(new Error(`VS Code's server ended (${code})`)), reject);
  });
  return Promise.race([finished, broken]);
}

async function cleanUp(): Promise<void> {
  await Promise.allSettled([browser?.close(), server?.stop()]);
}
