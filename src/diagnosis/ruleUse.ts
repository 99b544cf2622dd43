import type { Rule } from './rule.ts';

/** How a rule has to do with a counter or setting: it goes by it, or it proposes to change it. */
export type RuleUse = 'judges' | 'changes';

/**
 * Rules whose own words name it: their evidence, or what they propose. Each name is words that must all be there, so that
 * a word as plain as `dropped` counts only beside its file.
 */
export function rulesNaming(
  rules: readonly Rule[],
  names: readonly (readonly string[])[],
): readonly { readonly rule: Rule; readonly use: RuleUse }[] {
  const isNamed = (text: string): boolean => names.some((words) => words.every((word) => hasWord(text, word)));
  return rules.flatMap((rule): { readonly rule: Rule; readonly use: RuleUse }[] => {
    if (isNamed(`${rule.title}; ${rule.evidence}`)) return [{ rule, use: 'judges' }];
    return isNamed(rule.fix) ? [{ rule, use: 'changes' }] : [];
  });
}

/** The word by itself: `rx_errors` is not in `rx_crc_errors`, and `tcp_rmem` is in `net.ipv4.tcp_rmem`. */
function hasWord(text: string, word: string): boolean {
  if (word === '') return false;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isWordCharacter(text[at - 1]) && !isWordCharacter(text[at + word.length])) return true;
  }
  return false;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\w-]/.test(character);
}
