import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreementsOn } from '../agree/host.ts';
import { agreementWithSar } from '../agree/sar.ts';
import { canMakeHosts, type NetnsHost, type Network, testNetwork } from './netnsHost.ts';

const differences = (inside: readonly string[]): string[] =>
  agreementsOn(inside).flatMap(({ tool, differ }) => differ.map((text) => `${tool}: ${text}`));

describe('every figure of a snapshot is what the host’s own tool shows', () => {
  it('on this machine', () => {
    const agreements = agreementsOn([]);
    expect(agreements.flatMap(({ tool, differ }) => differ.map((text) => `${tool}: ${text}`))).toEqual([]);
    expect(agreements.flatMap(({ tool, lacking }) => lacking.map((name) => `${tool}: ${name}`))).toEqual([]);
    const compared = agreements.filter(({ agree }) => agree > 0).map(({ tool }) => tool);
    expect(compared).toEqual(expect.arrayContaining(['softnet_stat', '/proc/interrupts', 'statistics', 'ss -ltn']));
  });

  describe.runIf(canMakeHosts)('on a host of its own under load (needs root)', () => {
    let network: Network;
    let host: NetnsHost;
    let inside: readonly string[];
    let load: ReturnType<typeof datagrams>;

    beforeAll(async () => {
      network = testNetwork();
      host = await network.host();
      inside = ['ip', 'netns', 'exec', host.namespace];
      load = datagrams(inside);
      await once(load.stdout, 'data');
    });
    afterAll(async () => {
      load.kill();
      await network.remove();
    });

    it('counters and settings', () => {
      expect(differences(inside)).toEqual([]);
    });

    it.runIf(spawnSync('sar', ['-V']).error === undefined)('rates, beside sar (needs sysstat)', async () => {
      const { agree, differ } = await agreementWithSar(inside, 4, 0.15);
      expect(differ).toEqual([]);
      expect(agree).toBeGreaterThan(20);
    });
  });
});

/** A hundred datagrams a second to a port of 127.0.0.1 that nobody has: Ip, Udp, Icmp and lo count them. Ends after a minute. */
function datagrams(inside: readonly string[]) {
  const script = `
    const socket = require('node:dgram').createSocket('udp4').on('error', () => undefined);
    setInterval(() => { for (let n = 0; n < 10; n++) socket.send('x', 9, '127.0.0.1'); }, 100);
    setTimeout(() => process.exit(), 60_000);
    process.stdout.write('sending');`;
  const [program = process.execPath, ...args] = [...inside, process.execPath, '-e', script];
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}
