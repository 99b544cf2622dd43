import type { FlowRule } from '../kernel/ethtool/flowRules.ts';

/** `TCP over IPv4` as ethtool prints it, to the word that -N takes. */
const flowTypes = new Map([
  ['TCP over IPv4', 'tcp4'],
  ['UDP over IPv4', 'udp4'],
  ['SCTP over IPv4', 'sctp4'],
  ['Raw IPv4', 'ip4'],
  ['TCP over IPv6', 'tcp6'],
  ['UDP over IPv6', 'udp6'],
  ['SCTP over IPv6', 'sctp6'],
  ['Raw IPv6', 'ip6'],
]);

const fieldNames = new Map([
  ['Src IP addr', 'src-ip'],
  ['Dest IP addr', 'dst-ip'],
  ['Src port', 'src-port'],
  ['Dest port', 'dst-port'],
]);

/**
 * A receive rule as the words of `ethtool -N` that make it: `flow-type udp4 dst-port 53 action 2`. Null for one that matches
 * or does anything else than whole addresses and ports to a queue: part of it would be another rule.
 */
export function filterText({ flowType, fields, action, queue, rssContext }: FlowRule): string | null {
  const type = flowTypes.get(flowType ?? '');
  const target = action === 'Drop' ? '-1' : queue === null ? null : String(queue);
  if (type === undefined || target === null || rssContext !== null) return null;
  const words: string[] = [];
  for (const [name, { value, mask }] of fields) {
    const isAny = /^(?:0x0*f+|f+(?::f+)*|255(?:\.255){3})$/i.test(mask);
    if (isAny) continue;
    const field = fieldNames.get(name);
    const isWhole = /^(?:0x0+|0(?:\.0){3}|::|0(?::0)*)$/.test(mask);
    if (field === undefined || !isWhole) return null;
    words.push(field, value);
  }
  return ['flow-type', type, ...words, 'action', target].join(' ');
}
