import { type ChannelCounts, parseEthtoolChannels } from '../../../src/kernel/ethtool/channels.ts';
import { parseEthtoolCoalesce } from '../../../src/kernel/ethtool/coalesce.ts';
import { parseEthtoolDriver } from '../../../src/kernel/ethtool/driver.ts';
import { parseEthtoolFeatures } from '../../../src/kernel/ethtool/features.ts';
import { type ModuleDiagnostic, parseEthtoolModule } from '../../../src/kernel/ethtool/module.ts';
import { parseEthtoolPause } from '../../../src/kernel/ethtool/pause.ts';
import { parseEthtoolPrivateFlags } from '../../../src/kernel/ethtool/privateFlags.ts';
import { parseEthtoolRing } from '../../../src/kernel/ethtool/ring.ts';
import { type LinkAbilities, parseEthtoolSettings } from '../../../src/kernel/ethtool/settings.ts';
import { parseEthtoolTimestamping } from '../../../src/kernel/ethtool/timestamping.ts';
import type { NormalForm, ToNormalForm } from './normalForms.ts';

/** What `ethtool` says is set, in the peers' common forms. */
export const ethtoolForms: readonly (readonly [string, ToNormalForm])[] = [
  ['ethtool', settings],
  ['ethtool.insights', insights],
  ['ethtool_i', driver],
  ['ethtool_g', ring],
  ['ethtool_l', channels],
  ['ethtool_c', coalesce],
  ['ethtool_k', features],
  ['ethtool_a', pause],
  ['ethtool_T', timestamping],
  ['ethtool_m', module],
  ['ethtool_priv', privateFlags],
];

function settings(text: string): NormalForm {
  const { value, warnings } = parseEthtoolSettings(text);
  const [first] = value;
  if (first === undefined) return { value: {}, warnings };
  const [name, link] = first;
  const { speed, duplex, port, transceiver, supported, advertised, autoNegotiation, linkDetected } = link;
  const golden = {
    SupportedSettings: goAbilities(supported),
    AdvertisedSettings: goAbilities(advertised),
    Settings: {
      Speed: speed === null ? 'Unknown!' : `${speed}Mb/s`,
      SpeedBits: speed === null ? null : speed * 1e6,
      SpeedBytes: speed === null ? null : speed * 125_000,
      Duplex: duplex ?? 'Unknown! (255)',
      Port: port,
      Transceiver: transceiver,
      AutoNegotiation: autoNegotiation,
      LinkDetected: linkDetected,
    },
  };
  const jc = {
    name,
    speed: `${speed}Mb/s`,
    speed_bps: (speed ?? Number.NaN) * 1e6,
    duplex,
    port,
    transceiver,
    link_detected: linkDetected,
    supported_ports: link.supportedPorts,
    supported_link_modes: supported.linkModes,
    advertised_link_modes: advertised.linkModes,
    mdi_x: link.mdiX,
    wake_on: link.wakeOn,
    supports_wake_on: link.supportsWakeOn,
  };
  return { value: { golden, ...jc }, warnings };
}

function goAbilities({ linkModes, pauseFrameUse, fecModes }: LinkAbilities): Record<string, unknown> {
  const fec = fecModes?.filter((mode) => mode !== 'None') ?? [];
  return { LinkModes: linkModes ?? [], PauseFrameUse: pauseFrameUse, FecModes: fec.join(' ') };
}

function insights(text: string): NormalForm {
  const { value, warnings } = parseEthtoolSettings(text);
  const [[name, link] = []] = value;
  const info = {
    ifname: name,
    link_detected: link?.linkDetected,
    speed: [`${link?.speed}Mb/s`],
    supported_link_modes: link?.supported.linkModes,
    advertised_link_modes: link?.advertised.linkModes,
    supported_ports: link?.supportedPorts,
  };
  const named = Object.entries(info).map(([key, field]) => [`ethtool_info.${key}`, field]);
  return { value: { ...Object.fromEntries(named), 'features.data': features(text).value }, warnings };
}

function driver(text: string): NormalForm {
  const { value, warnings } = parseEthtoolDriver(text);
  const { driver: name, version, firmwareVersion, busInfo, supports } = value;
  const supported = Object.fromEntries([...supports].map(([what, yes]) => [`supports-${what}`, yes]));
  const golden = {
    Common: { DriverName: name, DriverVersion: version, FirmwareVersion: firmwareVersion, BusAddress: busInfo },
    Features: {
      EepromAccess: supports.get('eeprom-access'),
      PrivFlags: supports.get('priv-flags'),
      RegisterDump: supports.get('register-dump'),
      Statistics: supports.get('statistics'),
      Test: supports.get('test'),
    },
  };
  const fields = { driver: name, version, 'firmware-version': firmwareVersion, 'bus-info': busInfo };
  return { value: { ...fields, ...supported, golden }, warnings };
}

function ring(text: string): NormalForm {
  const { value, warnings } = parseEthtoolRing(text);
  const [first] = value.values();
  if (first === undefined) return { value: {}, warnings };
  const sizes = ({ rx, rxMini, rxJumbo, tx }: typeof first.maximum) => ({ rx, rx_mini: rxMini, rx_jumbo: rxJumbo, tx });
  return { value: { max: sizes(first.maximum), current: sizes(first.current) }, warnings };
}

function channels(text: string): NormalForm {
  const { value, warnings } = parseEthtoolChannels(text);
  const [first] = value.values();
  const counts = ({ rx, tx, other, combined }: ChannelCounts) => ({ rx, tx, other, combined });
  return {
    value: first === undefined ? {} : { max: counts(first.maximum), current: counts(first.current) },
    warnings,
  };
}

function coalesce(text: string): NormalForm {
  const { value, warnings } = parseEthtoolCoalesce(text);
  const [first] = value.values();
  if (first === undefined) return { value: {}, warnings };
  const adaptive = { 'adaptive-rx': first.adaptiveRx, 'adaptive-tx': first.adaptiveTx };
  return { value: { ...adaptive, ...Object.fromEntries(first.values) }, warnings };
}

function features(text: string): NormalForm {
  const { value, warnings } = parseEthtoolFeatures(text);
  const named = [...value.values()].flat().map(({ name, active, fixed }) => [name, { on: active, fixed }]);
  return { value: Object.fromEntries(named), warnings };
}

function pause(text: string): NormalForm {
  const { value, warnings } = parseEthtoolPause(text);
  const [first] = value.values();
  if (first === undefined) return { value: {}, warnings };
  return { value: { autonegotiate: first.autonegotiate, rx: first.rx, tx: first.tx }, warnings };
}

function timestamping(text: string): NormalForm {
  const { value, warnings } = parseEthtoolTimestamping(text);
  const [first] = value.values();
  if (first === undefined) return { value: {}, warnings };
  const constants = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, first.constants.get(name) ?? null]));
  return {
    value: {
      Capabilities: constants(first.capabilities),
      'PTP Hardware Clock': first.hardwareClock === null ? 'none' : String(first.hardwareClock),
      'Hardware Transmit Timestamp Modes': constants(first.transmitModes),
      'Hardware Receive Filter Modes': constants(first.receiveFilters),
    },
    warnings,
  };
}

function privateFlags(text: string): NormalForm {
  const { value, warnings } = parseEthtoolPrivateFlags(text);
  const [first] = value.values();
  return { value: Object.fromEntries(first ?? []), warnings };
}

const jcUnits = new Map(Object.entries({ 'degrees C': 'celsius', 'degrees F': 'farenheit' }));
const jcName = (printed: string): string =>
  printed
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/_$/, '');

function module(text: string): NormalForm {
  const { value, warnings } = parseEthtoolModule(text);
  const items: Record<string, unknown> = {};
  for (const [name, texts] of value.fields) items[jcName(name)] = texts.length === 1 ? texts[0] : texts;
  for (const { name, values, flags, thresholds } of value.diagnostics) {
    const measured = [
      ['', values] as const,
      ...[...thresholds].map(([level, limit]) => [` ${level} threshold`, limit] as const),
    ];
    for (const [suffix, quantities] of measured) {
      for (const { value: amount, unit } of quantities)
        items[jcName(`${name}${suffix} ${jcUnits.get(unit) ?? unit}`)] = amount;
    }
    for (const [level, raised] of flags) items[jcName(`${name} ${level}`)] = raised ? 'On' : 'Off';
  }
  return { value: { items, golden: goModule(value.fields, value.diagnostics) }, warnings };
}

const goQuantities: readonly (readonly [string, string, string, string])[] = [
  ['Bias', 'BiasMilliAmps', 'Laser bias current', 'Laser bias current'],
  ['OutputPower', 'OutputPowerMilliWatts', 'Laser output power', 'Laser output power'],
  ['InputPower', 'InputPowerMilliWatts', 'Receiver signal average optical power', 'Laser rx power'],
  ['Temperature', 'TemperatureCelsius', 'Module temperature', 'Module temperature'],
  ['Voltage', 'Voltage', 'Module voltage', 'Module voltage'],
];

function goModule(fields: ReadonlyMap<string, readonly string[]>, diagnostics: readonly ModuleDiagnostic[]): unknown {
  const first = (name: string): string | undefined => fields.get(name)?.[0];
  const named = (name: string): ModuleDiagnostic | undefined => diagnostics.find((found) => found.name === name);
  const raised = (kind: string) =>
    Object.fromEntries(
      goQuantities.flatMap(([short, , , flags]) =>
        ['high', 'low'].map((side) => [
          // Its low output power has another name.
          `${short === 'OutputPower' && side === 'low' ? 'Output' : short}${side === 'high' ? 'High' : 'Low'}`,
          named(flags)?.flags.get(`${side} ${kind}`),
        ]),
      ),
    );
  return {
    Vendor: {
      Name: first('Vendor name'),
      OUI: first('Vendor OUI'),
      PartNumber: first('Vendor PN'),
      Revision: first('Vendor rev'),
      SerialNumber: first('Vendor SN'),
    },
    Diagnostics: {
      Values: Object.fromEntries(goQuantities.map(([, key, name]) => [key, named(name)?.values[0]?.value])),
      Alarms: raised('alarm'),
      Warnings: raised('warning'),
    },
  };
}
