import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../src/capture/readSnapshot.ts';
import { parseNetstatSummary } from '../../src/kernel/netstatSummary.ts';
import { parseNstat } from '../../src/kernel/nstat.ts';
import type { SnmpSections } from '../../src/kernel/snmp.ts';

const collector = join(import.meta.dirname, '../../src/capture/collector.sh');
const run = (file: string, ...args: readonly string[]): string => execFileSync(file, args, { encoding: 'utf8' });

/** What one snapshot of this machine says of every counter, between two readings by a tool of the same files. */
function between(tool: () => SnmpSections) {
  const before = tool();
  const [sample] = readSnapshot(run('sh', collector, '0')).samples;
  const after = tool();
  if (sample === undefined) throw new Error('no sample');
  const own = new Map(
    [sample.snmp, sample.netstat, sample.snmp6].flatMap((reading) => (reading.ok ? [...reading.value] : [])),
  );
  return [...before].flatMap(([section, counters]) =>
    [...counters].map(([name, from]) => ({
      name: `${section} ${name}`,
      from,
      value: own.get(section)?.get(name),
      to: after.get(section)?.get(name),
    })),
  );
}

describe('every counter of this machine', () => {
  it('is what nstat says', () => {
    const rows = between(() => parseNstat(run('nstat', '-asz')).value);
    expect(rows.length).toBeGreaterThan(200);
    expect(rows.filter(({ from, value = -1, to = -1 }) => value < from || value > to)).toEqual([]);
  });

  it.each([['-s'], ['-s6']])('is what netstat %s says', (option) => {
    const rows = between(() => parseNetstatSummary(run('netstat', option)).value);
    expect(rows.length).toBeGreaterThan(20);
    // Under -s6 netstat prints the TCP of both families, and gauges move both ways.
    const counters = rows.filter(({ name, to }) => to !== undefined && name !== 'Tcp CurrEstab');
    expect(counters.filter(({ from, value = -1, to = -1 }) => value < from || value > to)).toEqual([]);
  });
});
