import type { EthtoolChange, EthtoolSet, FilterChange, QdiscChange } from './change.ts';

const options: Readonly<Record<EthtoolSet, string>> = {
  ring: '-G',
  channels: '-L',
  coalesce: '-C',
  features: '-K',
  pause: '-A',
  rxfh: '-X',
  'rx-flow-hash': '-N',
};

/** The command that makes a change at once, with `nic` for the NIC's name: `ethtool -G eth0 rx 4096`. */
export function nicCommand(change: EthtoolChange | QdiscChange | FilterChange, nic: string): string {
  if (change.kind === 'qdisc') return `tc qdisc replace dev ${nic} root ${change.value}`;
  if (change.kind === 'filter') {
    const { location, value } = change;
    return `ethtool -N ${nic} ${value === 'none' ? `delete ${location}` : `${value} loc ${location}`}`;
  }
  const { set, name, value } = change;
  const flow = set === 'rx-flow-hash' ? 'rx-flow-hash ' : '';
  return `ethtool ${options[set]} ${nic} ${flow}${name} ${value}`;
}
