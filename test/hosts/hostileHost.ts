import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sshd, startSshd } from './sshd.ts';

/** A real sshd whose every session runs a script of the test's, whatever was asked for. */
export interface HostileHost {
  readonly sshd: Sshd;
  /**
   * What runs from now on: POSIX sh, in which `$nonce` is what the caller chose, `asked` runs what was asked for,
   * `ready` says that it runs where that is asked for, and `section NAME` frames its stdin as the collector does.
   */
  does(script: string): void;
  stop(): Promise<void>;
}

const prelude = `nonce=\${SSH_ORIGINAL_COMMAND#* -- }
set -- $nonce
nonce=\${2%\\'}
asked() { eval "$SSH_ORIGINAL_COMMAND"; }
ready() {
  case $SSH_ORIGINAL_COMMAND in *'; echo '*) set -- \${SSH_ORIGINAL_COMMAND#*; echo } && echo "\${1%;}" ;; esac
}
header() { printf '@@%s packet-path 1\\n' "$nonce"; }
section() { printf '\\n@@%s < %s\\n' "$nonce" "$1"; cat; printf '\\n@@%s > 0 1.00 1.01 %s\\n' "$nonce" "$1"; }
begun() {
  header
  echo 1795412619 | section date
  printf '==> /proc/uptime <==\\n1.00 1.00\\n\\n==> /proc/net/sockstat <==\\nsockets: used 7\\nTCP: inuse 5 orphan 0 tw 0 alloc 6 mem 1\\n' | section counters@A
}
`;

/** Starts it; `config` is more of sshd_config. */
export async function hostileHost(config: readonly string[] = []): Promise<HostileHost> {
  const dir = mkdtempSync(join(tmpdir(), 'packet-path-hostile-'));
  const file = join(dir, 'host.sh');
  const sshd = await startSshd({ config: [...config, `ForceCommand exec /bin/sh ${file}`] });
  return {
    sshd,
    does: (script) => writeFileSync(file, prelude + script),
    async stop() {
      await sshd.stop();
      rmSync(dir, { recursive: true });
    },
  };
}
