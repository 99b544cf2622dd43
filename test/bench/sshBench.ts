import { appendFileSync, readFileSync } from 'node:fs';
import { collectorScript } from '../../src/capture/collectorScript.ts';
import type { Transport } from '../../src/transport/shell.ts';
import { type Sshd, startSshd } from '../hosts/sshd.ts';
import { delayProxy, pingMs } from './delayProxy.ts';
import { inTurn, median } from './median.ts';
import { report } from './report.ts';
import { cold, command, controlMaster, openSsh, sampler, smallScript, snapshot, ssh2To } from './sshWays.ts';

const delayMs = 50;

/** How one of our clients reaches the test server; each is measured against OpenSSH doing the same. */
interface Client {
  readonly name: string;
  open(sshd: Sshd): Transport;
}

const clients: readonly Client[] = [{ name: 'ssh2', open: ssh2To }];

/** Connect, command, snapshot and live sample, each way in turn, on loopback and over 100 ms. */
export async function measureSsh(rounds: number, roundsFar: number): Promise<void> {
  const sshd = await startSshd();
  try {
    const near = await measureOn(sshd, rounds);
    print(near, null, `loopback, median of ${rounds}`);
    const ping = median(await pingMs(delayMs, 5));
    report(`a byte there and back, proxy of ${delayMs} ms each way`, `${ping.toFixed(1)} ms`);
    const proxy = await delayProxy(sshd.port, delayMs);
    try {
      const far = await measureOn(behind(sshd, proxy.port), roundsFar);
      print(far, near, `over ${2 * delayMs} ms, median of ${roundsFar}`);
    } finally {
      proxy.stop();
    }
  } finally {
    await sshd.stop();
  }
}

/** The same server as its client sees it through the proxy. */
function behind(sshd: Sshd, port: number): Sshd {
  appendFileSync(
    sshd.knownHostsFile,
    readFileSync(sshd.knownHostsFile, 'utf8').replaceAll(`:${sshd.port} `, `:${port} `),
  );
  return { ...sshd, port };
}

type Times = Readonly<Record<string, number>>;

async function measureOn(sshd: Sshd, rounds: number): Promise<Times> {
  const options = ['-F', sshd.configFile, '-p', String(sshd.port)];
  const master = controlMaster(`master-${sshd.port}`, sshd.dir, options);
  const ssh = openSsh(options);
  const muxed = openSsh(master.options);
  const theirSampler = muxed.sampler();
  const ours = await Promise.all(
    clients.map(async ({ name, open }) => {
      const warm = open(sshd);
      return { name, warm, samples: await sampler(warm), coldOne: () => open(sshd) };
    }),
  );
  try {
    return await inTurn(rounds, {
      'ssh cold': () => ssh.run(''),
      'ssh command': () => muxed.run(smallScript),
      'ssh snapshot': () => muxed.run(collectorScript),
      'ssh sample': theirSampler.sample,
      ...Object.assign(
        {},
        ...ours.map(({ name, warm, samples, coldOne }) => ({
          [`${name} cold`]: () => cold(coldOne()),
          [`${name} command`]: () => command(warm, smallScript),
          [`${name} snapshot`]: () => snapshot(warm),
          [`${name} sample`]: samples.sample,
        })),
      ),
    });
  } finally {
    theirSampler.close();
    for (const { samples, warm } of ours) {
      samples.close();
      warm.close();
    }
    master.stop();
  }
}

const kinds = [
  ['cold', 'cold connect', 'cold ssh', 'budget 0.4 x'],
  ['command', 'small command, warm', 'ControlMaster', 'budget 0.5 x'],
  ['snapshot', 'snapshot (1 sample), warm', 'ControlMaster', ''],
  ['sample', 'sample, persistent shell', 'the same in ssh', ''],
] as const;

/** `near` is the same without delay: what is more now was spent waiting for round trips. */
function print(times: Times, near: Times | null, where: string): void {
  console.log(`\n${where}`);
  for (const [kind, what, against, budget] of kinds) {
    const theirs = times[`ssh ${kind}`] ?? Number.NaN;
    for (const { name } of clients) {
      const mine = times[`${name} ${kind}`] ?? Number.NaN;
      const trips = (client: string, ms: number): string =>
        near === null ? '' : `; ${((ms - (near[`${client} ${kind}`] ?? Number.NaN)) / (2 * delayMs)).toFixed(1)}`;
      const waited = near === null ? '' : `${trips(name, mine)} round trips to ${trips('ssh', theirs).slice(2)}`;
      const beside = `${(mine / theirs).toFixed(2)} x ${against} (${theirs.toFixed(1)} ms)${waited}`;
      report(`${what}, ${name}`, `${mine.toFixed(1)} ms`, [beside, budget].filter((part) => part !== '').join('; '));
    }
  }
}
