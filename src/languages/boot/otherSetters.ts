import type { ConfigLine, OtherSetter, TunedConfig, UdevSetting } from '../../model/bootConfig.ts';
import { parseSysctlLine } from '../sysctl/sysctlConf.ts';
import { normalizeKey } from '../sysctl/sysctlKey.ts';
import type { ConfigText } from './configFiles.ts';
import { plainTunedValue } from './tunedProfile.ts';

/** A key and something beside the sysctl files that sets it. */
export type KeySetter = OtherSetter & { readonly key: string };

/** Programs that set keys by themselves while they run, as each one's documentation says. `names` as in /proc/PID/comm. */
const knownSetters: readonly {
  readonly who: OtherSetter['who'];
  readonly names: readonly string[];
  readonly keys: readonly string[];
  readonly why: string;
}[] = [
  {
    who: 'kube-proxy',
    names: ['kube-proxy', 'kubelet'],
    keys: [
      'net.netfilter.nf_conntrack_max',
      'net.nf_conntrack_max',
      'net.netfilter.nf_conntrack_tcp_timeout_established',
      'net.netfilter.nf_conntrack_tcp_timeout_close_wait',
    ],
    why: 'kube-proxy sets conntrack sizes and timeouts from its own configuration (--conntrack-max-per-core)',
  },
  {
    who: 'container runtime',
    names: ['dockerd', 'containerd'],
    keys: [
      'net.ipv4.ip_forward',
      'net.ipv4.conf.all.forwarding',
      'net.ipv6.conf.all.forwarding',
      'net.bridge.bridge-nf-call-iptables',
    ],
    why: 'a container runtime turns forwarding on for the networks it makes',
  },
  {
    who: 'libvirt',
    names: ['libvirtd', 'virtnetworkd'],
    keys: ['net.ipv4.ip_forward', 'net.ipv4.conf.all.forwarding'],
    why: 'libvirt turns forwarding on for its routed and NAT networks',
  },
];

/** By the names of the programs that run. */
export function programSetters(running: ReadonlySet<string>): KeySetter[] {
  return knownSetters
    .filter(({ names }) => names.some((name) => running.has(name)))
    .flatMap(({ who, keys, why }) => keys.map((key) => ({ key, who, value: null, at: null, why })));
}

/** [sysctl] of the active tuned profile. */
export function tunedSetters(tuned: TunedConfig): KeySetter[] {
  const after = tuned.reapplySysctl
    ? 'tuned sets it when it starts, and then applies the sysctl files again (reapply_sysctl)'
    : 'tuned sets it when it starts, over the sysctl files (reapply_sysctl is off)';
  return [...tuned.sysctl].map(([key, value]) => ({
    key,
    who: 'tuned',
    value: plainTunedValue(value),
    at: value,
    why: tuned.running === false ? `${after}; it does not run now` : after,
  }));
}

/** /etc/ufw/sysctl.conf, or what IPT_SYSCTL of /etc/default/ufw names, of a host where ufw is enabled. */
export function ufwSetters(file: ConfigText): KeySetter[] {
  return file.lines.flatMap(({ line, text }) => {
    const read = parseSysctlLine(text, line - 1);
    if (read.kind !== 'assignment') return [];
    const why = 'ufw is enabled and sets it when it starts, whatever the sysctl files say';
    return [{ key: read.key, who: 'ufw' as const, value: read.value, at: { path: file.path, line, text }, why }];
  });
}

/** `SYSCTL{net/ipv4/tcp_retries2}="9"` of udev rules. */
export function udevSetters(settings: readonly UdevSetting[]): KeySetter[] {
  return settings.flatMap(({ what, value, path, line, text }) => {
    const [, name] = /^SYSCTL\{(.+)\}$/.exec(what) ?? [];
    if (name === undefined) return [];
    const why = 'a udev rule sets it when the device it is for appears';
    return [
      {
        key: normalizeKey(name),
        who: 'udev' as const,
        value: /[$%]/.test(value) ? null : value,
        at: { path, line, text },
        why,
      },
    ];
  });
}

/** `sysctl.net.core.somaxconn=8192` on the kernel's command line (Linux 5.8): set before any file is read. */
export function commandLineSetters(lines: readonly ConfigLine[]): KeySetter[] {
  return lines.flatMap((at) => {
    const [, key, value] = /^sysctl[./]([^=]+)=(.*)$/.exec(at.text) ?? [];
    if (key === undefined || value === undefined) return [];
    const why = 'the kernel sets it from its command line before any file is read';
    return [{ key: normalizeKey(key), who: 'kernel command line' as const, value, at, why }];
  });
}

const sysctlCommand = /\bsysctl\b[^;&|#=]*?\s(["']?)([a-z][a-z0-9_./*-]{3,100})\s?=\s?(.{0,200})/;
const echoCommand = /\becho\s+(["']?)([^"'>;|&]{1,100}?)\1\s*>\s*["']?\/proc\/sys\/([A-Za-z0-9_./-]{3,100})/;

/** `sysctl -w key=value` and `echo value > /proc/sys/...` in scripts and units that may be run at boot: the first of each in a line. */
export function scriptSetters(lines: readonly ConfigLine[]): KeySetter[] {
  return lines.flatMap((at) => {
    const [, quote = '', key, rest = ''] = sysctlCommand.exec(at.text) ?? [];
    const [, , echoed = '', path] = echoCommand.exec(at.text) ?? [];
    return [
      ...(key === undefined ? [] : [{ key: normalizeKey(key), value: shellWord(rest, quote) }]),
      ...(path === undefined ? [] : [{ key: normalizeKey(path), value: echoed.trim() }]),
    ].map(({ key: name, value }) => ({
      key: name,
      who: 'script' as const,
      value: /[$`]/.test(value) ? null : value,
      at,
      why: 'this line sets it whenever the script or unit is run',
    }));
  });
}

/** What follows `key=`: to the quote that was opened before the key, or that opens here, else to the next blank. */
function shellWord(rest: string, quote: string): string {
  const opened = quote || (/^["']/.exec(rest)?.[0] ?? '');
  const text = quote === '' && opened !== '' ? rest.slice(1) : rest;
  const end = text.search(opened === '' ? /[\s;&|#"']/ : new RegExp(opened));
  return (end < 0 ? text : text.slice(0, end)).trim();
}
