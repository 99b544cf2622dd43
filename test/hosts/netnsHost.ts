import { execFileSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sshd, type SshdOptions, startSshd } from './sshd.ts';

/** A host of its own, as far as the network is concerned: a network namespace with a link, an address and an sshd. */
export interface NetnsHost {
  readonly namespace: string;
  readonly address: string;
  /** The one that runs now. */
  sshd(): Sshd;
  /** Takes the link away: what is sent is not refused, it just does not arrive. */
  cut(): void;
  mend(): void;
  /** Stops its sshd as a reboot would: sessions and all, without a word to those who are connected. */
  kill(): Promise<void>;
  /** The same host again: same address, same keys. */
  start(): Promise<void>;
  /** The command lines of what runs on it, without sshd. */
  processes(): string[];
}

export interface Network {
  /** Makes a host that can be reached from `behind` only, or from this machine where that is not given. */
  host(options?: { readonly behind?: NetnsHost; readonly sshd?: SshdOptions }): Promise<NetnsHost>;
  /** Ends all that runs there and removes it. */
  remove(): Promise<void>;
}

/** Whether namespaces can be made here; tests that need them are skipped otherwise, and say so by their name. */
export const canMakeHosts = namespacesWork();

/** A network of hosts, in a range that RFC 2544 sets aside for tests. */
export function testNetwork(): Network {
  const tag = `pp${randomBytes(3).toString('hex')}`;
  const block = randomInt(0, 256);
  const hosts: NetnsHost[] = [];
  const dirs: string[] = [];
  return {
    async host({ behind, sshd: options = {} } = {}) {
      const number = hosts.length;
      const namespace = `${tag}n${number}`;
      const [near, address] = [1, 2].map((end) => `198.18.${block}.${number * 4 + end}`);
      if (address === undefined) throw new Error('no address');
      const outside = behind === undefined ? [] : ['netns', behind.namespace];
      const at = behind === undefined ? [] : ['-n', behind.namespace];
      const [link, uplink] = [`${tag}v${number}`, 'uplink'];
      ip('netns', 'add', namespace);
      ip('link', 'add', link, ...outside, 'type', 'veth', 'peer', 'name', uplink, 'netns', namespace);
      ip(...at, 'addr', 'add', `${near}/30`, 'dev', link);
      ip(...at, 'link', 'set', link, 'up');
      ip('-n', namespace, 'addr', 'add', `${address}/30`, 'dev', uplink);
      ip('-n', namespace, 'link', 'set', uplink, 'up');
      ip('-n', namespace, 'link', 'set', 'lo', 'up');
      const dir = mkdtempSync(join(tmpdir(), 'packet-path-netns-'));
      dirs.push(dir);
      const start = (): Promise<Sshd> =>
        startSshd({ port: 22, ...options, dir, address, through: ['ip', 'netns', 'exec', namespace] });
      let sshd = await start();
      const host: NetnsHost = {
        namespace,
        address,
        sshd: () => sshd,
        cut: () => ip('-n', namespace, 'link', 'set', uplink, 'down'),
        mend: () => ip('-n', namespace, 'link', 'set', uplink, 'up'),
        async kill() {
          for (const pid of sshd.sessionPids()) killIfThere(pid);
          await sshd.stop();
        },
        async start() {
          sshd = await start();
        },
        processes: () => commandLines(namespace).filter((line) => !line.includes('sshd')),
      };
      hosts.push(host);
      return host;
    },
    async remove() {
      for (const host of hosts.splice(0).reverse()) {
        await host.sshd().stop();
        for (const pid of pidsIn(host.namespace)) killIfThere(pid);
        ip('netns', 'del', host.namespace);
      }
      for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
    },
  };
}

function namespacesWork(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const name = `pp${randomBytes(3).toString('hex')}`;
  try {
    ip('netns', 'add', name);
    ip('netns', 'del', name);
    return true;
  } catch {
    // Root in a container may not.
    return false;
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function pidsIn(namespace: string): number[] {
  const text = execFileSync('ip', ['netns', 'pids', namespace], { encoding: 'utf8' });
  return text.split('\n').filter(Boolean).map(Number);
}

function commandLines(namespace: string): string[] {
  const pids = pidsIn(namespace);
  if (pids.length === 0) return [];
  const rows = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return rows
    .map((row) => /^\s*(\d+) (.*)$/.exec(row))
    .filter((match) => match !== null && pids.includes(Number(match[1])))
    .map((match) => match?.[2] ?? '');
}

/** It may have gone by itself since it was listed. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
