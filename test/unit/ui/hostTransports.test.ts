import { expect, it } from 'vitest';
import type { HostDeps, ReachableHost } from '../../../src/hosts/host.ts';
import { HostTransports } from '../../../src/ui/hostTransports.ts';

const log = { debug: () => {}, info: () => {} };
/** Nothing is connected to, so nothing of it is used. */
const deps = {} as HostDeps;

it('keeps one way to a host, as long as it is reached that way', () => {
  const transports = new HostTransports(deps, log);
  const alias: ReachableHost = { kind: 'ssh', id: 'web-1', label: 'web-1', client: 'ssh2' };
  const first = transports.of(alias);
  expect(transports.of({ ...alias })).toBe(first);
  const other = transports.of({ ...alias, client: 'system' });
  expect(other).not.toBe(first);
  expect(transports.of({ ...alias, client: 'system' })).toBe(other);
  expect(transports.hosts()).toEqual([{ ...alias, client: 'system' }]);
});
