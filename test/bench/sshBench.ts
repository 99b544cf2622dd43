import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { collectorScript } from '../../src/capture/collectorScript.ts';
import { localTransport } from '../../src/transport/localShell.ts';
import type { Transport } from '../../src/transport/shell.ts';
import { type Sshd, startSshd } from '../hosts/sshd.ts';
import { delayProxy, pingMs } from './delayProxy.ts';
import { inTurn, median } from './median.ts';
import { report } from './report.ts';
import {
  cold,
  command,
  controlMaster,
  openSsh,
  sampler,
  smallScript,
  snapshot,
  ssh2To,
  systemSshTo,
} from './sshWays.ts';

const delayMs = 50;

/** How one of our clients reaches the test server; each is measured against OpenSSH doing the same. */
interface Client {
  readonly name: string;
  /** Whether the budgets are meant for it. */
  readonly hasBudget: boolean;
  /** Resolves to what makes a transport that is not connected yet. */
  prepare(sshd: Sshd): Promise<() => Transport>;
}

const clients: readonly Client[] = [
  { name: 'ssh2', hasBudget: true, prepare: async (sshd) => () => ssh2To(sshd) },
  { name: 'system ssh', hasBudget: false, prepare: systemSshTo },
];

/** Connect, command, snapshot and live sample, each way in turn, on loopback and over 100 ms: a round there takes 8 s. */
export async function measureSsh(rounds: number): Promise<void> {
  const sshd = await startSshd();
  try {
    const near = await measureOn(sshd, rounds);
    print(near, null, `loopback, median of ${rounds}`);
    const ping = median(await pingMs(delayMs, 5));
    report(`a byte there and back, proxy of ${delayMs} ms each way`, `${ping.toFixed(1)} ms`);
    const proxy = await delayProxy(sshd.port, delayMs);
    try {
      const far = await measureOn(behind(sshd, proxy.port), rounds);
      print(far, near, `over ${2 * delayMs} ms, median of ${rounds}`);
    } finally {
      proxy.stop();
    }
  } finally {
    await sshd.stop();
  }
}

/** The same server as its client sees it through the proxy. */
function behind(sshd: Sshd, port: number): Sshd {
  const knownHosts = readFileSync(sshd.knownHostsFile, 'utf8').replaceAll(`:${sshd.port} `, `:${port} `);
  appendFileSync(sshd.knownHostsFile, knownHosts);
  const configFile = `${sshd.configFile}-far`;
  writeFileSync(configFile, readFileSync(sshd.configFile, 'utf8').replace(`Port ${sshd.port}`, `Port ${port}`));
  return { ...sshd, port, configFile };
}

type Times = Readonly<Record<string, number>>;

async function measureOn(sshd: Sshd, rounds: number): Promise<Times> {
  const options = ['-F', sshd.configFile];
  const master = controlMaster(`master-${sshd.port}`, sshd.dir, options);
  const ssh = openSsh(options);
  const muxed = openSsh(master.options);
  const theirSampler = muxed.sampler();
  const local = localTransport();
  const ours = await Promise.all(
    clients.map(async ({ name, prepare }) => {
      const open = await prepare(sshd);
      const warm = open();
      return { name, warm, samples: await sampler(warm), open };
    }),
  );
  try {
    return await inTurn(rounds, {
      'ssh cold': () => ssh.run(''),
      'ssh command': () => muxed.run(smallScript),
      'ssh snapshot': () => muxed.run(collectorScript),
      'ssh sample': theirSampler.sample,
      'local snapshot': () => snapshot(local),
      ...Object.assign(
        {},
        ...ours.map(({ name, warm, samples, open }) => ({
          [`${name} cold`]: () => cold(open()),
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
  ['cold', 'cold connect', 'cold ssh', ['budget 0.4 x']],
  ['command', 'small command, warm', 'ControlMaster', ['budget 0.5 x']],
  ['snapshot', 'snapshot (1 sample), warm', 'ControlMaster', ['budget 1.05 x local sh + a round trip']],
  ['sample', 'sample, persistent shell', 'the same in ssh', []],
] as const;

/** `near` is the same without delay: what is more now was spent waiting for round trips. */
function print(times: Times, near: Times | null, where: string): void {
  console.log(`\n${where}`);
  for (const [kind, what, against, budget] of kinds) {
    const trips = (client: string): string => {
      const waitedMs = timeOf(times, client, kind) - timeOf(near ?? {}, client, kind);
      return (waitedMs / (2 * delayMs)).toFixed(1);
    };
    const theirs = timeOf(times, 'ssh', kind);
    for (const { name, hasBudget } of clients) {
      const mine = timeOf(times, name, kind);
      const beside = [`${(mine / theirs).toFixed(2)} x ${against} (${theirs.toFixed(1)} ms)`];
      // How long the collector runs varies more than a round trip takes.
      if (near !== null && kind !== 'snapshot') beside.push(`${trips(name)} round trips to ${trips('ssh')}`);
      if (kind === 'snapshot') beside.push(besideLocal(mine, timeOf(times, 'local', kind), near !== null));
      report(`${what}, ${name}`, `${mine.toFixed(1)} ms`, [...beside, ...(hasBudget ? budget : [])].join('; '));
    }
  }
}

/** The same script run by this machine's own shell: what the way to the host adds. */
function besideLocal(mine: number, local: number, isFar: boolean): string {
  const ratio = `${(mine / local).toFixed(2)} x local sh (${local.toFixed(1)} ms)`;
  return isFar ? `${ratio}, which it takes and ${((mine - local) / (2 * delayMs)).toFixed(1)} round trips` : ratio;
}

function timeOf(times: Times, client: string, kind: string): number {
  return times[`${client} ${kind}`] ?? Number.NaN;
}
