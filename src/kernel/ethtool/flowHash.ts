import type { Parsed, Warning } from '../parsed.ts';
import { eachLine } from '../scan.ts';
import { excerpt, warn } from '../warnings.ts';

/** `ethtool -n DEV rx-flow-hash TYPE`: what of a packet decides its receive queue. */
export interface FlowHash {
  /**
   * The letters that `-N` takes: `s` source address, `d` destination address, `f` source port, `n` destination port,
   * `m` destination MAC address, `v` VLAN tag, `t` protocol, `e` GTP TEID, `l` IPv6 flow label; empty for none.
   */
  readonly fields: string;
  /** All packets of this type are dropped (`r`). */
  readonly discarded: boolean;
  /** Fields that have no letter here, as printed. */
  readonly other: readonly string[];
}

/**
 * The answers for any number of flow types of one device, one after the other: flow type as ethtool's option spells it
 * (`tcp4`, `udp6` ...) to its fields. A type whose name is not known keeps the printed one. Error messages become
 * warnings.
 */
export function parseFlowHash(text: string): Parsed<ReadonlyMap<string, FlowHash>> {
  const warnings: Warning[] = [];
  const value = new Map<string, OpenHash>();
  let open: OpenHash | null = null;
  eachLine(text, (from, end, number) => {
    const line = text.slice(from, end).trim();
    const [, title, discarded] =
      /^(.{1,80}?) flows(?: use these fields for computing Hash flow key:| - (All matching flows discarded on RX))$/.exec(
        line,
      ) ?? [];
    const letter = letters.find(([pattern]) => pattern.test(line))?.[1];
    if (line === '') return;
    if (title !== undefined) {
      open = { fields: '', discarded: discarded !== undefined, other: [] };
      value.set(typeOf(title), open);
    } else if (open === null || line.startsWith('Cannot ')) warn(warnings, number, excerpt(line));
    else if (letter !== undefined) open.fields += letter;
    else if (line !== 'None') open.other.push(line);
  });
  return { value, warnings };
}

type OpenHash = { fields: string; readonly discarded: boolean; readonly other: string[] };

const letters: readonly (readonly [RegExp, string])[] = [
  [/^L2DA$/, 'm'],
  [/^VLAN tag$/, 'v'],
  [/^L3 proto$/, 't'],
  [/^IP SA$/, 's'],
  [/^IP DA$/, 'd'],
  [/^L4 bytes 0 & 1\b/, 'f'],
  [/^L4 bytes 2 & 3\b/, 'n'],
  [/^GTP TEID$/, 'e'],
  [/^IPv6 Flow Label$/i, 'l'],
];

/** `TCP over IPV4` is `tcp4`. */
function typeOf(title: string): string {
  const [, protocol = '', version] =
    /^(TCP|UDP|SCTP|IPSEC AH|IPSEC ESP|IPSEC AH\/ESP) over IPV([46])$/.exec(title) ?? [];
  return version === undefined ? title : protocol.replace('IPSEC ', '').toLowerCase() + version;
}
