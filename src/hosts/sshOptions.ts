import { basename, isAbsolute, join } from 'node:path';
import { TransportError } from '../transport/shell.ts';
import type { SshTarget, StrictHostKeyChecking } from '../transport/sshTarget.ts';
import type { SshEnvironment } from './sshEnvironment.ts';

/** Options of ssh_config(5) for one host: lower-case keyword -> its values in order, one a line. */
export type SshOptions = ReadonlyMap<string, readonly string[]>;

/** Reads what `ssh -G` prints: `keyword value` lines, some keywords several times. */
export function parseSshG(text: string): SshOptions {
  const options = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const space = line.indexOf(' ');
    if (space <= 0) continue;
    const keyword = line.slice(0, space).toLowerCase();
    const values = options.get(keyword) ?? [];
    values.push(line.slice(space + 1).trim());
    options.set(keyword, values);
  }
  return options;
}

/**
 * The target for a host's options, with `~`, `${NAME}` and the %-tokens in paths expanded. `proxy` is left null. Throws a
 * `TransportError` of kind `config` for a port that is none.
 */
export function sshTarget(alias: string, options: SshOptions, env: SshEnvironment): SshTarget {
  const one = (keyword: string): string | null => options.get(keyword)?.[0] ?? null;
  const host = one('hostname') ?? alias;
  const user = one('user') ?? env.user;
  const port = Number(one('port') ?? 22);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new TransportError(
      'config',
      `Port "${one('port')}" of ${alias} is not a port`,
      'Correct it in ~/.ssh/config.',
    );
  }
  const hostKeyAlias = notNone(one('hostkeyalias'));
  const expand = expander(env, {
    '%': '%',
    d: env.home,
    h: host,
    i: String(process.getuid?.() ?? ''),
    k: hostKeyAlias ?? host,
    L: env.hostname.split('.', 1)[0] ?? '',
    l: env.hostname,
    n: alias,
    p: String(port),
    r: user,
    u: env.user,
  });
  const files = (keyword: string): string[] =>
    paths((options.get(keyword) ?? []).join(' '))
      .filter(notNoneText)
      .map(expand);
  return {
    alias,
    host,
    port,
    user,
    identityFiles: (options.get('identityfile') ?? []).filter(notNoneText).map(unquote).map(expand),
    identitiesOnly: one('identitiesonly') === 'yes',
    identityAgent: identityAgent(one('identityagent'), env, expand),
    knownHostsFiles: [...files('userknownhostsfile'), ...files('globalknownhostsfile')],
    hostKeyAlias,
    strictHostKeyChecking: strictHostKeyChecking(one('stricthostkeychecking')),
    connectTimeoutMs: seconds(one('connecttimeout')),
    serverAliveMs: seconds(one('serveraliveinterval')),
    serverAliveCountMax: count(one('serveralivecountmax'), 3),
    proxy: null,
    authentications: authentications(one),
    passwordPrompts: count(one('numberofpasswordprompts'), 3),
    certificateFiles: (options.get('certificatefile') ?? []).filter(notNoneText).map(unquote).map(expand),
  };
}

/** `ProxyJump`'s hosts in order, or `ProxyCommand` as it stands; ssh_config(5) TOKENS says which tokens the former takes. */
export function proxyOptions(
  target: SshTarget,
  name: string,
  options: SshOptions,
): { readonly jump: readonly string[]; readonly command: string | null } {
  const tokens: Record<string, string> = { '%': '%', h: target.host, n: name, p: String(target.port), r: target.user };
  const jump = notNone(options.get('proxyjump')?.[0] ?? null) ?? '';
  return {
    jump: jump
      .replace(/%([%hnpr])/g, (_whole, token: string) => tokens[token] ?? '')
      .split(',')
      .map((hop) => hop.trim())
      .filter((hop) => hop !== ''),
    command: notNone(options.get('proxycommand')?.[0] ?? null),
  };
}

/** ssh(1)'s own order; the keyword that can forbid each, and whether it is allowed when that is not set. */
const methods: readonly (readonly [name: string, keyword: string, allowed: boolean])[] = [
  ['gssapi-with-mic', 'gssapiauthentication', false],
  ['hostbased', 'hostbasedauthentication', false],
  ['publickey', 'pubkeyauthentication', true],
  ['keyboard-interactive', 'kbdinteractiveauthentication', true],
  ['password', 'passwordauthentication', true],
];

function authentications(one: (keyword: string) => string | null): string[] {
  const names = methods
    .filter(([, keyword, allowed]) => {
      const value = one(keyword);
      // `PubkeyAuthentication` has further values: unbound, host-bound.
      return value === null ? allowed : !/^(no|false)$/i.test(value);
    })
    .map(([name]) => name);
  const preferred = notNone(one('preferredauthentications'))
    ?.split(',')
    .map((name) => name.trim());
  return preferred === undefined ? names : preferred.filter((name) => names.includes(name));
}

function count(value: string | null, standard: number): number {
  return value !== null && /^\d+$/.test(value) ? Number(value) : standard;
}

function strictHostKeyChecking(value: string | null): StrictHostKeyChecking {
  switch (value) {
    case 'yes':
    case 'true':
      return 'yes';
    case 'no':
    case 'off':
    case 'false':
      return 'no';
    case 'accept-new':
      return 'accept-new';
    default:
      return 'ask';
  }
}

function identityAgent(value: string | null, env: SshEnvironment, expand: (path: string) => string): string | null {
  const agent = unquote(value ?? 'SSH_AUTH_SOCK');
  if (agent === 'none') return null;
  const variable = agent === 'SSH_AUTH_SOCK' ? agent : /^\$(\w+)$/.exec(agent)?.[1];
  const socket = variable === undefined ? expand(agent) : env.variables[variable];
  return socket === undefined || socket === '' ? null : socket;
}

/** Seconds (or ssh's `1m30s` forms) in ms; null when unset, `none` or 0, which all mean "no such limit". */
function seconds(value: string | null): number | null {
  const units: Record<string, number> = { '': 1, s: 1, m: 60, h: 3600 };
  let total = 0;
  for (const [, digits, unit] of (value ?? '').toLowerCase().matchAll(/(\d+)([smh]?)/g)) {
    total += Number(digits) * (units[unit ?? ''] ?? 1);
  }
  return total > 0 ? total * 1000 : null;
}

function expander(env: SshEnvironment, tokens: Readonly<Record<string, string>>): (path: string) => string {
  return (path) => {
    const named = path
      .replace(/%(.)/g, (whole, token: string) => tokens[token] ?? whole)
      .replace(/\$\{(\w+)\}/g, (whole, name: string) => env.variables[name] ?? whole);
    if (named === '~' || named.startsWith('~/')) return join(env.home, named.slice(1));
    if (named.startsWith('~'))
      return join(env.home, '..', basename(named.split('/', 1)[0] ?? '').slice(1), ...named.split('/').slice(1));
    return isAbsolute(named) ? named : join(env.home, '.ssh', named);
  };
}

/** Paths in one line, which `ssh -G` prints without quotes: a word that does not begin as one goes on with the one before. */
function paths(text: string): string[] {
  const found: string[] = [];
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const last = found.at(-1);
    if (last === undefined || /^([/~%$"]|[A-Za-z]:|none$)/.test(word)) found.push(word);
    else found[found.length - 1] = `${last} ${word}`;
  }
  return found.map(unquote);
}

function unquote(text: string): string {
  return text.replace(/^"(.*)"$/, '$1');
}

function notNoneText(value: string): boolean {
  return value.toLowerCase() !== 'none';
}

function notNone(value: string | null): string | null {
  return value === null || value === '' || !notNoneText(value) ? null : value;
}
