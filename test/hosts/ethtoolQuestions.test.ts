import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { collectorScript } from '../../src/capture/collectorScript.ts';
import { parseCapture, type Section } from '../../src/capture/frame.ts';

const shells = ['dash', 'busybox ash', 'bash --posix'].filter((shell) => existsSync(`/bin/${shell.split(' ')[0]}`));
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

interface Asked {
  readonly sections: ReadonlyMap<string, Section>;
  /** The arguments of every call, one line each. */
  readonly calls: readonly string[];
}

/** Runs the collector with a stand-in for ethtool: no real one has a password to tell, or every age. */
function ask(shell: string, version: string, link: string): Asked {
  const folder = mkdtempSync(join(tmpdir(), 'packet-path-ethtool-'));
  folders.push(folder);
  const log = join(folder, 'calls');
  const program = `#!/bin/sh\necho "$*" >>'${log}'\ncase $1 in\n--version) echo 'ethtool version ${version}' ;;\n${link}esac\n`;
  writeFileSync(join(folder, 'ethtool'), program);
  chmodSync(join(folder, 'ethtool'), 0o755);
  const [command = 'sh', ...before] = shell.split(' ');
  const { stdout } = spawnSync(command, [...before, '-s', '--', '0', 'n1'], {
    input: collectorScript,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
    maxBuffer: 1 << 26,
  });
  const sections = new Map(parseCapture(stdout).sections.map((section) => [section.name, section]));
  return { sections, calls: readFileSync(log, 'utf8').trim().split('\n') };
}

const withPassword = `'*') printf 'Settings for eth0:\\n\\tSupports Wake-on: gs\\n\\tWake-on: s\\n'
echo '        SecureOn password: 00:11:22:33:44:55'
echo '	Link detected: yes'
echo 'netlink error: something' >&2
exit 3 ;;
`;

describe('what ethtool is asked', () => {
  it.each(shells)('leaves a Wake-on-LAN password out under %s, and keeps status and complaint', (shell) => {
    const { sections } = ask(shell, '6.7', withPassword);
    expect(sections.get('ethtool')).toMatchObject({
      status: 3,
      stderr: 'netlink error: something',
      stdout: 'Settings for eth0:\n\tSupports Wake-on: gs\n\tWake-on: s\n\tLink detected: yes\n',
    });
  });

  // In the namespace of this test there may be more virtual interfaces than the collector asks a wildcard for.
  const virtual = readdirSync('/sys/class/net').filter((nic) => !existsSync(`/sys/class/net/${nic}/device`));

  it.skipIf(virtual.length > 16)('is asked of all NICs at once where ethtool can', () => {
    const { calls } = ask('sh', '5.16', '');
    for (const question of ['-g *', '-k *', '-T *', '-I -a *', '-I --show-fec *', '--show-priv-flags *', '*']) {
      expect(calls).toContain(question);
    }
    expect(ask('sh', '5.9', '').calls).toContain('-a *');
  });

  it.each(['4.5', '5.4', '6', '2.6.36'])('is asked of one NIC at a time by ethtool %s', (version) => {
    const { calls } = ask('sh', version, '');
    expect(calls.filter((call) => call.includes('*') || call.includes('-I'))).toEqual([]);
  });
});
