import { parseEthtoolChannels } from '../kernel/ethtool/channels.ts';
import { parseEthtoolCoalesce } from '../kernel/ethtool/coalesce.ts';
import { parseEthtoolDriver } from '../kernel/ethtool/driver.ts';
import { parseEthtoolFeatures } from '../kernel/ethtool/features.ts';
import { parseEthtoolFec } from '../kernel/ethtool/fec.ts';
import { parseFlowHash } from '../kernel/ethtool/flowHash.ts';
import { parseFlowRules } from '../kernel/ethtool/flowRules.ts';
import { parseEthtoolModule } from '../kernel/ethtool/module.ts';
import { parseEthtoolPause } from '../kernel/ethtool/pause.ts';
import { parseEthtoolPrivateFlags } from '../kernel/ethtool/privateFlags.ts';
import { parseEthtoolRing } from '../kernel/ethtool/ring.ts';
import { parseEthtoolRss } from '../kernel/ethtool/rss.ts';
import { parseEthtoolSettings } from '../kernel/ethtool/settings.ts';
import { parseEthtoolTimestamping } from '../kernel/ethtool/timestamping.ts';
import type { Parsed } from '../kernel/parsed.ts';
import type { NicSettings } from '../model/nicSettings.ts';
import { missing, type Reading } from '../model/reading.ts';
import type { Sections } from './sections.ts';

/** Reads what ethtool said of each NIC; `physical`: a device stands behind it, so the collector asked for all there is. */
export function nicSettingsReader(sections: Sections): (nic: string, physical: boolean) => NicSettings {
  const link = perNic(sections, 'ethtool', '', parseEthtoolSettings);
  const ring = perNic(sections, 'ethtool-g', '-g', parseEthtoolRing);
  const channels = perNic(sections, 'ethtool-l', '-l', parseEthtoolChannels);
  const coalesce = perNic(sections, 'ethtool-c', '-c', parseEthtoolCoalesce);
  const features = perNic(sections, 'ethtool-k', '-k', parseEthtoolFeatures);
  const pause = perNic(sections, 'ethtool-a', '-a', parseEthtoolPause);
  const fec = perNic(sections, 'ethtool-show-fec', '--show-fec', parseEthtoolFec);
  const timestamping = perNic(sections, 'ethtool-T', '-T', parseEthtoolTimestamping);
  const privateFlags = perNic(sections, 'ethtool-show-priv-flags', '--show-priv-flags', parseEthtoolPrivateFlags);
  const rss = perNic(sections, 'ethtool-x', '-x', parseEthtoolRss);
  return (nic, physical) => {
    const own = <T>(section: string, source: string, parse: (text: string) => Parsed<T>): Reading<T> => {
      if (sections.get(`${section} ${nic}`) !== undefined) return sections.tool(`${section} ${nic}`, source, parse);
      if (!physical) return notPhysical(source);
      return hasNoEthtool(sections) ? noEthtool(source) : sections.tool(`${section} ${nic}`, source, parse);
    };
    return {
      driverInfo: own('ethtool-i', `ethtool -i ${nic}`, parseEthtoolDriver),
      link: link(nic, physical),
      ring: ring(nic, physical),
      channels: channels(nic, physical),
      coalesce: coalesce(nic, physical),
      features: features(nic, physical),
      pause: pause(nic, physical),
      fec: fec(nic, physical),
      rss: rss(nic, physical),
      flowHash: own('ethtool-n-hash', `ethtool -n ${nic} rx-flow-hash ...`, parseFlowHash),
      flowRules: own('ethtool-n', `ethtool -n ${nic}`, parseFlowRules),
      timestamping: timestamping(nic, physical),
      privateFlags: privateFlags(nic, physical),
      module:
        physical && sections.get(`ethtool-m ${nic}`) === undefined
          ? moduleNotAsked(`ethtool -m ${nic}`)
          : own('ethtool-m', `ethtool -m ${nic}`, parseEthtoolModule),
    };
  };
}

function hasNoEthtool(sections: Sections): boolean {
  return sections.get('ethtool-version')?.status === 127;
}

function noEthtool(source: string): Reading<never> {
  return missing(source, 'no-tool', 'the host has no ethtool');
}

function notPhysical(source: string): Reading<never> {
  return missing(source, 'skipped', 'not asked: no device behind this interface');
}

function moduleNotAsked(source: string): Reading<never> {
  const because = "it needs root, and the kernel holds its lock on all interfaces while the module's slow bus answers";
  return missing(source, 'skipped', `not asked: ${because}`);
}

/** One ethtool question for every NIC: from the section of all NICs, else from the section of its own. */
function perNic<T>(
  sections: Sections,
  section: string,
  option: string,
  parse: (text: string) => Parsed<ReadonlyMap<string, T>>,
): (nic: string, physical: boolean) => Reading<T> {
  const command = `ethtool ${option}`.trimEnd();
  const all = sections.tool(section, `${command} '*'`, parse);
  return (nic, physical) => {
    const source = `${command} ${nic}`;
    const shared = all.ok ? all.value.get(nic) : undefined;
    if (all.ok && shared !== undefined) return { ...all, value: shared, source };
    const own = sections.tool(`${section} ${nic}`, source, parse);
    if (own.ok) {
      const value = own.value.get(nic);
      return value === undefined
        ? missing(source, 'unparsed', 'ethtool answered in a form that is not known')
        : { ...own, value };
    }
    if (sections.get(`${section} ${nic}`) !== undefined) return own;
    if (hasNoEthtool(sections)) return noEthtool(source);
    if (all.ok) return missing(source, 'failed', 'the driver does not support it');
    return physical ? { ...all, source } : notPhysical(source);
  };
}
