import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { processSshEnvironment } from '../../../src/hosts/sshEnvironment.ts';
import { isSince, resolveSystemSsh, topConfigFiles } from '../../../src/hosts/systemSshHost.ts';

const dir = mkdtempSync(join(tmpdir(), 'packet-path-system-'));
afterAll(() => rmSync(dir, { recursive: true }));
const signal = new AbortController().signal;

describe('what ssh says of itself', () => {
  it('holds its version', () => {
    expect(isSince('OpenSSH_9.2p1 Debian-2, OpenSSL 3.0\n', 8, 5)).toBe(true);
    expect(isSince('OpenSSH_8.5p1\n', 8, 5)).toBe(true);
    expect(isSince('OpenSSH_8.4p1\n', 8, 5)).toBe(false);
    expect(isSince('OpenSSH_10.1p1\n', 8, 5)).toBe(true);
    expect(isSince('OpenSSH_for_Windows_9.5p1, LibreSSL 3.8\n', 8, 5)).toBe(true);
    expect(isSince('Sun_SSH_1.1\n', 8, 5)).toBe(false);
  });

  it('holds the files it reads, and which of them others include', () => {
    const said = [
      'debug1: Reading configuration data /home/u/.ssh/config',
      'debug3: /home/u/.ssh/config line 3: Including file /home/u/.ssh/work.conf depth 0 (parse only)',
      'debug1: Reading configuration data /home/u/.ssh/work.conf',
      'debug1: Reading configuration data /etc/ssh/ssh_config',
      'debug1: Reading configuration data /home/u/.ssh/config',
      '',
    ].join('\r\n');
    expect(topConfigFiles(said)).toEqual(['/home/u/.ssh/config', '/etc/ssh/ssh_config']);
  });
});

describe('a host', () => {
  it('is told with its hops and the files that ssh reads for it', async () => {
    const configFile = join(dir, 'config');
    mkdirSync(join(dir, 'more'));
    writeFileSync(join(dir, 'more', 'far'), 'User fay\n');
    const lines = [`Host far`, `  Include ${dir}/more/*`, '  ProxyJump kim@near:2222', 'Host near', '  User unused'];
    writeFileSync(configFile, `${lines.join('\n')}\n`);
    const host = await resolveSystemSsh('me@far:22022', { ...processSshEnvironment(), configFile }, signal);
    expect(host).toMatchObject({ program: 'ssh', host: 'far', user: 'me', port: 22022, configFiles: [configFile] });
    expect(host.chain.map(({ name, target }) => [name, target.user, target.port])).toEqual([
      ['near', 'kim', 2222],
      ['far', 'me', 22022],
    ]);
  });

  it('cannot be reached so without an ssh', async () => {
    const env = { ...processSshEnvironment(), sshProgram: join(dir, 'no-ssh') };
    await expect(resolveSystemSsh('far', env, signal)).rejects.toMatchObject({ kind: 'unsupported' });
    await expect(resolveSystemSsh('far', { ...env, sshProgram: null }, signal)).rejects.toMatchObject({
      kind: 'unsupported',
    });
  });
});
