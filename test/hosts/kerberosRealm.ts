import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './sshCase.ts';
import { freePort } from './sshd.ts';

/** A Kerberos realm of its own on loopback: a KDC, a ticket for the user, a key for the host `localhost`. */
export interface KerberosRealm {
  /** The environment in which ssh finds the ticket, and sshd the host's key. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts it in `dir`. */
export async function kerberosRealm(dir: string, user: string): Promise<KerberosRealm> {
  mkdirSync(dir, { recursive: true });
  const port = await freePort();
  const file = (name: string): string => join(dir, name);
  writeFileSync(
    file('krb5.conf'),
    [
      '[libdefaults]',
      ' default_realm = PATH.TEST',
      ' dns_lookup_kdc = false',
      ' dns_lookup_realm = false',
      ' dns_canonicalize_hostname = false',
      ' rdns = false',
      '[realms]',
      ' PATH.TEST = {',
      `  kdc = 127.0.0.1:${port}`,
      ' }',
      '[domain_realm]',
      ' localhost = PATH.TEST',
      '',
    ].join('\n'),
  );
  writeFileSync(
    file('kdc.conf'),
    [
      '[kdcdefaults]',
      ` kdc_listen = 127.0.0.1:${port}`,
      ` kdc_tcp_listen = 127.0.0.1:${port}`,
      '[realms]',
      ' PATH.TEST = {',
      `  database_name = ${file('principal')}`,
      `  key_stash_file = ${file('stash')}`,
      ' }',
      '',
    ].join('\n'),
  );
  const variables = {
    KRB5_CONFIG: file('krb5.conf'),
    KRB5_KDC_PROFILE: file('kdc.conf'),
    KRB5_KTNAME: file('keytab'),
    KRB5CCNAME: `FILE:${file('ticket')}`,
  };
  const env = { ...process.env, ...variables, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };
  const options = { env, stdio: 'ignore' } as const;
  execFileSync('kdb5_util', ['create', '-s', '-r', 'PATH.TEST', '-P', 'master of the realm'], options);
  for (const query of [
    `addprinc -pw sesame ${user}`,
    'addprinc -randkey host/localhost',
    `ktadd -k ${file('keytab')} host/localhost`,
  ]) {
    execFileSync('kadmin.local', ['-r', 'PATH.TEST', '-q', query], options);
  }
  const kdc: ChildProcess = spawn('krb5kdc', ['-n', '-P', file('pid')], options);
  const stop = async (): Promise<void> => {
    const exited = once(kdc, 'exit');
    kdc.kill();
    await exited;
  };
  try {
    await until(() => existsSync(file('pid')), 'the KDC listens');
    execFileSync('kinit', [user], { ...options, input: 'sesame\n', stdio: ['pipe', 'ignore', 'pipe'] });
  } catch (error) {
    await stop();
    throw error;
  }
  return { variables, stop };
}
