import type { Severity } from '../../../../src/model/severity.ts';
import { type Edit, rebooted, withoutFile } from './edits.ts';

/** A real capture below `test/fixtures`, as it is or with figures of it changed. */
interface Seen {
  /** What it is a case of. */
  readonly what: string;
  readonly capture?: string;
  readonly edits: readonly Edit[];
}

export interface Fires extends Seen {
  readonly severity: Severity;
  readonly title: string | RegExp;
  /** `net.core.somaxconn 128 -> 4096`; not looked at when not given. */
  readonly changes?: readonly string[];
}

/** The rule is checked and finds nothing. */
export type Silent = Seen;

export interface NotChecked extends Seen {
  readonly reason: string | RegExp;
}

export interface RuleCases {
  readonly rule: string;
  /** What its cases are made from where they do not say otherwise. */
  readonly capture: string;
  readonly fires: readonly [Fires, ...Fires[]];
  readonly silent: readonly [Silent, ...Silent[]];
  readonly notChecked: readonly NotChecked[];
}

/** 4 CPUs, Linux 6.1; NICs of 8139cp, e1000e, vmxnet3 (4 queues) and virtio_net; 22.95 s between the samples. */
export const fourDrivers = 'captures/four-drivers.netsnap.gz';
/** 2 CPUs, Linux 6.18, virtio_net with pfifo_fast; connections are tracked; 2.91 s between the samples. */
export const debian13 = 'captures/debian-13.netsnap.gz';

/** A rule on rates after a reboot between the samples. */
export const anotherBoot: NotChecked = {
  what: 'another boot',
  edits: [rebooted],
  reason: /^the host was restarted/,
};

/** A rule on a file that the host does not have. */
export function lacking(path: string): NotChecked {
  return { what: `no ${path}`, edits: [withoutFile(path)], reason: new RegExp(`^${path}: `) };
}
