import type { EthtoolFec } from '../../kernel/ethtool/fec.ts';
import type { EthtoolModule, ModuleDiagnostic, Quantity } from '../../kernel/ethtool/module.ts';
import type { EthtoolPause } from '../../kernel/ethtool/pause.ts';
import type { EthtoolSettings } from '../../kernel/ethtool/settings.ts';
import type { EthtoolTimestamping } from '../../kernel/ethtool/timestamping.ts';
import { type Setting, setting, told, toldOnOff } from './nicSettingRows.ts';

export function linkSettings(link: EthtoolSettings): Setting[] {
  const { supported, advertised, partner } = link;
  const list = (items: readonly string[] | null): string | null => (items === null ? null : items.join(', ') || 'none');
  const can = (words: string | null): string => (words === null || words === 'none' ? '' : `supported: ${words}`);
  const negotiates = supported.autoNegotiation;
  return [
    ...(link.linkDetected === null
      ? []
      : told('Link detected', link.linkDetected ? 'yes' : 'no', link.linkProblem ?? '')),
    link.speed === null
      ? setting('Speed', null, 'the driver knows none: no link, or a virtual device')
      : setting('Speed', `${link.speed} Mbit/s`, can(list(supported.linkModes))),
    ...told('Lanes', link.lanes),
    ...told('Duplex', link.duplex),
    ...toldOnOff('Auto-negotiation', link.autoNegotiation, negotiates === false ? 'not supported' : ''),
    ...told('Advertised modes', list(advertised.linkModes)),
    ...told('Partner’s modes', list(partner.linkModes)),
    ...told('Pause, advertised', advertised.pauseFrameUse, can(supported.pauseFrameUse)),
    ...told('Pause, partner', partner.pauseFrameUse),
    ...told('FEC, advertised', list(advertised.fecModes), can(list(supported.fecModes))),
    ...told('FEC, partner', list(partner.fecModes)),
    ...told('Port', link.port, can(list(link.supportedPorts))),
    ...told('Transceiver', link.transceiver),
    ...told('MDI-X', link.mdiX),
    ...told('Wake-on', link.wakeOn, can(link.supportsWakeOn)),
    ...told('Link down events', link.linkDownEvents),
    ...[...link.other].flatMap(([name, value]) => told(name, value)),
  ];
}

export function pauseSettings(pause: EthtoolPause): Setting[] {
  const came = (negotiated: boolean | null): string =>
    negotiated === null ? '' : `negotiated: ${negotiated ? 'on' : 'off'}`;
  return [
    ...toldOnOff('Autonegotiate', pause.autonegotiate),
    ...toldOnOff('RX', pause.rx, came(pause.negotiatedRx)),
    ...toldOnOff('TX', pause.tx, came(pause.negotiatedTx)),
    ...counted(pause.statistics),
  ];
}

export function fecSettings({ configured, active, statistics }: EthtoolFec): Setting[] {
  return [
    ...told('Active', active === null ? null : active.join(', ') || 'none'),
    ...told('Supported or configured', configured === null ? null : configured.join(', ') || 'none'),
    ...counted(statistics),
  ];
}

function counted(statistics: ReadonlyMap<string, number>): Setting[] {
  return [...statistics].map(([name, count]) => setting(name, String(count), 'since the driver was loaded'));
}

export function timestampSettings(stamping: EthtoolTimestamping): Setting[] {
  const { capabilities, hardwareClock, transmitModes, receiveFilters } = stamping;
  return [
    setting('Hardware clock', hardwareClock === null ? 'none' : `/dev/ptp${hardwareClock}`),
    setting('Capabilities', capabilities.join(', ') || 'none'),
    setting('Hardware, transmit', transmitModes.join(', ') || 'none'),
    setting('Hardware, receive', receiveFilters.join(', ') || 'none'),
  ];
}

/** Measurements first: light and temperature are what a faulty link is explained by. */
export function moduleSettings({ fields, diagnostics }: EthtoolModule): Setting[] {
  return [...diagnostics.map(measurement), ...[...fields].map(([name, texts]) => setting(name, texts.join(', ')))];
}

function measurement({ name, values, flags, thresholds }: ModuleDiagnostic): Setting {
  const raised = [...flags].filter(([, on]) => on).map(([level]) => level);
  const limits = [...thresholds].map(([level, limit]) => `${level} ${quantities(limit)}`);
  const note = [...raised.map((level) => `raised: ${level}`), ...limits].join('; ');
  return setting(name, values.length === 0 ? raised.join(', ') || 'no alarm' : quantities(values), note);
}

function quantities(list: readonly Quantity[]): string {
  return list.map(({ value, unit }) => `${value ?? '-inf'} ${unit}`).join(' / ');
}
