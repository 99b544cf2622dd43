import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The middleware interfaces of OpenSSH 8.9 and later. */
const versions = ['0x000a0000', '0x00090000'];

/** FIDO keys without the hardware. */
export interface SoftwareFidoKey {
  /** For ssh_config's `SecurityKeyProvider`. */
  readonly provider: string;
  /** Has to be touched, which takes a second. */
  readonly touched: string;
  /** Wants the PIN as well. */
  readonly guarded: string;
  readonly pin: string;
}

/** Compiles the keys' maker and makes them in `dir`; says why not where there is no compiler, or an ssh without FIDO keys. */
export function softwareFidoKey(dir: string): SoftwareFidoKey | string {
  const provider = join(dir, 'fido.so');
  const source = join(import.meta.dirname, 'softwareFidoKey.c');
  const touched = join(dir, 'id_touched');
  const guarded = join(dir, 'id_guarded');
  let why = '';
  for (const version of versions) {
    const args = ['-shared', '-fPIC', '-Wno-deprecated-declarations', `-DSK_VERSION=${version}`];
    const compiled = spawnSync('cc', [...args, '-o', provider, source, '-lcrypto'], { encoding: 'utf8' });
    if (compiled.status !== 0)
      return `no compiler with OpenSSL's headers: ${compiled.stderr ?? compiled.error?.message}`;
    const make = ['-q', '-t', 'ecdsa-sk', '-w', provider, '-N', '', '-f'];
    const first = spawnSync('ssh-keygen', [...make, touched], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    if (first.status === 0) {
      execFileSync('ssh-keygen', [...make, guarded, '-O', 'verify-required'], { stdio: 'ignore' });
      return { provider, touched, guarded, pin: '271828' };
    }
    why = first.stderr;
  }
  return `this ssh makes no FIDO keys: ${why}`;
}
