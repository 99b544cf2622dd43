import type { Parsed, Warning } from '../parsed.ts';
import { decimal } from '../scan.ts';
import { excerpt, warn } from '../warnings.ts';
import { type BlockLine, ethtoolBlocks } from './blocks.ts';
import { booleanOf, isJson, type JsonDevice, numberOf, printedOf, readJson, stringOf, wordsOf } from './json.ts';
import { onOff, words, yesNo } from './words.ts';

/** `ethtool DEV` without an option: the link. What is not printed, `Not reported` or `Unknown!` is null. */
export interface EthtoolSettings {
  /** `TP`, `FIBRE`, `Backplane` ...; empty when the brackets are. */
  readonly supportedPorts: readonly string[] | null;
  readonly supported: LinkAbilities;
  readonly advertised: LinkAbilities;
  readonly partner: LinkAbilities;
  /** Mbit/s. */
  readonly speed: number | null;
  readonly lanes: number | null;
  /** `Full`, `Half` */
  readonly duplex: string | null;
  readonly autoNegotiation: boolean | null;
  /** `Twisted Pair`, `FIBRE`, `Direct Attach Copper` ... */
  readonly port: string | null;
  /** `internal`, `external` */
  readonly transceiver: string | null;
  readonly mdiX: string | null;
  /** Letters of `-s wol`: p u m b a g s f, d for none. Only root is told. */
  readonly supportsWakeOn: string | null;
  readonly wakeOn: string | null;
  readonly linkDetected: boolean | null;
  /** Why there is no link, where the driver knows: `No cable`, `Autoneg, No partner detected`. */
  readonly linkProblem: string | null;
  /** How often the link went down since the driver was loaded (kernel 6.3 and later, some drivers). */
  readonly linkDownEvents: number | null;
  /** Every other line, as printed. */
  readonly other: ReadonlyMap<string, string>;
}

/** What a side of the link can do or says it can. */
export interface LinkAbilities {
  /** `1000baseT/Full` ... in the order printed. */
  readonly linkModes: readonly string[] | null;
  /** `Symmetric Receive-only`, `No` ... */
  readonly pauseFrameUse: string | null;
  readonly autoNegotiation: boolean | null;
  /** `None`, `BaseR`, `RS`, `LLRS` */
  readonly fecModes: readonly string[] | null;
}

/**
 * `ethtool DEV` or `ethtool '*'`, or `--json` (6.10 and later): device to its link. A wildcard call prints one block a device for each thing it asks
 * the kernel, so several blocks of one device are read as one. A device that says nothing is absent.
 */
export function parseEthtoolSettings(text: string): Parsed<ReadonlyMap<string, EthtoolSettings>> {
  if (isJson(text)) return readJson(text, settingsOfJson);
  const warnings: Warning[] = [];
  const devices = new Map<string, Map<string, BlockLine>>();
  for (const { device, lines } of ethtoolBlocks(text, /^Settings for (\S+):$/, warnings)) {
    const found = devices.get(device) ?? new Map<string, BlockLine>();
    for (const line of joined(lines)) if (!found.has(line.key)) found.set(line.key, line);
    devices.set(device, found);
  }
  return { value: new Map([...devices].map(([device, lines]) => [device, settingsOf(lines, warnings)])), warnings };
}

/** Lists of link modes go on in lines without a colon. */
function joined(lines: readonly BlockLine[]): BlockLine[] {
  const whole: { readonly line: BlockLine; readonly parts: string[] }[] = [];
  for (const line of lines) {
    const before = whole.at(-1);
    if (before === undefined || line.text.includes(':')) whole.push({ line, parts: [line.value] });
    else before.parts.push(line.text);
  }
  return whole.map(({ line, parts }) => (parts.length === 1 ? line : { ...line, value: parts.join(' ').trim() }));
}

function settingsOf(lines: Map<string, BlockLine>, warnings: Warning[]): EthtoolSettings {
  /** Each line is taken once; what is left at the end nobody knows. */
  const take = (key: string): string | null => {
    const value = lines.get(key)?.value ?? null;
    lines.delete(key);
    return value === null || value === '' || value === 'Not reported' || value.startsWith('Unknown!') ? null : value;
  };
  const number = (key: string, unit = ''): number | null => {
    const line = lines.get(key)?.line ?? 0;
    const value = take(key);
    if (value === null) return null;
    const digits = value.endsWith(unit) ? value.length - unit.length : value.length;
    const parsed = decimal(value, 0, digits);
    if (!Number.isNaN(parsed)) return parsed;
    warn(warnings, line, `not a number: ${excerpt(value)}`);
    return null;
  };
  const abilities = (side: string, negotiates: string): LinkAbilities => ({
    linkModes: words(take(`${side} link modes`)),
    pauseFrameUse: take(`${side} pause frame use`),
    autoNegotiation: yesNo(take(negotiates)),
    fecModes: words(take(`${side} FEC modes`)),
  });
  const ports = take('Supported ports');
  const [, detected = null, problem = null] = /^(yes|no)(?: \((.*)\))?$/.exec(take('Link detected') ?? '') ?? [];
  const settings = {
    supportedPorts: ports === null ? null : words(ports.replace(/^\[|\]$/g, '')),
    supported: abilities('Supported', 'Supports auto-negotiation'),
    advertised: abilities('Advertised', 'Advertised auto-negotiation'),
    partner: abilities('Link partner advertised', 'Link partner advertised auto-negotiation'),
    speed: number('Speed', 'Mb/s'),
    lanes: number('Lanes'),
    duplex: take('Duplex'),
    autoNegotiation: onOff(take('Auto-negotiation')),
    port: take('Port'),
    transceiver: take('Transceiver'),
    mdiX: take('MDI-X'),
    supportsWakeOn: take('Supports Wake-on'),
    wakeOn: take('Wake-on'),
    linkDetected: yesNo(detected),
    linkProblem: problem,
    linkDownEvents: number('Link Down Events'),
  };
  return { ...settings, other: new Map([...lines].map(([key, { value }]) => [key, value])) };
}

/** Fields that are not known are left out of the JSON; a list is empty where the text says `Not reported`. */
function settingsOfJson(device: JsonDevice): EthtoolSettings {
  const left = new Map(Object.entries(device));
  left.delete('ifname');
  const take = (name: string): unknown => {
    const value = left.get(name);
    left.delete(name);
    return value;
  };
  const reported = (value: unknown): readonly string[] | null => {
    const list = wordsOf(value);
    return list === null || list.length === 0 ? null : list;
  };
  const abilities = (side: string, negotiates: string): LinkAbilities => ({
    linkModes: reported(take(`${side}-link-modes`)),
    pauseFrameUse: stringOf(take(`${side}-pause-frame-use`)),
    autoNegotiation: booleanOf(take(negotiates)),
    fecModes: reported(take(`${side}-fec-modes`)),
  });
  const settings = {
    supportedPorts: wordsOf(take('supported-ports')),
    supported: abilities('supported', 'supports-auto-negotiation'),
    advertised: abilities('advertised', 'advertised-auto-negotiation'),
    partner: abilities('link-partner-advertised', 'link-partner-advertised-auto-negotiation'),
    speed: numberOf(take('speed')),
    lanes: numberOf(take('lanes')),
    duplex: stringOf(take('duplex')),
    autoNegotiation: booleanOf(take('auto-negotiation')),
    port: stringOf(take('port')),
    transceiver: stringOf(take('transceiver')),
    mdiX: mdiXOfJson(take('mdi-x'), take('mdi-x-forced'), take('mdi-x-auto')),
    supportsWakeOn: stringOf(take('supports-wake-on')),
    wakeOn: stringOf(take('wake-on')),
    linkDetected: booleanOf(take('link-detected')),
    linkProblem: null,
    linkDownEvents: numberOf(take('link-down-events')),
  };
  return { ...settings, other: new Map([...left].map(([name, value]) => [name, printedOf(value)])) };
}

/** In the words of the text: `off (auto)`, `on (forced)`. */
function mdiXOfJson(crossed: unknown, forced: unknown, automatic: unknown): string | null {
  if (crossed === undefined) return null;
  return printedOf(crossed) + (forced === true ? ' (forced)' : automatic === true ? ' (auto)' : '');
}
