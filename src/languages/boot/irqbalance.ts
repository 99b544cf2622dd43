import { parseCpuList, parseCpuMask } from '../../kernel/cpuList.ts';
import type { ConfigLine, IrqbalanceConfig } from '../../model/bootConfig.ts';
import { envAssignment } from './envFile.ts';

/**
 * irqbalance's settings (irqbalance(1)) from the lines of its environment files, later ones over earlier ones.
 * `running`, and whether its unit is masked, come from elsewhere.
 */
export function irqbalanceConfig(
  lines: readonly ConfigLine[],
  { running, masked }: { readonly running: boolean | null; readonly masked: boolean },
): IrqbalanceConfig {
  const values = new Map<string, string>();
  for (const { text } of lines) {
    const assignment = envAssignment(text);
    if (assignment !== null) values.set(assignment.key, assignment.value);
  }
  const args = [values.get('OPTIONS'), values.get('IRQBALANCE_ARGS')].filter((text) => text !== undefined).join(' ');
  const enabled = values.get('ENABLED');
  return {
    enabled: masked ? false : enabled === undefined ? null : isYes(enabled),
    oneshot:
      isYes(values.get('ONESHOT') ?? values.get('IRQBALANCE_ONESHOT') ?? '') ||
      /(?:^|\s)(?:--oneshot|-o)(?:\s|$)/.test(args),
    running,
    bannedCpus: bannedCpus(values),
    bannedIrqs: bannedIrqs(args),
    policyScript: optionsOf(args, 'l', 'policyscript').at(-1) ?? null,
    args,
    lines,
  };
}

/** The list counts before the mask; neither: nothing is banned by file. */
function bannedCpus(values: ReadonlyMap<string, string>): readonly number[] | null {
  const list = values.get('IRQBALANCE_BANNED_CPULIST') ?? '';
  if (list !== '') return parseCpuList(list);
  const mask = values.get('IRQBALANCE_BANNED_CPUS') ?? '';
  return mask === '' ? [] : parseCpuMask(mask.replace(/^0x/i, ''));
}

function bannedIrqs(args: string): number[] {
  return optionsOf(args, 'i', 'banirq')
    .filter((word) => /^\d{1,9}$/.test(word))
    .map(Number);
}

/** The values of one option: `-i 5`, `-i5`, `--banirq=5`, `--banirq 5`. */
function optionsOf(args: string, letter: string, name: string): string[] {
  const words = args.split(/\s+/);
  return words.flatMap((word, index) => {
    if (word === `-${letter}` || word === `--${name}`) return words[index + 1] ?? [];
    if (word.startsWith(`--${name}=`)) return word.slice(name.length + 3);
    return word.startsWith(`-${letter}`) && word.length > 2 ? word.slice(2) : [];
  });
}

function isYes(value: string): boolean {
  return /^(?:1|y|yes|true|on)$/i.test(value);
}
