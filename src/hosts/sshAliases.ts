import { join } from 'node:path';
import { parseHostSpec } from './hostSpec.ts';
import { type ConfigSource, configWords, directive, readConfigLines } from './sshConfigText.ts';
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

/** The hosts that ssh_config names, and what to watch so as to notice when others may be named. */
export interface SshConfigSources {
  readonly aliases: readonly string[];
  /** Each once; files that are not there yet, and directories that a pattern was looked up in, count as well. */
  readonly watch: readonly ConfigSource[];
}

/** Reads the files that ssh(1) would read, in order. Rejects when one of them is there and cannot be read. */
export async function sshConfigSources(env: SshEnvironment): Promise<SshConfigSources> {
  const watch = new Map<string, ConfigSource>();
  const onSource = (source: ConfigSource): void => {
    watch.set(join(source.directory, source.pattern), source);
  };
  const lines = await readConfigLines(configFiles(env), { home: env.home, onSource });
  return { aliases: sshAliases(lines.join('\n')), watch: [...watch.values()] };
}

/** The aliases alone. */
export async function listSshAliases(env: SshEnvironment): Promise<readonly string[]> {
  return (await sshConfigSources(env)).aliases;
}
