import { readSnapshot } from '../../../src/capture/readSnapshot.ts';
import type { DocumentContext } from '../../../src/languages/service/languageService.ts';
import { linkedHost } from '../../../src/languages/service/linkedHost.ts';
import { captureOf } from '../diagnosis/cases/edits.ts';

/** A real VM: eth0 e1000, eth1 e1000e, eth2 vmxnet3, eth3 virtio_net; 8 CPUs, Linux 6.1, Debian 12. */
export const vm = linkedHost('vm', readSnapshot(captureOf('captures/vm-8cpu.netsnap')), []);

/** A file at a place of that host. */
export function onVm(path: string | null): DocumentContext {
  return { path, siblings: [], host: vm };
}

/** A file at a place of no host that is known. */
export function alone(path: string | null): DocumentContext {
  return { path, siblings: [], host: null };
}
