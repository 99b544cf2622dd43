import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { collectorScript } from '../../src/capture/collectorScript.ts';
import { readSnapshot } from '../../src/capture/readSnapshot.ts';
import { splitGrep } from '../../src/kernel/multiFile.ts';
import type { ConfigText } from '../../src/languages/boot/configFiles.ts';
import { sysctlBoot } from '../../src/languages/boot/sysctlBoot.ts';
import type { SysctlReader } from '../../src/model/bootConfig.ts';
import { inTree, systemdSysctl, type Tree, whyNoTree } from './sysctlTree.ts';

const noTree = whyNoTree();
const tools: readonly { readonly reader: SysctlReader; readonly run: string; readonly missing: string | null }[] = [
  {
    reader: 'systemd-sysctl',
    run: `${systemdSysctl} >/dev/null 2>&1`,
    missing: noTree ?? (systemdSysctl === undefined ? 'this machine has no systemd-sysctl' : null),
  },
  {
    reader: 'procps',
    run: 'sysctl --system >/dev/null 2>&1',
    missing:
      noTree ?? (existsSync('/usr/sbin/sysctl') || existsSync('/sbin/sysctl') ? null : 'this machine has no sysctl'),
  },
];

/** Every key a tree may set, by the name the kernel has for it. */
const show = `grep -sH ^ /proc/sys/net/core/somaxconn /proc/sys/net/ipv4/tcp_fin_timeout /proc/sys/net/ipv4/tcp_syn_retries \
  /proc/sys/net/ipv4/tcp_rmem /proc/sys/net/ipv4/ip_local_port_range /proc/sys/net/ipv4/ip_local_reserved_ports \
  /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf/*/rp_filter /proc/sys/net/ipv4/conf/*/arp_ignore \
  /proc/sys/net/ipv4/conf/all/forwarding`;

function valuesOf(text: string): Map<string, string> {
  return new Map(
    splitGrep(text).map((line) => [
      line.path.slice('/proc/sys/'.length).replace(/[./]/g, (mark) => (mark === '/' ? '.' : '/')),
      line.text.trim().replace(/\s+/g, ' '),
    ]),
  );
}

/** The tree as a capture would tell it. */
function textsOf(tree: Tree): ConfigText[] {
  return Object.entries(tree).map(([path, text]) => {
    const link = text.startsWith('-> ') ? text.slice(3) : null;
    const target = link === '../sysctl.conf' ? '/etc/sysctl.conf' : link;
    const body = target === null ? text : (tree[target] ?? '');
    const lines = body.split('\n').map((line, index) => ({ line: index + 1, text: line }));
    return { path, target, readable: true, lines };
  });
}

/** Runs the tool over the tree and holds every key against what we say of it. */
function compare(tree: Tree, { reader, run }: (typeof tools)[number]): void {
  const [before = '', after = ''] = inTree(tree, `${show}; echo ----; ${run}; ${show}`).split('----\n');
  const [base, running] = [valuesOf(before), valuesOf(after)];
  const boot = sysctlBoot({
    reader,
    files: textsOf(tree),
    running,
    absent: () => ({ gone: true, why: 'not there' }),
    others: [],
  });
  for (const [key, value] of running) {
    const found = boot.keys.get(key);
    // The kernel hands a new value of conf.default on to interfaces that have none of their own.
    if ((found === undefined || found.setting === null) && key.includes('.conf.')) continue;
    const told =
      found === undefined || found.setting === null
        ? { setting: null, value: base.get(key) }
        : { setting: found.setting, verdict: found.verdict };
    const real =
      told.setting === null ? { setting: null, value } : { setting: told.setting, verdict: { kind: 'same' } };
    expect(told, `${key} is ${value} under ${reader} with ${JSON.stringify(tree, null, 1)}`).toEqual(real);
  }
}

const names = [
  'net.core.somaxconn',
  'net/core/somaxconn',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_syn_retries',
  'net.ipv4.ip_forward',
  'net.ipv4.conf.all.forwarding',
  'net.ipv4.conf.all.rp_filter',
  'net.ipv4.conf.lo.rp_filter',
  'net.ipv4.conf.*.rp_filter',
  'net.ipv4.conf.e*.rp_filter',
  'net.ipv4.conf.[!a]*.rp_filter',
  'net/ipv4/conf/*/rp_filter',
  'net.ipv4.conf.eth0/100.rp_filter',
  'net/ipv4/conf/eth0.100/rp_filter',
  'net.ipv4.conf.eth0.100.rp_filter',
  'net.ipv4.conf.?????.arp_ignore',
  'net.ipv4.conf.default.arp_ignore',
];
const fileNames = ['10-a.conf', '50-b.conf', '9-c.conf', 'Z.conf', 'a.conf', 'no-conf.txt', '99-sysctl.conf'];
const folders = ['/etc/sysctl.d', '/run/sysctl.d', '/usr/local/lib/sysctl.d', '/usr/lib/sysctl.d'];

/** The same trees at every run: numbers of a linear congruential generator. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function randomTree(seed: number): Tree {
  const random = generator(seed);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const line = (): string => {
    const name = pick(names);
    const value = name.includes('rp_filter') || name.includes('forward') ? random(2) : 1 + random(3);
    const blank = pick(['', ' ', '\t']);
    switch (random(12)) {
      case 0:
        return `-${name}`;
      case 1:
        return `# ${name} = ${value}`;
      case 2:
        return `-${name}${blank}=${value}`;
      case 3:
        return `  ${name} = 0x${value}\r`;
      case 4:
        return `${name} = 0${value}`;
      case 5:
        return pick([
          'net.ipv4.tcp_rmem = 4096 99999',
          'net.ipv4.tcp_rmem=5000\t88888  7777777',
          'net.ipv4.ip_local_port_range = 20000',
          'net.ipv4.ip_local_reserved_ports = 9001,9000,8080',
        ]);
      case 6:
        return `${name} ${value}`;
      case 7:
        return `${name} = ${value} ; note`;
      default:
        return `${blank}${name}${blank}=${blank}${value}${blank}`;
    }
  };
  const text = (): string => Array.from({ length: random(6) }, line).join('\n');
  const tree: Record<string, string> = { '/etc/sysctl.conf': text() };
  for (let count = 1 + random(6); count > 0; count -= 1) {
    const [folder, name] = [pick(folders), pick(fileNames)];
    tree[`${folder}/${name}`] =
      folder === '/etc/sysctl.d' && random(5) === 0 ? `-> ${pick(['/dev/null', '../sysctl.conf'])}` : text();
  }
  return tree;
}

describe.each(tools)('what $reader really does at boot', (tool) => {
  it.skipIf(tool.missing !== null)(
    `is what we say it does${tool.missing === null ? '' : ` (skipped: ${tool.missing})`}`,
    () => {
      for (let seed = 1; seed <= 60; seed += 1) compare(randomTree(seed), tool);
    },
  );
});

describe('the collector in a host with such files', () => {
  it.skipIf(noTree !== null)(
    `tells what sets a key, and what is not read${noTree === null ? '' : ` (skipped: ${noTree})`}`,
    () => {
      const tree = {
        '/etc/sysctl.conf':
          '# secret=hunter2\nnet.core.somaxconn = 1024\nkernel.core_pattern = |/opt/x --token=hunter2\n',
        '/etc/sysctl.d/80 odd.conf': '\n\nnet.ipv4.tcp_fin_timeout = 30\n# net.ipv4.password=hunter2\n',
        '/etc/sysctl.d/50-off.conf': '-> /dev/null',
        '/usr/lib/sysctl.d/50-off.conf': 'net.ipv4.tcp_fin_timeout = 5\n',
      };
      const capture = inTree(
        tree,
        `mkdir -p /run/systemd/system; sh -s -- 0 n1 <<'END_OF_COLLECTOR'\n${collectorScript}\nEND_OF_COLLECTOR\n`,
      );
      expect(capture).not.toContain('hunter2');
      const { bootConfig } = readSnapshot(capture);
      expect(bootConfig.init).toMatchObject({ name: 'systemd', reader: 'systemd-sysctl' });
      if (!bootConfig.sysctl.ok) throw new Error(bootConfig.sysctl.reason);
      const { keys, files } = bootConfig.sysctl.value;
      expect(keys.get('net.ipv4.tcp_fin_timeout')).toMatchObject({
        setting: { path: '/etc/sysctl.d/80 odd.conf', line: 3, text: 'net.ipv4.tcp_fin_timeout = 30' },
        verdict: { kind: 'differs', boot: '30' },
      });
      expect(keys.get('net.core.somaxconn')).toMatchObject({
        setting: null,
        losers: [{ path: '/etc/sysctl.conf', line: 2 }],
      });
      const states = files.map(({ path, state }) => `${state} ${path}`);
      expect(states).toContain('not-read /etc/sysctl.conf');
      expect(states).toContain('masked /etc/sysctl.d/50-off.conf');
      expect(states).toContain('masked /usr/lib/sysctl.d/50-off.conf');
    },
  );
});
