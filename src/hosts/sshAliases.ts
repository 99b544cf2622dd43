import { parseHostSpec } from './hostSpec.ts';
import { configWords, directive, readConfigText } from './sshConfigText.ts';
import { configFiles, type SshEnvironment } from './sshEnvironment.ts';

/** The hosts that ssh_config text names: the words of its `Host` lines that are neither patterns nor negated. */
export function sshAliases(configText: string): string[] {
  const aliases = new Set<string>();
  for (const line of configText.split('\n')) {
    const { keyword, rest } = directive(line) ?? { keyword: '', rest: '' };
    if (keyword !== 'host') continue;
    for (const word of configWords(rest)) {
      if (!/[*?!]/.test(word) && parseHostSpec(word) !== null) aliases.add(word);
    }
  }
  return [...aliases];
}

/** The same for the files that ssh(1) would read, in order. Rejects when one of them is there and cannot be read. */
export async function listSshAliases(env: SshEnvironment): Promise<string[]> {
  const texts = await Promise.all(configFiles(env).map((file) => readConfigText(file, env.home)));
  return sshAliases(texts.join('\n'));
}
