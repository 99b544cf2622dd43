import { execFileSync } from 'node:child_process';
import { collectorScript } from '../../src/capture/collectorScript.ts';
import { readSnapshot } from '../../src/capture/readSnapshot.ts';
import { type Agreement, compare, figuresOfTools } from './compare.ts';
import { figuresOf } from './ours.ts';
import toolsScript from './tools.sh';

/** What goes down again within a second (TIME_WAIT) may have been up between two askings: it is not each time. */
const rounds = 3;

/**
 * Asks the tools of a host, takes one sample of it, asks the tools again. What differs is tried again: only what differs
 * each time is returned as different. `inside` is a program that gives a shell there.
 */
export function agreementsOn(inside: readonly string[]): Agreement[] {
  let agreements = agreementsOnce(inside);
  for (let round = 1; round < rounds && agreements.some(({ differ }) => differ.length > 0); round++) {
    const again = new Map(agreementsOnce(inside).map((agreement) => [agreement.tool, agreement]));
    const names = (texts: readonly string[] = []): string[] => texts.map((text) => text.slice(0, text.indexOf(': ')));
    agreements = agreements.map((before) => {
      const stillDiffers = new Set(names(again.get(before.tool)?.differ));
      const differ = before.differ.filter((text) => names([text]).some((name) => stillDiffers.has(name)));
      return { ...before, agree: before.agree + before.differ.length - differ.length, differ };
    });
  }
  return agreements;
}

function agreementsOnce(inside: readonly string[]): Agreement[] {
  const [program = 'sh', ...args] = [...inside, 'sh', '-s', '--', '0'];
  const run = (script: string): string =>
    execFileSync(program, args, { input: script, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 120_000 });
  const before = figuresOfTools(run(toolsScript));
  const snapshot = readSnapshot(run(collectorScript));
  const after = figuresOfTools(run(toolsScript));
  return compare(before, figuresOf(snapshot), after);
}
