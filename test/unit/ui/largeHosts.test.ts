import { describe, expect, it } from 'vitest';
import { observe } from '../../../src/capture/observation.ts';
import { viewOf } from '../../../src/ui/panel/viewState.ts';
import { interruptsText, softnetText } from '../../bench/hotTexts.ts';
import { type CaptureSection, captureText, grepOf, tailOf } from '../capture/captureText.ts';

const range = (length: number) => Array.from({ length }, (_, index) => index);
const view = (sections: readonly CaptureSection[]) => viewOf(observe(captureText(sections)), []);

const counters = (name: string, at: number, files: Readonly<Record<string, string>> = {}): CaptureSection => ({
  name,
  at,
  stdout: tailOf({ '/proc/uptime': `${at} 1\n`, ...files }),
});

describe('what the panel is sent of a large host', () => {
  it('names some of ten thousand interfaces, lists the busiest, and counts the rest', () => {
    const names = range(10_000).map((index) => `veth${index}`);
    const links = (times: number) =>
      JSON.stringify(
        names.map((ifname, index) => ({
          ifname,
          stats64: { rx: { packets: index * times, bytes: 0 }, tx: { packets: 0, bytes: 0 } },
        })),
      );
    const sent = view([
      counters('counters@A', 100),
      { name: 'ip-link@A', at: 100, stdout: links(1) },
      {
        name: 'netdev',
        stdout: grepOf(Object.fromEntries(names.map((name) => [`/sys/class/net/${name}/mtu`, '1500']))),
      },
      counters('counters@B', 102),
      { name: 'ip-link@B', at: 102, stdout: links(3) },
    ]);
    const nics = sent.nics.ok ? sent.nics.value : null;
    expect([nics?.nics.length, nics?.others.length, nics?.leftOut]).toEqual([300, 1000, 8700]);
    expect([nics?.nics.at(-1)?.name, nics?.others[0]?.name]).toEqual(['veth9999', 'veth8700']);
    expect(sent.facts.find(({ label }) => label === 'NICs')?.value).toMatch(/^veth0, .*, veth19 and 9980 more$/);
    expect(JSON.stringify(sent).length).toBeLessThan(3_000_000);
  });

  // Reading them alone takes seconds where the machine has other things to do.
  it('lists of fifty thousand listeners those that drop and the fullest', { timeout: 20_000 }, () => {
    const listeners = (drops: number): string =>
      range(50_000)
        .map((index) => {
          const address = `10.0.${index >> 8}.${index & 255}:80`;
          const skmem = `skmem:(r0,rb1,t0,tb1,f0,w0,o0,bl0,d${index === 49_999 ? drops : 0})`;
          return `LISTEN ${index % 2000 === 7 ? 9 : 0} 128 ${address} 0.0.0.0:*\n\t ${skmem}\n`;
        })
        .join('');
    const sent = view([
      counters('counters@A', 100),
      { name: 'listeners@A', at: 100, stdout: listeners(1) },
      counters('counters@B', 102),
      { name: 'listeners@B', at: 102, stdout: listeners(5) },
    ]);
    const rows = sent.listeners.ok ? sent.listeners.value : [];
    expect([rows.length, sent.listenersLeftOut]).toEqual([1000, 49_000]);
    expect(rows.slice(0, 26).map(({ queued }) => queued)).toEqual([...Array(25).fill(9), 0]);
    expect(rows.filter(({ dropsPerSecond }) => (dropsPerSecond ?? 0) > 0)).toMatchObject([
      { address: '10.0.195.79', dropsPerSecond: 2 },
    ]);
  });

  it('holds every CPU of 1,152', () => {
    const files = { '/proc/net/softnet_stat': softnetText(1152), '/proc/interrupts': interruptsText(1152, 40) };
    const sent = view([counters('counters@A', 100, files), counters('counters@B', 102, files)]);
    expect(sent.softnet.ok && sent.softnet.value.rows.length).toBe(1152);
    expect(sent.interrupts.ok && sent.interrupts.value.cpus.length).toBe(1152);
    expect(JSON.stringify(sent).length).toBeLessThan(1_000_000);
  });
});
