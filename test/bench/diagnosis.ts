import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readSnapshot } from '../../src/capture/readSnapshot.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { ratesOf } from '../../src/model/ratesOf.ts';
import { interruptsText, softirqsText, softnetText } from './hotTexts.ts';
import { median } from './median.ts';
import { report } from './report.ts';

/** What it takes from the text of a capture to its findings: of a real host, of one with 256 CPUs and 2,000 interrupts. */
export function measureDiagnosis(rounds: number): void {
  const fixtures = join(__dirname, '..', '..', 'test', 'fixtures');
  const fault = gunzipSync(readFileSync(join(fixtures, 'scenarios', 'time-squeeze.during.netsnap.gz'))).toString();
  const real = readFileSync(join(fixtures, 'captures', 'vm-8cpu.netsnap'), 'utf8');
  measureOne('2 CPUs, a fault', fault, rounds);
  measureOne('8 CPUs', real, rounds);
  measureOne('256 CPUs x 2,000 interrupts', largeOf(real), rounds);
}

function measureOne(what: string, text: string, rounds: number): void {
  const [read, rate, judge] = [[], [], []] as [number[], number[], number[]];
  let checked = 0;
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    const snapshot = readSnapshot(text);
    const hasRead = performance.now();
    const rates = ratesOf(snapshot);
    const hasRates = performance.now();
    checked = diagnose(snapshot, rates).checked.length;
    read.push(hasRead - started);
    rate.push(hasRates - hasRead);
    judge.push(performance.now() - hasRates);
  }
  const [readMs, rateMs, judgeMs] = [read, rate, judge].map(median);
  report(
    `diagnose ${what}, ${(text.length / 1e6).toFixed(2)} MB`,
    `${judgeMs?.toFixed(2)} ms`,
    `${checked} rules; before it reading ${readMs?.toFixed(1)} ms, rates ${rateMs?.toFixed(1)} ms`,
  );
}

/** The real host with the files of a large one in both samples. */
function largeOf(real: string): string {
  const files = {
    '/proc/net/softnet_stat': softnetText(256),
    '/proc/softirqs': softirqsText(256),
    '/proc/interrupts': interruptsText(256, 2000),
  };
  return Object.entries(files).reduce((text, [path, file]) => {
    const [before, ...parts] = text.split(`==> ${path} <==\n`);
    return [before, ...parts.map((part) => file + part.slice(part.indexOf('\n==> ')))].join(`==> ${path} <==\n`);
  }, real);
}
