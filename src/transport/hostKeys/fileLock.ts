import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Whoever made the lock and is still at work after this time has crashed: what is done under it takes milliseconds. */
const staleMs = 10_000;
const patienceMs = 20_000;

/**
 * Runs `work` while no other process that does the same for `file` runs its own: another window, the command line. The
 * lock is a file beside it, which must be on a file system where making a file is atomic. Rejects when it cannot be had.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  const startedAt = performance.now();
  while (!(await made(lock))) {
    if (performance.now() - startedAt > patienceMs) throw new Error(`${lock} has been there for too long`);
    await removeStale(lock);
    await delay(5 + Math.random() * 20);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function made(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function removeStale(lock: string): Promise<void> {
  try {
    if (Date.now() - (await stat(lock)).mtimeMs > staleMs) await rm(lock, { force: true });
  } catch (error) {
    // It has just been given back.
    if (!isCode(error, 'ENOENT')) throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
