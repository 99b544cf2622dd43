import type { NicChange } from '../../tuning/change.ts';
import { renderUdev } from '../../tuning/renderUdev.ts';
import type { LinkedHost } from '../service/linkedHost.ts';
import { type Offer, offer } from './completionValues.ts';

/** Whole rules for the NICs of the linked host, as they are set now. */
export function lineOffers(host: LinkedHost | null): Offer[] {
  if (host === null) return [];
  return host.nics
    .filter(({ physical }) => physical)
    .slice(0, 20)
    .flatMap((nic) => {
      const ring = nic.ring.ok ? nic.ring.value.current.rx : null;
      const combined = nic.channels.ok ? nic.channels.value.current.combined : null;
      const common = { nic: nic.name, current: null, atLeast: false };
      return [
        line(
          host,
          ring === null ? null : { ...common, kind: 'ethtool', set: 'ring', name: 'rx', value: String(ring) },
          `RX ring of ${nic.name}`,
          'ring buffer size ethtool -G',
        ),
        line(
          host,
          combined === null
            ? null
            : { ...common, kind: 'ethtool', set: 'channels', name: 'combined', value: String(combined) },
          `queues of ${nic.name}`,
          'channels ethtool -L rss',
        ),
        line(
          host,
          nic.txQueueLen === null
            ? null
            : { ...common, kind: 'device', attribute: 'tx_queue_len', value: String(nic.txQueueLen) },
          `tx_queue_len of ${nic.name}`,
          'txqueuelen',
        ),
        line(
          host,
          { ...common, kind: 'queue', attribute: 'rps_cpus', value: '0' },
          `RPS of ${nic.name}`,
          'receive packet steering rps_cpus mask',
        ),
      ].flat();
    });
}

function line(host: LinkedHost, change: NicChange | null, label: string, words: string): Offer[] {
  if (change === null) return [];
  const rule = renderUdev(change);
  return rule.ok
    ? [offer(label, `rule, as on ${host.label} now`, { kind: 'line', insert: rule.text, words, rank: 50 })]
    : [];
}
