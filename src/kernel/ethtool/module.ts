import type { Parsed, Warning } from '../parsed.ts';
import { eachLine, findCode } from '../scan.ts';
import { excerpt, warn } from '../warnings.ts';

/** `ethtool -m`: what a pluggable module (SFP, QSFP, CMIS) says of itself. */
export interface EthtoolModule {
  /** Every line that is no diagnostic, in order, as printed; a name that repeats (`Transceiver type`) has several texts. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly diagnostics: readonly ModuleDiagnostic[];
}

/** One quantity that the module measures or watches. */
export interface ModuleDiagnostic {
  /** As printed: `Laser bias current`, `Rcvr signal avg optical power(Channel 1)`. */
  readonly name: string;
  /** The same quantity in one or more units (`0.8183 mW / -0.87 dBm`); empty where only limits or flags are printed. */
  readonly values: readonly Quantity[];
  /** `high alarm`, `low alarm`, `high warning`, `low warning` to whether it is raised. */
  readonly flags: ReadonlyMap<string, boolean>;
  /** The same names to the limits. */
  readonly thresholds: ReadonlyMap<string, readonly Quantity[]>;
}

export interface Quantity {
  /** null for `-inf dBm`, no light at all. */
  readonly value: number | null;
  /** `mA`, `mW`, `dBm`, `V`, `degrees C`, `degrees F` */
  readonly unit: string;
}

interface OpenDiagnostic {
  readonly name: string;
  values: readonly Quantity[];
  readonly flags: Map<string, boolean>;
  readonly thresholds: Map<string, readonly Quantity[]>;
}

/** `ethtool -m DEV` (root only). The text does not name its device. */
export function parseEthtoolModule(text: string): Parsed<EthtoolModule> {
  const warnings: Warning[] = [];
  const fields = new Map<string, string[]>();
  const diagnostics = new Map<string, OpenDiagnostic>();
  const diagnostic = (name: string): OpenDiagnostic => {
    const found = diagnostics.get(name) ?? { name, values: [], flags: new Map(), thresholds: new Map() };
    diagnostics.set(name, found);
    return found;
  };
  eachLine(text, (from, end, number) => {
    // The first colon: no name has one, values (`10G Ethernet: 10G Base-SR`) do.
    const colon = findCode(text, 58, from, end);
    const name = text.slice(from, colon).trim();
    const value = text.slice(colon + 1, end).trim();
    if (text.slice(from, end).trim() === '') return;
    if (colon === end || name === '' || name.startsWith('Cannot ') || name === 'netlink error') {
      warn(warnings, number, excerpt(text.slice(from, end).trim()));
      return;
    }
    const [, base, level, threshold, channel] =
      /^(.+?)\s+((?:high|low) (?:alarm|warning))( threshold)?(?:\s*\(Chan(?:nel)? (\d+)\))?$/.exec(
        name.slice(0, 200),
      ) ?? [];
    const quantities = quantitiesOf(value);
    if (base !== undefined && level !== undefined && threshold !== undefined && quantities !== null) {
      diagnostic(base).thresholds.set(level, quantities);
    } else if (base !== undefined && level !== undefined && /^(?:On|Off)$/.test(value)) {
      diagnostic(channel === undefined ? base : `${base} (Channel ${channel})`).flags.set(level, value === 'On');
    } else if (quantities !== null) diagnostic(name).values = quantities;
    else {
      const texts = fields.get(name);
      if (texts === undefined) fields.set(name, [value]);
      else texts.push(value);
    }
  });
  return { value: { fields, diagnostics: [...diagnostics.values()] }, warnings };
}

/** `0.8183 mW / -0.87 dBm`; null for what is no measurement (`850nm`, `10km`, `0x03 (SFP)`). */
function quantitiesOf(text: string): readonly Quantity[] | null {
  const quantities: Quantity[] = [];
  for (const part of text.slice(0, 200).split(' / ')) {
    const [, number, unit] =
      /^(-?(?:\d{1,20}(?:\.\d+)?|inf)) (mA|mW|uW|dBm|V|mV|degrees C|degrees F)$/.exec(part) ?? [];
    if (number === undefined || unit === undefined) return null;
    quantities.push({ value: number.endsWith('inf') ? null : Number(number), unit });
  }
  return quantities;
}
