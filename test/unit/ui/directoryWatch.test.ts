import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DirectoryWatch } from '../../../src/ui/directoryWatch.ts';

let dir: string;
let events: number;
let watch: DirectoryWatch;
const problems: string[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'packet-path-watch-'));
  events = 0;
  watch = new DirectoryWatch(
    () => {
      events += 1;
    },
    (message) => problems.push(message),
  );
});
afterEach(() => {
  watch.close();
  rmSync(dir, { recursive: true, force: true });
  expect(problems).toEqual([]);
});

function config(name: string): boolean {
  return name === 'config';
}

it('tells of a file that is wanted, and of no other', async () => {
  expect(await watch.set(new Map([[dir, config]]))).toBe(true);
  expect(await watch.set(new Map([[dir, config]]))).toBe(false);
  writeFileSync(join(dir, 'known_hosts'), 'x');
  writeFileSync(join(dir, 'config.new'), 'x');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(events).toBe(0);
  // As editors save.
  renameSync(join(dir, 'config.new'), join(dir, 'config'));
  await expect.poll(() => events).toBeGreaterThan(0);
});

it('waits for a directory to appear, and notices that it was made anew', async () => {
  const inner = join(dir, 'a', 'b');
  await watch.set(new Map([[inner, config]]));
  mkdirSync(inner, { recursive: true });
  await expect.poll(() => events).toBeGreaterThan(0);
  expect(await watch.set(new Map([[inner, config]]))).toBe(true);
  const before = events;
  writeFileSync(join(inner, 'config'), 'x');
  await expect.poll(() => events).toBeGreaterThan(before);

  renameSync(join(dir, 'a'), join(dir, 'old'));
  mkdirSync(inner, { recursive: true });
  expect(await watch.set(new Map([[inner, config]]))).toBe(true);
});
