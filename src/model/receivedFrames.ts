import type { Delta, Rates } from './rates.ts';
import type { Nic } from './snapshot.ts';

/** Frames that a NIC received; null when that is not known in both samples. */
export function receivedFrames({ name }: Pick<Nic, 'name'>, { nicStatistics, netDev }: Rates): Delta | null {
  return nicStatistics.get(name)?.get('rx_packets') ?? netDev.get(name)?.get('rx_packets') ?? null;
}
