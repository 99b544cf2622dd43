import { expect, it, vi } from 'vitest';
import type { Source, Sources } from '../../../src/ui/sources.ts';
import { snapshotOf } from '../diagnosis/build.ts';

vi.mock('vscode', () => ({
  EventEmitter: class {
    readonly #listeners: ((value: unknown) => void)[] = [];
    readonly event = (listener: (value: unknown) => void) => {
      this.#listeners.push(listener);
      return { dispose: () => undefined };
    };
    fire(value: unknown): void {
      for (const listener of this.#listeners) listener(value);
    }
    dispose(): void {}
  },
}));
const vscode = await import('vscode');
const { LinkedHosts } = await import('../../../src/ui/languages/linkedHosts.ts');

/** Sources that tell of what is put in, and a memory. */
function room() {
  const changed = new vscode.EventEmitter<string>();
  const held = new Map<string, Source>();
  const kept = new Map<string, unknown>();
  const sources = {
    onDidChange: changed.event,
    get: (id: string) => held.get(id),
    all: () => [...held.values()],
  } as unknown as Sources;
  const memory = {
    get: (key: string) => kept.get(key),
    update: (key: string, value: unknown) => {
      if (value === undefined) kept.delete(key);
      else kept.set(key, value);
      return Promise.resolve();
    },
  } as unknown as import('vscode').Memento;
  const put = (id: string, snapshot = snapshotOf({ after: {} })) => {
    held.set(id, { id, label: id, observation: { snapshot } } as unknown as Source);
    changed.fire(id);
    return snapshot;
  };
  return { sources, memory, put, hosts: new LinkedHosts(sources, memory) };
}

it('is the host that was looked at last; judging another anew is no look at it', () => {
  const { put, hosts } = room();
  expect(hosts.current()).toBeNull();
  const first = put('web-1');
  put('db-2');
  expect(hosts.current()?.label).toBe('db-2');
  put('web-1', first);
  expect(hosts.current()?.label).toBe('db-2');
  put('web-1');
  expect(hosts.current()?.label).toBe('web-1');
});

it('is the one that was chosen, remembered, or none', async () => {
  const { sources, memory, put, hosts } = room();
  put('web-1');
  put('db-2');
  let told = 0;
  hosts.onDidChange(() => {
    told += 1;
  });
  await hosts.choose('web-1');
  expect([hosts.current()?.label, told]).toEqual(['web-1', 1]);
  const later = new LinkedHosts(sources, memory);
  expect(later.current()?.label).toBe('web-1');
  await later.choose('');
  expect(later.current()).toBeNull();
  await later.choose('gone');
  expect([later.current(), later.chosen()]).toEqual([null, 'gone']);
  await later.choose(null);
  expect(later.current()?.label).toBe('db-2');
});
