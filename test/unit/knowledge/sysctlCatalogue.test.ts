import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { numbersOf, refusedNumber } from '../../../src/knowledge/sysctl/fit.ts';
import { kernelVersion } from '../../../src/knowledge/sysctl/kernelVersion.ts';
import type { SysctlKeyFacts } from '../../../src/knowledge/sysctl/record.ts';
import {
  acceptedBy,
  defaultIn,
  documentationOf,
  interfaceOf,
  isIn,
  sysctlFacts,
  sysctlKeys,
} from '../../../src/knowledge/sysctlKeys.ts';

/** Debian's 6.1 is a stable release: what later kernels brought to repair something came into it as well. */
const takenBack = /^net\.core\.mem_pcpu_rsv$|^net\.ipv4\.tcp_shrink_window$|\.accept_ra_min_lft$/;
const folder = join(import.meta.dirname, '../../fixtures/sysctl');

/** `sysctl -a` of a kernel, as Debian builds it: of the host, or of a namespace just made. */
function valuesOf(name: string): Map<string, string> {
  const lines = readFileSync(join(folder, `${name}.txt`), 'utf8')
    .trim()
    .split('\n');
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(' =')), line.slice(line.indexOf('=') + 2)]));
}

/** What `sysctl -a` leaves out: keys that are deprecated, and the secret, which has no value until it is set. */
const notListed = /\.neigh\.\*\.(?:base_reachable_time|retrans_time)$|stable_secret$/;

describe.each(['6.1', '6.12'])('the catalogue against Linux %s', (version) => {
  const kernel = kernelVersion(version);
  const host = valuesOf(`${version}-host`);

  it('knows every key of the network path that it has', () => {
    const unknown = [...host.keys()].filter((key) => sysctlFacts(key) === undefined);
    expect(unknown).toEqual([]);
  });

  it('has no key that the kernel should not have, and lacks none that it should', () => {
    for (const key of host.keys()) {
      const facts = sysctlFacts(key);
      if (facts === undefined || (version === '6.1' && takenBack.test(key))) continue;
      expect(isIn(facts, version), key).toBe(true);
    }
    const concrete = ({ key }: SysctlKeyFacts): string =>
      key.replace('.conf.*.', '.conf.all.').replace('.neigh.*.', '.neigh.default.');
    const lacking = [...sysctlKeys.values()].filter(
      (facts) => isIn(facts, version) === true && !notListed.test(facts.key) && !host.has(concrete(facts)),
    );
    expect(lacking.map(({ key, since }) => `${key} since ${since}`)).toEqual([]);
  });

  it.each(['host', 'namespace'])('takes every value of a %s for one', (of) => {
    for (const [key, value] of valuesOf(`${version}-${of}`)) {
      const facts = sysctlFacts(key);
      if (facts === undefined || numbersOf(facts.shape) === null) continue;
      const numbers = value.split(' ').map(Number);
      expect(numbers, key).toHaveLength(numbersOf(facts.shape) ?? 0);
      expect(refusedNumber(facts, numbers, kernel), `${key} = ${value}`).toBeNull();
      if (facts.means !== null && !facts.readOnly) {
        for (const number of numbers) {
          expect(number, `${key} = ${value}`).toBeGreaterThanOrEqual(facts.means.least);
          expect(number, `${key} = ${value}`).toBeLessThanOrEqual(facts.means.most);
        }
      }
    }
  });

  it('has the default that a namespace just made has', () => {
    const differing = [...valuesOf(`${version}-namespace`)].flatMap(([key, value]) => {
      const facts = sysctlFacts(key);
      const byDefault = facts === undefined || facts.defaultNote !== '' ? null : defaultIn(facts, kernel);
      return byDefault === null || byDefault === value ? [] : [`${key} = ${value}, not ${byDefault}`];
    });
    expect(differing).toEqual([]);
  });
});

test('a kernel before a change has the range and the default of its time', () => {
  const facts = (key: string): SysctlKeyFacts => {
    const found = sysctlFacts(key);
    if (found === undefined) throw new Error(`${key} is not known`);
    return found;
  };
  expect(defaultIn(facts('net.core.somaxconn'), kernelVersion('5.3.18'))).toBe('128');
  expect(defaultIn(facts('net.core.somaxconn'), kernelVersion('5.4.0-42-generic'))).toBe('4096');
  expect(defaultIn(facts('net.core.somaxconn'), null)).toBe('4096');
  expect(defaultIn(facts('net.ipv4.tcp_mem'), null)).toBeNull();
  expect(acceptedBy(facts('net.core.dev_weight'), kernelVersion('6.8'))?.least).toBeLessThan(0);
  expect(acceptedBy(facts('net.core.dev_weight'), kernelVersion('6.14'))?.least).toBe(1);
  expect(isIn(facts('net.ipv4.tcp_tw_recycle'), '4.11.12')).toBe(true);
  expect(isIn(facts('net.ipv4.tcp_tw_recycle'), '4.12')).toBe(false);
  expect(isIn(facts('net.ipv4.tcp_tw_reuse_delay'), '6.1.0-18-amd64')).toBe(false);
  expect(isIn(facts('net.core.somaxconn'), null)).toBeNull();
  expect(facts('net.core.somaxconn').defaultText).toBe('4096 (128 before 5.4)');
});

test('a key of an interface is known by its family, one of a VLAN with a dot in its name too', () => {
  expect(sysctlFacts('net.ipv4.conf.eth0/100.rp_filter')?.key).toBe('net.ipv4.conf.*.rp_filter');
  expect(sysctlFacts('net.ipv4.conf.eth0.100.rp_filter')).toBeUndefined();
  expect(sysctlFacts('net.ipv4.neigh.default.gc_thresh3')?.unit).toBe('entries');
  expect(sysctlFacts('net.ipv4.neigh.eth0.gc_thresh3')).toBeUndefined();
  expect(interfaceOf('net.ipv6.conf.eth0/100.mtu')).toBe('eth0/100');
  expect(interfaceOf('net.ipv4.route.min_pmtu')).toBeNull();
});

test('every key says what it governs and where it is documented', () => {
  for (const { key, governs, unit, means, shape, accepts, readOnly } of sysctlKeys.values()) {
    expect(governs.length, key).toBeGreaterThan(10);
    expect(documentationOf(key), key).toMatch(/^https:\/\/docs\.kernel\.org\/[a-z0-9/_-]+\.html$/);
    if (shape === 'number' && !readOnly) expect(accepts.length + (means === null ? 0 : 1), key).toBeGreaterThan(0);
    expect(unit, key).not.toMatch(/\?/);
  }
});
