import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kerberosRealm } from './kerberosRealm.ts';
import { isRoot, type PamHost, startPamHost } from './pamHost.ts';
import { softwareFidoKey } from './softwareFidoKey.ts';
import { countOf, failure, hello, never, processesWith, until } from './sshCase.ts';
import { makeKey, type Sshd, type SshdOptions, startSshd } from './sshd.ts';
import {
  has,
  hostLines,
  missing,
  patienceMs,
  runtimeDirs,
  type SystemSshAnswers,
  type SystemSshCase,
  systemSshCase,
  workDir,
} from './systemSshCase.ts';

/** A host that wants something, for one test. */
async function withHost(options: SshdOptions, use: (sshd: Sshd) => Promise<void>): Promise<void> {
  const sshd = await startSshd(options);
  try {
    await use(sshd);
  } finally {
    await sshd.stop();
  }
}

function section(sshd: Sshd, lines: readonly string[], name = 'web'): string {
  return hostLines(name, sshd.port, [...lines, `UserKnownHostsFile ${sshd.knownHostsFile}`, 'IdentitiesOnly yes']);
}

describe('an encrypted key', () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());
  const ask = (answers: SystemSshAnswers) =>
    systemSshCase('web', section(sshd, [`IdentityFile ${sshd.encryptedIdentityFile}`]), answers);

  it('is opened by its passphrase, asked for again when it is wrong, and never logged', async () => {
    const test = ask({ secrets: ['wrong', sshd.passphrase] });
    expect(await hello(test)).toBe('hello test\n');
    const whose = { kind: 'passphrase', alias: 'web', user: sshd.user, host: '127.0.0.1', onTheWayTo: null };
    expect(test.secrets).toMatchObject([
      { ...whose, keyFile: sshd.encryptedIdentityFile, attempt: 1 },
      { ...whose, keyFile: sshd.encryptedIdentityFile, attempt: 2 },
    ]);
    expect(test.log.join('\n')).not.toContain(sshd.passphrase);
  });

  it('is skipped by an empty one', async () => {
    expect(await failure(ask({ secrets: [''] }))).toMatchObject({ kind: 'auth-failed' });
  });

  it('ends the attempt when the user gives up', async () => {
    const test = ask({ secrets: [undefined] });
    expect(await failure(test)).toMatchObject({ name: 'AbortError' });
    expect(test.secrets).toHaveLength(1);
    await until(() => processesWith(join(workDir, 't', 'pp-ssh-')) === 0, 'no ssh is left', patienceMs);
  });

  it('tells those who asked when the login has failed, so that nobody keeps what was wrong', async () => {
    let asked: AbortSignal | undefined;
    const test = ask({
      secret: async (_question, signal) => {
        asked = signal;
        return 'wrong';
      },
    });
    expect(await failure(test)).toMatchObject({ kind: 'auth-failed' });
    expect(asked?.reason).toMatchObject({ kind: 'auth-failed' });
  });
});

describe.skipIf(missing(!isRoot, 'hosts with accounts of their own take root'))('what is typed', () => {
  let host: PamHost;
  beforeAll(async () => {
    host = await startPamHost([
      { name: 'pat', config: ['AuthenticationMethods password', 'PasswordAuthentication yes'] },
      {
        name: 'kim',
        config: ['AuthenticationMethods keyboard-interactive', 'KbdInteractiveAuthentication yes'],
        code: true,
      },
      {
        name: 'lee',
        config: ['AuthenticationMethods publickey,keyboard-interactive', 'KbdInteractiveAuthentication yes'],
      },
    ]);
  });
  afterAll(() => host.stop());
  const ask = (user: string, answers: SystemSshAnswers) =>
    systemSshCase(`${user}@web`, section(host, [`IdentityFile ${host.identityFile}`]), answers);

  it('is a password, asked for again when it is wrong', async () => {
    const test = ask('pat', { secrets: ['wrong', host.password] });
    expect(await hello(test)).toBe('hello test\n');
    const whose = { kind: 'password', alias: 'pat@web', user: 'pat', host: '127.0.0.1', port: host.port };
    expect(test.secrets).toMatchObject([
      { ...whose, attempt: 1 },
      { ...whose, attempt: 2 },
    ]);
    expect(test.log.join('\n')).not.toContain(host.password);
  });

  it('is a password and a one-time code', async () => {
    const test = ask('kim', {
      secret: async ({ prompt = '' }) => (prompt.includes('code') ? host.code() : host.password),
    });
    expect(await hello(test)).toBe('hello test\n');
    expect(test.secrets).toMatchObject([
      { kind: 'answer', user: 'kim', prompt: expect.stringMatching(/^Password: /) },
      { kind: 'answer', user: 'kim', prompt: expect.stringMatching(/^Verification code: /) },
    ]);
  });

  it('comes after a key', async () => {
    const test = ask('lee', { secrets: [host.password] });
    expect(await hello(test)).toBe('hello test\n');
    expect(test.secrets).toMatchObject([{ kind: 'answer', user: 'lee', attempt: 1 }]);
  });
});

describe('certificates', () => {
  it('of the user, which are all that the host looks at', async () => {
    const authority = makeKey(join(workDir, 'user_ca'), 'ed25519');
    const identity = makeKey(join(workDir, 'id_certified'), 'ed25519');
    await withHost({ config: [`TrustedUserCAKeys ${authority}.pub`, 'AuthorizedKeysFile none'] }, async (sshd) => {
      const test = (): SystemSshCase => systemSshCase('web', section(sshd, [`IdentityFile ${identity}`]));
      expect(await failure(test())).toMatchObject({ kind: 'auth-failed' });
      execFileSync('ssh-keygen', ['-q', '-s', authority, '-I', 'a test', '-n', sshd.user, `${identity}.pub`]);
      expect(await hello(test())).toBe('hello test\n');
      expect(sshd.log()).toContain('ED25519-CERT');
    });
  });

  it('of the host, by an authority on record', async () => {
    const authority = makeKey(join(workDir, 'host_ca'), 'ed25519');
    const hostKey = makeKey(join(workDir, 'host_certified'), 'ed25519');
    execFileSync('ssh-keygen', ['-q', '-s', authority, '-I', 'a host', '-h', '-n', '127.0.0.1', `${hostKey}.pub`]);
    const config = [`HostKey ${hostKey}`, `HostCertificate ${hostKey}-cert.pub`];
    await withHost({ config, hostKeyTypes: ['ecdsa'] }, async (sshd) => {
      const known = join(workDir, 'known_authority');
      writeFileSync(known, `@cert-authority [127.0.0.1]:${sshd.port} ${readFileSync(`${authority}.pub`, 'utf8')}`);
      const lines = [`UserKnownHostsFile ${known}`, 'StrictHostKeyChecking yes', `IdentityFile ${sshd.identityFile}`];
      const test = systemSshCase('web', hostLines('web', sshd.port, lines));
      expect(await hello(test)).toBe('hello test\n');
      expect(readFileSync(test.storeFile, 'utf8')).toBe('');
    });
  });
});

const fido = softwareFidoKey(workDir);
describe.skipIf(missing(typeof fido === 'string', String(fido)))('FIDO keys', () => {
  if (typeof fido === 'string') return;
  const authorize = (sshd: Sshd, file: string): void => {
    writeFileSync(join(sshd.dir, 'authorized_keys'), readFileSync(`${file}.pub`));
  };

  it('are waited for while they want to be touched, and the notice goes when they were', async () => {
    await withHost({}, async (sshd) => {
      authorize(sshd, fido.touched);
      const lines = [`IdentityFile ${fido.touched}`, `SecurityKeyProvider ${fido.provider}`];
      const test = systemSshCase('web', section(sshd, lines));
      expect(await hello(test)).toBe('hello test\n');
      expect(test.notices).toEqual([expect.stringMatching(/^Confirm user presence for key ECDSA-SK SHA256:/)]);
      expect(sshd.log()).toMatch(/Accepted publickey .* ECDSA-SK/);
    });
  });

  it('are asked for their PIN', async () => {
    await withHost({ config: ['PubkeyAuthOptions verify-required'] }, async (sshd) => {
      authorize(sshd, fido.guarded);
      const lines = [`IdentityFile ${fido.guarded}`, `SecurityKeyProvider ${fido.provider}`];
      const test = systemSshCase('web', section(sshd, lines), { secrets: [fido.pin] });
      expect(await hello(test)).toBe('hello test\n');
      expect(test.secrets).toMatchObject([{ kind: 'answer', prompt: expect.stringContaining('Enter PIN') }]);
    });
  });
});

describe('key exchange', () => {
  it('that withstands quantum computers, and no other', async () => {
    await withHost({ config: ['KexAlgorithms sntrup761x25519-sha512@openssh.com'] }, async (sshd) => {
      const test = systemSshCase('web', section(sshd, [`IdentityFile ${sshd.identityFile}`]));
      expect(await hello(test)).toBe('hello test\n');
    });
  });
});

const noKerberos = !has('krb5kdc') || !has('kadmin.local') || !has('kinit');
describe.skipIf(missing(noKerberos, 'no Kerberos (packages krb5-admin-server, krb5-user)'))('GSSAPI', () => {
  it('logs in by a ticket, and by nothing without one', async () => {
    const user = execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
    const realm = await kerberosRealm(join(workDir, 'realm'), user);
    const set = Object.entries(realm.variables).map(([name, value]) => `${name}=${value}`);
    const config = ['GSSAPIAuthentication yes', 'GSSAPIStrictAcceptorCheck no', 'PubkeyAuthentication no'];
    try {
      await withHost({ config, through: ['env', ...set] }, async (sshd) => {
        const known = join(workDir, 'known_localhost');
        writeFileSync(known, sshd.knownHostsLine.replaceAll('127.0.0.1', 'localhost'));
        const lines = [
          'HostName localhost',
          'AddressFamily inet',
          'GSSAPIAuthentication yes',
          `UserKnownHostsFile ${known}`,
        ];
        const text = `Host web\n  ${lines.join('\n  ')}\n${hostLines('web', sshd.port, [])}`;
        expect(await hello(systemSshCase('web', text, { variables: realm.variables }))).toBe('hello test\n');
        expect(sshd.log()).toContain('Accepted gssapi-with-mic');
        const without = { ...realm.variables, KRB5CCNAME: `FILE:${join(workDir, 'no-ticket')}` };
        expect(await failure(systemSshCase('web', text, { variables: without }))).toMatchObject({
          kind: 'auth-failed',
        });
      });
    } finally {
      await realm.stop();
    }
  });
});

describe('hosts behind others', () => {
  let near: Sshd;
  let far: Sshd;
  beforeAll(async () => {
    near = await startSshd();
    far = await startSshd();
  });
  afterAll(async () => {
    await near.stop();
    await far.stop();
  });
  const login = (sshd: Sshd, ...more: readonly string[]): string[] => [
    ...more,
    `IdentityFile ${sshd.identityFile}`,
    'IdentitiesOnly yes',
  ];

  it('by ProxyJump: each key is asked for, the hop as such, and kept in our store only', async () => {
    const known = join(workDir, 'known_jump');
    writeFileSync(known, '');
    const lines = [`UserKnownHostsFile ${known}`];
    const text = [
      hostLines('near', near.port, login(near, ...lines)),
      hostLines('far', far.port, login(far, ...lines, 'ProxyJump near')),
    ].join('');
    const test = systemSshCase('far', text);
    const from = near.log().length;
    expect(await hello(test)).toBe('hello test\n');
    expect(test.questions).toMatchObject([
      { alias: 'near', port: near.port, onTheWayTo: 'far', address: '127.0.0.1' },
      { alias: 'far', port: far.port, onTheWayTo: null, address: null },
    ]);
    expect(countOf(near.log().slice(from), 'Accepted publickey')).toBe(1);
    expect(readFileSync(known, 'utf8')).toBe('');
    const stored = readFileSync(test.storeFile, 'utf8').trim().split('\n');
    for (const line of stored) expect(`${near.knownHostsLine}\n${far.knownHostsLine}`).toContain(line);
    expect(stored).toHaveLength(2);

    // A changed key of the hop is refused, though ssh_config would let it pass.
    const other = readFileSync(`${makeKey(join(workDir, 'other_hop'), 'ed25519')}.pub`, 'utf8').split(' ');
    writeFileSync(known, `[127.0.0.1]:${near.port} ${other.slice(0, 2).join(' ')}\n`);
    const changed = systemSshCase('far', text.replace('Host near\n', 'Host near\n  StrictHostKeyChecking no\n'));
    expect(await failure(changed)).toMatchObject({
      kind: 'host-key-changed',
      message: expect.stringContaining(`[127.0.0.1]:${near.port}`),
    });
  });

  it('leave no connection when given up just as ssh goes into the background', async () => {
    const text = [
      hostLines('near', near.port, login(near, `UserKnownHostsFile ${near.knownHostsFile}`)),
      hostLines('far', far.port, login(far, `UserKnownHostsFile ${far.knownHostsFile}`, 'ProxyJump near')),
    ].join('');
    for (const waitMs of [0, 20, 60]) {
      const givenUp = new AbortController();
      const started = systemSshCase('far', text).transport.startShell([], givenUp.signal);
      const outcome = started.catch((error: unknown) => error);
      await until(
        () => runtimeDirs().some((name) => existsSync(join(workDir, 't', name, 'c'))),
        'ssh is in',
        patienceMs,
      );
      await delay(waitMs);
      givenUp.abort(new Error('enough'));
      expect(await outcome).toMatchObject({ message: 'enough' });
      await until(() => far.sessionPids().length === 0, 'it is gone', patienceMs);
    }
  });

  it('by ProxyJump, leaving no shared connection to the hop, whatever ssh_config has for it', async () => {
    const shares = ['ControlMaster auto', `ControlPath ${join(workDir, 'shared-%C')}`, 'ControlPersist 30'];
    const text = [
      hostLines('near', near.port, login(near, `UserKnownHostsFile ${near.knownHostsFile}`, ...shares)),
      hostLines('far', far.port, login(far, `UserKnownHostsFile ${far.knownHostsFile}`, 'ProxyJump near')),
    ].join('');
    expect(await hello(systemSshCase('far', text))).toBe('hello test\n');
    await until(() => near.sessionPids().length === 0, 'it is gone', patienceMs);
  });

  it('by ProxyJump with an encrypted key at the hop, which is named', async () => {
    const text = [
      hostLines('near', near.port, [
        `UserKnownHostsFile ${near.knownHostsFile}`,
        `IdentityFile ${near.encryptedIdentityFile}`,
      ]),
      hostLines('far', far.port, login(far, `UserKnownHostsFile ${far.knownHostsFile}`, 'ProxyJump near')),
    ].join('');
    const test = systemSshCase('far', text, { secrets: [near.passphrase] });
    expect(await hello(test)).toBe('hello test\n');
    expect(test.secrets).toMatchObject([{ kind: 'passphrase', alias: 'near', port: near.port, onTheWayTo: 'far' }]);
  });

  it('by a ProxyCommand that is an ssh, which leaves no process', async () => {
    const command = `ssh -F ${near.configFile} -W %h:%p sshd-test`;
    const test = systemSshCase(
      'far',
      section(far, [`IdentityFile ${far.identityFile}`, `ProxyCommand ${command}`], 'far'),
    );
    expect(await hello(test)).toBe('hello test\n');
    await until(
      () => processesWith(near.configFile) === 0 && near.sessionPids().length === 0,
      'it is gone',
      patienceMs,
    );
  });

  it('by a ProxyCommand whose ssh meets an unknown key: that one is not for us to put on record', async () => {
    const known = join(workDir, 'known_of_command');
    const command = `ssh -F ${near.configFile} -o UserKnownHostsFile=${known} -W %h:%p sshd-test`;
    const test = systemSshCase(
      'far',
      section(far, [`IdentityFile ${far.identityFile}`, `ProxyCommand ${command}`], 'far'),
    );
    expect(await failure(test)).toMatchObject({
      kind: 'host-key-unknown',
      message: expect.stringContaining('ProxyCommand'),
    });
    expect(test.questions).toEqual([]);
    expect(() => readFileSync(known)).toThrow();
  });

  it('by a ProxyCommand that is any program', async () => {
    const script = join(workDir, 'relay.mjs');
    writeFileSync(
      script,
      `import { connect } from 'node:net';
const [port, host] = process.argv.slice(2);
const socket = connect(Number(port), host);
process.stdin.pipe(socket).pipe(process.stdout);
`,
    );
    const command = `${process.execPath} ${script} %p %h`;
    const test = systemSshCase(
      'far',
      section(far, [`IdentityFile ${far.identityFile}`, `ProxyCommand ${command}`], 'far'),
    );
    expect(await hello(test)).toBe('hello test\n');
  });

  it('says what the hop said when it lets nobody through', async () => {
    const text = [
      hostLines('near', near.port, login(near, `UserKnownHostsFile ${near.knownHostsFile}`)),
      hostLines('gone', 1, login(far, `UserKnownHostsFile ${far.knownHostsFile}`, 'ProxyJump near')),
    ].join('');
    const error = await systemSshCase('gone', text)
      .transport.startShell([], never)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'unreachable', message: expect.stringContaining('open failed') });
  });
});
