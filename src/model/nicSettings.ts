import type { EthtoolChannels } from '../kernel/ethtool/channels.ts';
import type { EthtoolCoalesce } from '../kernel/ethtool/coalesce.ts';
import type { EthtoolDriver } from '../kernel/ethtool/driver.ts';
import type { EthtoolFeature } from '../kernel/ethtool/features.ts';
import type { EthtoolFec } from '../kernel/ethtool/fec.ts';
import type { FlowHash } from '../kernel/ethtool/flowHash.ts';
import type { EthtoolFlowRules } from '../kernel/ethtool/flowRules.ts';
import type { EthtoolModule } from '../kernel/ethtool/module.ts';
import type { EthtoolPause } from '../kernel/ethtool/pause.ts';
import type { EthtoolRing } from '../kernel/ethtool/ring.ts';
import type { EthtoolRss } from '../kernel/ethtool/rss.ts';
import type { EthtoolSettings } from '../kernel/ethtool/settings.ts';
import type { EthtoolTimestamping } from '../kernel/ethtool/timestamping.ts';
import type { Reading } from './reading.ts';

/** What `ethtool` says is set on one NIC, each part with its own reason where it is missing. */
export interface NicSettings {
  readonly driverInfo: Reading<EthtoolDriver>;
  /** `ethtool DEV`: speed, negotiation, link modes, wake-on. */
  readonly link: Reading<EthtoolSettings>;
  readonly ring: Reading<EthtoolRing>;
  readonly channels: Reading<EthtoolChannels>;
  readonly coalesce: Reading<EthtoolCoalesce>;
  readonly features: Reading<readonly EthtoolFeature[]>;
  readonly pause: Reading<EthtoolPause>;
  readonly fec: Reading<EthtoolFec>;
  readonly rss: Reading<EthtoolRss>;
  /** Flow type (`tcp4`, `udp6` ...) to the fields its packets are hashed by; a type that is absent was refused. */
  readonly flowHash: Reading<ReadonlyMap<string, FlowHash>>;
  readonly flowRules: Reading<EthtoolFlowRules>;
  readonly timestamping: Reading<EthtoolTimestamping>;
  readonly privateFlags: Reading<ReadonlyMap<string, boolean>>;
  /** The pluggable module; only in captures made elsewhere: the collector does not ask for it. */
  readonly module: Reading<EthtoolModule>;
}
