import { expect, it, vi } from 'vitest';
import { hostNamed } from '../../../src/hosts/host.ts';
import { TransportError } from '../../../src/transport/shell.ts';
import type { SnapshotResult } from '../../../src/ui/snapshotResults.ts';

// Types of the registry and of sources lead to it; nothing of it is used.
vi.mock('vscode', () => ({ EventEmitter: class {} }));
const { groupsOf, resultOf, summaryOf } = await import('../../../src/ui/snapshotResults.ts');

const failed = (name: string, kind: 'needs-attention' | 'unreachable'): SnapshotResult =>
  resultOf(hostNamed(name), { kind: 'failed', error: new TransportError(kind, `${name} says no`, 'Do this.') });
const worked = (name: string, worst: 'crit' | 'warn' | 'info' | null): SnapshotResult => ({
  host: hostNamed(name),
  kind: 'worked',
  findings: worst === null ? 0 : 2,
  worst,
});

it('puts first what is to be done, then findings, worst first', () => {
  const groups = groupsOf([
    worked('fine', null),
    worked('warned', 'warn'),
    failed('down', 'unreachable'),
    worked('bad', 'crit'),
    failed('asks', 'needs-attention'),
    { host: hostNamed('left'), kind: 'skipped' },
  ]);
  expect(groups.map(({ name, results }) => [name, results.map(({ host }) => host.id)])).toEqual([
    ['Waiting for you', ['asks']],
    ['Failed', ['down']],
    ['Not taken', ['left']],
    ['Worked', ['bad', 'warned', 'fine']],
  ]);
  expect(summaryOf(groups)).toBe('3 worked, 1 not taken, 1 failed, 1 waiting for you');
});

it('leaves out what there is none of', () => {
  expect(summaryOf(groupsOf([worked('a', null), worked('b', null)]))).toBe('2 worked');
});

it('does not call it a failure when the user gave up at a prompt', () => {
  const error = new DOMException('The login was cancelled', 'AbortError');
  expect(resultOf(hostNamed('a'), { kind: 'failed', error }).kind).toBe('skipped');
});
