import { describe, expect, it } from 'vitest';
import type { ConfigText } from '../../../src/languages/boot/configFiles.ts';
import { type SysctlBootFacts, sysctlBoot } from '../../../src/languages/boot/sysctlBoot.ts';
import type { BootKey, SysctlReader } from '../../../src/model/bootConfig.ts';

const running = {
  'net.core.somaxconn': '4096',
  'net.core.rps_sock_flow_entries': '32768',
  'net.core.rps_default_mask': '00,0000000f',
  'net.ipv4.ip_forward': '1',
  'net.ipv4.conf.all.forwarding': '1',
  'net.ipv4.ip_local_reserved_ports': '8080,9000-9002',
  'net.ipv4.tcp_rmem': '4096 131072 6291456',
  'net.ipv4.tcp_congestion_control': 'cubic',
  'net.ipv4.conf.all.rp_filter': '2',
  'net.ipv4.conf.default.rp_filter': '2',
};

type Files = Readonly<Record<string, string | null>>;

/** Files by path; a text of `-> /target` is a link there, null one that may not be read. */
function textsOf(files: Files): ConfigText[] {
  return Object.entries(files).map(([path, text]) => {
    const [, target = null, linked] = /^-> (\S+)\n?([\s\S]*)$/.exec(text ?? '') ?? [];
    const body = linked ?? text ?? '';
    const lines = body.split('\n').map((line, index) => ({ line: index + 1, text: line }));
    return { path, target, readable: text !== null, lines: lines.filter((line) => line.text !== '') };
  });
}

function boot(files: Files, reader: SysctlReader | null = 'systemd-sysctl', more: Partial<SysctlBootFacts> = {}) {
  const facts = {
    reader,
    running: new Map(Object.entries(running)),
    absent: () => ({ gone: true, why: 'not there' }),
    others: [],
  };
  return sysctlBoot({ ...facts, files: textsOf(files), ...more });
}

function key(files: Files, name: string, reader?: SysctlReader | null): BootKey {
  const found = boot(files, reader).keys.get(name);
  if (found === undefined) throw new Error(`nothing about ${name}`);
  return found;
}

const at = (found: BootKey): string | null =>
  found.setting === null ? null : `${found.setting.path}:${found.setting.line}=${found.setting.value}`;

describe('which line sets a key at boot', () => {
  it('the later line of a file', () => {
    const found = key(
      { '/etc/sysctl.d/a.conf': 'net.core.somaxconn=1\n\nnet/core/somaxconn = 2' },
      'net.core.somaxconn',
    );
    expect(at(found)).toBe('/etc/sysctl.d/a.conf:3=2');
    expect(found.losers).toMatchObject([{ line: 1, value: '1', why: '/etc/sysctl.d/a.conf:3 sets it later' }]);
  });

  it('the later file by name, whatever its directory', () => {
    const files = {
      '/etc/sysctl.d/10-a.conf': 'net.core.somaxconn=10',
      '/usr/lib/sysctl.d/90-z.conf': 'net.core.somaxconn=90',
      '/run/sysctl.d/50-m.conf': 'net.core.somaxconn=50',
    };
    expect(at(key(files, 'net.core.somaxconn'))).toBe('/usr/lib/sysctl.d/90-z.conf:1=90');
  });

  it('of files of one name that in the highest directory, entirely', () => {
    const files = {
      '/usr/lib/sysctl.d/10-a.conf': 'net.core.somaxconn=10\nnet.ipv4.ip_forward=0',
      '/run/sysctl.d/10-a.conf': 'net.core.somaxconn=20',
      '/etc/sysctl.d/10-a.conf': 'net.core.somaxconn=30',
    };
    expect(at(key(files, 'net.core.somaxconn'))).toBe('/etc/sysctl.d/10-a.conf:1=30');
    const forward = key(files, 'net.ipv4.ip_forward');
    expect(forward.setting).toBeNull();
    expect(forward.losers[0]?.why).toBe('/etc/sysctl.d/10-a.conf has the same name and comes first');
    expect(forward.verdict).toEqual({ kind: 'not-set' });
  });

  it('none of a file that a link to /dev/null masks', () => {
    const files = { '/etc/sysctl.d/10-a.conf': '-> /dev/null', '/usr/lib/sysctl.d/10-a.conf': 'net.core.somaxconn=10' };
    const { keys, files: found } = boot(files);
    expect(keys.get('net.core.somaxconn')?.setting).toBeNull();
    expect(found.map(({ state }) => state)).toEqual(['masked', 'masked']);
  });

  it('a key named outright before a pattern, wherever the two stand', () => {
    const files = {
      '/etc/sysctl.d/10-a.conf': 'net.ipv4.conf.all.rp_filter=1',
      '/etc/sysctl.d/20-b.conf': '-net.ipv4.conf.lo.rp_filter\nnet.ipv4.conf.*.rp_filter=2',
    };
    for (const reader of ['systemd-sysctl', 'procps'] as const) {
      const all = key(files, 'net.ipv4.conf.all.rp_filter', reader);
      expect(at(all)).toBe('/etc/sysctl.d/10-a.conf:1=1');
      expect(all.losers[0]?.why).toContain('a pattern does not touch a key that a line names');
      expect(at(key(files, 'net.ipv4.conf.default.rp_filter', reader))).toBe('/etc/sysctl.d/20-b.conf:2=2');
    }
  });

  it('none after -key alone, which takes it back for systemd and not for procps', () => {
    const files = { '/etc/sysctl.d/a.conf': 'net.core.somaxconn=1\n-net.core.somaxconn' };
    const found = key(files, 'net.core.somaxconn');
    expect([at(found), found.losers[0]?.why]).toEqual([null, 'taken back by /etc/sysctl.d/a.conf:2']);
    expect(at(key(files, 'net.core.somaxconn', 'procps'))).toBe('/etc/sysctl.d/a.conf:1=1');
  });

  it('the later of two names of one variable', () => {
    const files = { '/etc/sysctl.d/a.conf': 'net.ipv4.ip_forward=1\nnet.ipv4.conf.all.forwarding=0' };
    const found = key(files, 'net.ipv4.ip_forward');
    expect(at(found)).toBe('/etc/sysctl.d/a.conf:2=0');
    expect(found.losers[0]?.why).toContain('the same variable as net.ipv4.conf.all.forwarding');
    const other = key({ '/etc/sysctl.d/a.conf': 'net.ipv4.ip_forward=0' }, 'net.ipv4.conf.all.forwarding');
    expect(at(other)).toBe('/etc/sysctl.d/a.conf:1=0');
  });
});

describe('/etc/sysctl.conf', () => {
  const conf = { '/etc/sysctl.conf': 'net.core.somaxconn=1', '/etc/sysctl.d/99-z.conf': 'net.core.somaxconn=2' };

  it('is not read by systemd without a link in sysctl.d, and that is said', () => {
    const { files, keys } = boot({ '/etc/sysctl.conf': 'net.core.somaxconn=1' });
    expect(files).toMatchObject([{ path: '/etc/sysctl.conf', state: 'not-read' }]);
    expect(keys.get('net.core.somaxconn')).toMatchObject({ setting: null, verdict: { kind: 'not-set' } });
    expect(keys.get('net.core.somaxconn')?.losers[0]?.why).toContain('not read at boot');
  });

  it('is read by systemd at the place of the link', () => {
    const link = { '/etc/sysctl.d/50-s.conf': '-> /etc/sysctl.conf\nnet.core.somaxconn=1' };
    expect(at(key({ ...conf, ...link }, 'net.core.somaxconn'))).toBe('/etc/sysctl.d/99-z.conf:1=2');
    const { files } = boot({ '/etc/sysctl.conf': 'net.core.somaxconn=1', ...link });
    expect(files.map(({ path }) => path)).toEqual(['/etc/sysctl.d/50-s.conf']);
  });

  it('is read last by procps and by the upstart job', () => {
    for (const reader of ['procps', 'upstart-procps'] as const)
      expect(at(key(conf, 'net.core.somaxconn', reader))).toBe('/etc/sysctl.conf:1=1');
  });

  it('is all that counts beside /etc/sysctl.d for the upstart job', () => {
    const { files } = boot({ ...conf, '/usr/lib/sysctl.d/a.conf': 'net.core.somaxconn=3' }, 'upstart-procps');
    expect(files.at(-1)).toMatchObject({ path: '/usr/lib/sysctl.d/a.conf', state: 'not-read' });
  });
});

describe('the value at boot against the one that runs', () => {
  it.each([
    ['net.core.somaxconn', '0x1000', 'same'],
    ['net.core.somaxconn', '010000', 'same'],
    ['net.core.somaxconn', '4096 # note', 'same'],
    ['net.core.somaxconn', '4097', 'differs'],
    ['net.core.somaxconn', '4k', 'unknown'],
    ['net.core.rps_sock_flow_entries', '30000', 'same'],
    ['net.core.rps_default_mask', 'f', 'same'],
    ['net.core.rps_default_mask', 'ff', 'differs'],
    ['net.ipv4.ip_local_reserved_ports', '9000,9001-9002,8080', 'same'],
    ['net.ipv4.ip_local_reserved_ports', '9000', 'differs'],
    ['net.ipv4.tcp_rmem', '4096\t131072   6291456', 'same'],
    ['net.ipv4.tcp_rmem', '4096 131072', 'same'],
    ['net.ipv4.tcp_rmem', '4096 87380', 'differs'],
    ['net.ipv4.tcp_congestion_control', 'cubic', 'same'],
    ['net.ipv4.tcp_congestion_control', 'cubic # note', 'differs'],
    ['net.core.nothing', '1', 'unknown'],
  ])('%s = %s: %s', (name, value, kind) => {
    expect(key({ '/etc/sysctl.d/a.conf': `${name} = ${value}` }, name).verdict.kind).toBe(kind);
  });

  it('names who else sets it when that is what runs', () => {
    const other = { key: 'net.core.somaxconn', who: 'tuned' as const, value: '4096', at: null, why: '' };
    const { keys } = boot({ '/etc/sysctl.d/a.conf': 'net.core.somaxconn=1' }, 'systemd-sysctl', { others: [other] });
    expect(keys.get('net.core.somaxconn')?.verdict).toMatchObject({
      kind: 'differs',
      boot: '1',
      why: 'tuned sets it to the value that runs',
    });
  });

  it('is not told where nothing is known to read the files', () => {
    const found = key({ '/etc/sysctl.d/a.conf': 'net.core.somaxconn=1' }, 'net.core.somaxconn', null);
    expect(found.verdict.kind).toBe('unknown');
    expect(at(found)).toBe('/etc/sysctl.d/a.conf:1=1');
  });
});

describe('lines that set nothing, or not what they seem to', () => {
  it.each([
    ['\ufeffnet.core.somaxconn = 1', 'byte order mark'],
    ['net.core.somaxconn 1', 'no = in the line'],
    ['net.core.somaxconn = 8k', 'refuses'],
    ['net.core.somaxconn = 010', 'octal to the kernel: 8'],
    ['net.ipv4.tcp_rmem = 1 2', '2 of 3 numbers'],
    ['net.ipv4.conf.eth0.100.rp_filter = 1', 'not there'],
    ['net.core.somaxconn = 8 # note', 'is no comment'],
  ])('%s', (line, message) => {
    const { faults } = boot({ '/etc/sysctl.d/a.conf': `${line}\r` });
    expect(faults).toHaveLength(1);
    expect(faults[0]?.message).toContain(message);
  });

  it('stops at a thousand patterns, and says so', () => {
    const lines = Array.from({ length: 1500 }, (_, index) => `net.*.a${index}* = 1`).join('\n');
    const { faults } = boot({ '/etc/sysctl.d/a.conf': lines });
    expect(faults).toMatchObject([{ line: 1001 }]);
  });
});
