import { join } from 'node:path';
import type { HostSpec } from './hostSpec.ts';
import { directive, readConfigLines } from './sshConfigText.ts';
import { configFiles, type SshEnvironment } from './sshEnvironment.ts';
import type { SshOptions } from './sshOptions.ts';

/** ssh(1)'s own, in its order; of these only the kinds that can be used without a hardware key. */
const defaultIdentities = ['id_rsa', 'id_ecdsa', 'id_ed25519'];

/**
 * The options of a host where there is no `ssh` to ask. `Match exec` never runs anything, and names are not
 * canonicalised (the parser would run `nslookup` for that).
 */
export async function computeSshOptions(spec: HostSpec, env: SshEnvironment): Promise<SshOptions> {
  const { parse } = await import('ssh-config');
  const who = spec.user === null ? { Host: spec.host } : { Host: spec.host, User: spec.user };
  const computed = (lines: readonly string[]): Record<string, string | string[]> =>
    parse(readable(lines)).compute(who, { ignoreCase: true, matchExec: false });
  const applies = (before: readonly string[], section: string): boolean =>
    'applies' in computed([...before, section, 'Applies yes']);
  const lines = await readConfigLines(configFiles(env), { home: env.home, applies });

  const options = new Map<string, readonly string[]>();
  for (const [keyword, value] of Object.entries(computed(lines))) {
    options.set(keyword.toLowerCase(), Array.isArray(value) ? value : [value]);
  }
  const name = options.get('hostname')?.[0]?.replaceAll('%h', spec.host).replaceAll('%%', '%');
  options.set('hostname', [name ?? spec.host]);
  if (spec.port !== null) options.set('port', [String(spec.port)]);
  const ssh = join(env.home, '.ssh');
  const defaults: readonly [string, readonly string[]][] = [
    ['identityfile', defaultIdentities.map((file) => join(ssh, file))],
    ['userknownhostsfile', [join(ssh, 'known_hosts'), join(ssh, 'known_hosts2')]],
    ['globalknownhostsfile', ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2']],
  ];
  for (const [keyword, value] of defaults) {
    if (!options.has(keyword)) options.set(keyword, value);
  }
  return options;
}

/** For the parser, which goes by the case of two keywords and would run a program for `CanonicalizeHostName`. */
function readable(lines: readonly string[]): string {
  const kept = lines.filter((line) => directive(line)?.keyword.startsWith('canonical') !== true);
  return kept.map((line) => line.replace(/^\s*hostname\b/i, 'HostName').replace(/^\s*user\b/i, 'User')).join('\n');
}
