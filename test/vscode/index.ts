// The entry that VS Code loads to run the suites inside its extension host. Each `*.test.js` beside it is one.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/** Tells the lines of a test run from those of the workbench around it; scripts/launcher.mts looks for it. */
const mark = 'test | ';

/** What the run left behind, for the sum of `npm test`. */
interface Results {
  passed: number;
  failed: number;
  skipped: number;
  failures: { title: string; message: string }[];
}

/** Runs every suite and prints mocha's own report. Rejects when a test failed or when there was none. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    for (const line of format(...args).split('\n')) console.log(`${mark}${line}`);
  };
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: true });
  for (const name of readdirSync(__dirname).filter((file) => file.endsWith('.test.js'))) {
    mocha.addFile(join(__dirname, name));
  }
  const results: Results = { passed: 0, failed: 0, skipped: 0, failures: [] };
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', () => results.passed++);
    runner.on('pending', () => results.skipped++);
    runner.on('fail', (test, error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      results.failed++;
      results.failures.push({ title: test.fullTitle(), message });
    });
  });
  const file = process.env['PACKET_PATH_TEST_RESULTS'];
  if (file) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(results, null, 2));
  }
  if (failures > 0) throw new Error(`${failures} of ${results.passed + results.failed} tests in VS Code failed.`);
  if (results.passed === 0) throw new Error('No test ran in VS Code.');
}
