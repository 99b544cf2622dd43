import { join } from 'node:path';
import type { HostSpec } from './hostSpec.ts';
import { configValues, sectionApplies } from './sshConfigRules.ts';
import { readConfigLines } from './sshConfigText.ts';
import { configFiles, type SshEnvironment } from './sshEnvironment.ts';
import type { SshOptions } from './sshOptions.ts';

/** ssh(1)'s own, in its order; of these only the kinds that can be used without a hardware key. */
const defaultIdentities = ['id_rsa', 'id_ecdsa', 'id_ed25519'];

/** The options of a host where there is no `ssh` to ask: `Match exec` never runs anything, and names are not canonicalised. */
export async function computeSshOptions(spec: HostSpec, env: SshEnvironment): Promise<SshOptions> {
  const lines = await readConfigLines(configFiles(env), {
    home: env.home,
    applies: (before, section) => sectionApplies(before, section, spec, env.user),
  });
  const options = configValues(lines, spec, env.user);
  const host = spec.host.toLowerCase();
  options.set('hostname', [options.get('hostname')?.[0]?.replaceAll('%h', host).replaceAll('%%', '%') ?? host]);
  // Of these two the one that comes first holds, "ProxyCommand none" too.
  const [first, second] = [...options.keys()].filter((keyword) => /^proxy(jump|command)$/.test(keyword));
  const isNone = first === 'proxyjump' && options.get(first)?.[0]?.toLowerCase() === 'none';
  if (second !== undefined && !isNone) options.delete(second);
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
