import type { Parsed, Warning } from '../parsed.ts';
import { excerpt, warn } from '../warnings.ts';
import { ethtoolBlocks } from './blocks.ts';
import { booleanOf, isJson, type JsonDevice, objectOf, readJson } from './json.ts';

/** One line of `ethtool -k`. */
export interface EthtoolFeature {
  readonly name: string;
  readonly active: boolean;
  /** Cannot be changed on this device. */
  readonly fixed: boolean;
  /** Asked for and not (yet) in effect, where it differs from `active`; else null. */
  readonly requested: boolean | null;
}

/**
 * `ethtool -k DEV` or `-k '*'`, or `--json -k` (5.17 and later): device to features in the order printed. RHEL 5 and 6
 * call them offload parameters.
 */
export function parseEthtoolFeatures(text: string): Parsed<ReadonlyMap<string, readonly EthtoolFeature[]>> {
  if (isJson(text)) return readJson(text, featuresOfJson);
  const warnings: Warning[] = [];
  const value = new Map<string, readonly EthtoolFeature[]>();
  for (const block of ethtoolBlocks(text, /^(?:Features|Offload parameters) for (\S+):$/, warnings)) {
    const features = block.lines.flatMap(({ key, value: printed, line }) => {
      const feature = featureOf(key, printed);
      if (feature === null) warn(warnings, line, `${excerpt(key)} is neither on nor off`);
      return feature ?? [];
    });
    value.set(block.device, features);
  }
  return { value, warnings };
}

function featureOf(name: string, printed: string): EthtoolFeature | null {
  const [, state, note = ''] = /^(on|off)(?:\s+\[(.*)\])?$/.exec(printed) ?? [];
  if (state === undefined) return null;
  const requested = note === 'requested on' ? true : note === 'requested off' ? false : null;
  return { name, active: state === 'on', fixed: note === 'fixed', requested };
}

/** `fixed` and `requested` of a group of features (`tx-checksumming`) are null: a group has neither. */
function featuresOfJson({ ifname: _, ...features }: JsonDevice, warnings: Warning[]): readonly EthtoolFeature[] {
  return Object.entries(features).flatMap(([name, value]) => {
    const { active, fixed, requested } = objectOf(value);
    const isFixed = fixed === true;
    if (typeof active === 'boolean') {
      const differs = !isFixed && booleanOf(requested) === !active;
      return { name, active, fixed: isFixed, requested: differs ? !active : null };
    }
    warn(warnings, 1, `${excerpt(name)} is neither on nor off`);
    return [];
  });
}
