// What the catalogue says of keys, held against the kernel that runs: in network namespaces just made, so that what is set ends with them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { numbersOf } from '../../src/knowledge/sysctl/fit.ts';
import { kernelVersion } from '../../src/knowledge/sysctl/kernelVersion.ts';
import type { SysctlKeyFacts } from '../../src/knowledge/sysctl/record.ts';
import { acceptedBy, defaultIn, isIn, sysctlFacts, sysctlKeys } from '../../src/knowledge/sysctlKeys.ts';
import { linkedHost } from '../../src/languages/service/linkedHost.ts';
import { sysctlService } from '../../src/languages/sysctl/sysctlService.ts';
import { snapshotOf } from '../unit/diagnosis/build.ts';
import { edited } from '../unit/languages/inDocument.ts';
import { whyNoTree } from './sysctlTree.ts';

const kernel = kernelVersion(release());
const whyNot = whyNoTree();

/** Runs a shell script in a network namespace of its own. */
function inNamespace(script: string, input = ''): string {
  return execFileSync('unshare', ['-n', 'sh', '-c', script], { encoding: 'utf8', input, maxBuffer: 1 << 24 });
}

/** What `/proc/sys/net` of a namespace just made says, by key. */
function freshValues(): Map<string, string> {
  const read = 'find net -type f -readable | while read -r f; do echo "$f $(tr "\\t\\n" "  " <"$f" 2>/dev/null)"; done';
  const lines = inNamespace(`cd /proc/sys && ${read}`).trim().split('\n');
  return new Map(
    lines.map((line) => {
      const blank = line.indexOf(' ');
      const key = line.slice(0, blank).replace(/[./]/g, (separator) => (separator === '/' ? '.' : '/'));
      return [key, line.slice(blank + 1).trim()];
    }),
  );
}

/** Whether the kernel takes each value; `key value` a line. */
function taken(writes: readonly string[]): boolean[] {
  const script =
    'while read -r f v; do if printf "%s\\n" "$v" 2>/dev/null >"/proc/sys/$f"; then echo yes; else echo no; fi; done 2>/dev/null';
  const answers = inNamespace(script, `${writes.join('\n')}\n`)
    .trim()
    .split('\n');
  expect(answers).toHaveLength(writes.length);
  return answers.map((answer) => answer === 'yes');
}

/** A key as it is in a namespace that has no interface but the loopback. */
function concrete({ key }: SysctlKeyFacts): string {
  return key.replace('.conf.*.', '.conf.default.').replace('.neigh.*.', '.neigh.lo.');
}

/** What is bounded by another key's value, the kernel's clock or the machine, and the switch that cannot be turned back. */
const bound =
  /ip_local_port_range$|ip_unprivileged_port_start$|frag\w*_(?:high|low)_thresh$|tcp_reordering$|tcp_probe_interval$|unres_qlen$|lwtunnel$|\.mtu$|rto_(?:min|max)$|sync_threshold$|max_autoclose$/;

describe.skipIf(whyNot !== null)(`the catalogue against this kernel${whyNot === null ? '' : ` (${whyNot})`}`, () => {
  const values = whyNot === null ? freshValues() : new Map<string, string>();
  const own = [...sysctlKeys.values()].filter((facts) => facts.scope === 'netns' && values.has(concrete(facts)));

  it('knows every key of a namespace, and each since it is there', () => {
    const keys = [...values.keys()];
    expect(keys.length).toBeGreaterThan(200);
    expect(keys.filter((key) => sysctlFacts(key) === undefined)).toEqual([]);
    const early = keys.filter((key) => {
      const facts = sysctlFacts(key);
      return facts !== undefined && isIn(facts, release()) === false;
    });
    expect(early).toEqual([]);
    // Keys of modules and build options apart, the kernel has what it should have.
    const optional = /^net\.(?:bridge|mptcp|netfilter|nf_conntrack_max|sctp|ipv4\.vs)|stable_secret$/;
    const lacking = [...sysctlKeys.values()].filter(
      (facts) =>
        facts.scope === 'netns' &&
        isIn(facts, release()) === true &&
        !optional.test(facts.key) &&
        !values.has(concrete(facts)),
    );
    expect(lacking.map(({ key }) => key)).toEqual([]);
  });

  it('has the defaults that the kernel gives a namespace', () => {
    // What the first namespace has of these is handed down (devconf_inherit_init_net).
    const differing = own.flatMap((facts) => {
      const byDefault =
        facts.defaultNote !== '' || facts.key.startsWith('net.ipv4.conf.') ? null : defaultIn(facts, kernel);
      const value = values.get(concrete(facts))?.split(' ').filter(Boolean).join(' ');
      return byDefault === null || byDefault === value ? [] : [`${facts.key} = ${value}, not ${byDefault}`];
    });
    expect(differing).toEqual([]);
  });

  it('has the bounds that the kernel keeps: their ends are taken, what is beyond is refused', () => {
    const tries = own.flatMap((facts) => {
      const bounds = acceptedBy(facts, kernel);
      const count = numbersOf(facts.shape);
      if (bounds === null || count === null || bounds.inTicks || facts.readOnly || bound.test(facts.key)) return [];
      const file = concrete(facts).replaceAll('.', '/');
      const write = (number: number, wanted: boolean) => ({
        wanted,
        line: `${file} ${Array(count).fill(number).join(' ')}`,
      });
      const { least, most } = bounds;
      return [
        write(least, true),
        write(least - 1, false),
        // Above 2^53 a number of ours is not exact.
        ...(most < 2 ** 53 ? [write(most, true), write(most + 1, false)] : []),
      ];
    });
    expect(tries.length).toBeGreaterThan(600);
    const answers = taken(tries.map(({ line }) => line));
    const wrong = tries.flatMap(({ line, wanted }, index) =>
      answers[index] === wanted ? [] : [`${line}: ${wanted ? 'refused' : 'taken'}`],
    );
    expect(wrong).toEqual([]);
  });

  it('every repair of a value, and every default, is taken by sysctl -p', () => {
    const settable = own.filter(
      ({ shape, readOnly, key }) => numbersOf(shape) !== null && !readOnly && !bound.test(key),
    );
    const beyond = settable.flatMap((facts) => {
      const bounds = acceptedBy(facts, kernel);
      const count = numbersOf(facts.shape) ?? 1;
      if (bounds === null || bounds.most >= 2 ** 53) return [];
      return [
        `${concrete(facts)} = ${Array(count)
          .fill(bounds.most + 1)
          .join(' ')}`,
      ];
    });
    const defaults = settable.flatMap((facts) => {
      const value = defaultIn(facts, kernel);
      return value === null ? [] : [`${concrete(facts)} = ${value}`];
    });
    const here = linkedHost('here', snapshotOf({ after: {}, host: { kernel: release() } }), []);
    let text = beyond.join('\n');
    // Of a triple each fix is for one number.
    for (let round = 0; round < 3; round += 1) {
      const problems = sysctlService.problems(text, { path: null, siblings: [], host: here });
      const edits = problems.flatMap(({ code, fixes }) => (code === 'out-of-range' ? (fixes[0]?.edits ?? []) : []));
      if (round === 0) expect(edits.length).toBeGreaterThan(100);
      text = edited(text, edits);
    }
    const dir = mkdtempSync(join(tmpdir(), 'packet-path-sysctl-'));
    try {
      writeFileSync(join(dir, 'a.conf'), `${text}\n${defaults.join('\n')}\n`);
      const output = inNamespace(`sysctl -p '${join(dir, 'a.conf')}' 2>&1 >/dev/null; echo "rc $?"`);
      expect(output).toBe('rc 0\n');
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
