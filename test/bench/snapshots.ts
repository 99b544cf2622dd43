import { collectorScript } from '../../src/capture/collectorScript.ts';
import { localTransport } from '../../src/transport/localShell.ts';
import { startSshd } from '../hosts/sshd.ts';
import { inTurn } from './median.ts';
import { report } from './report.ts';
import { openSsh, snapshot, ssh2To } from './sshWays.ts';

/** One sample of this machine, over ssh2 against a local shell, and from nothing against OpenSSH from nothing. */
export async function measureSnapshots(rounds: number): Promise<void> {
  const sshd = await startSshd();
  const warm = ssh2To(sshd);
  try {
    const local = localTransport();
    const ssh = openSsh(['-F', sshd.configFile]);
    const times = await inTurn(rounds, {
      'ssh cold': () => ssh.run(collectorScript),
      'ours cold': async () => {
        const cold = ssh2To(sshd);
        await snapshot(cold);
        cold.close();
      },
      'ours warm': () => snapshot(warm),
      'local sh': () => snapshot(local),
    });
    const line = (what: string, ours: string, other: string, budget: string): void => {
      const [a = Number.NaN, b = Number.NaN] = [times[ours], times[other]];
      report(what, `${a.toFixed(0)} ms`, `${(a / b).toFixed(2)} x ${other} (${b.toFixed(0)} ms)${budget}`);
    };
    line('snapshot (1 sample) warm', 'ours warm', 'local sh', '; budget 1.05 x + a round trip');
    line('snapshot (1 sample) cold', 'ours cold', 'ssh cold', '');
  } finally {
    warm.close();
    await sshd.stop();
  }
}
