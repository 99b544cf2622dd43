import { TransportError } from '../shell.ts';
import type { SystemSshHop, SystemSshHost } from './systemSshHost.ts';

const connectTimeoutSeconds = 20;
const aliveSeconds = 15;

/** For every host on the way: nothing is set up beside the login, and what ssh says is what we look for. */
const forAll = [
  'HashKnownHosts no',
  'UpdateHostKeys no',
  'FingerprintHash sha256',
  'VisualHostKey no',
  'LogLevel INFO',
  'ClearAllForwardings yes',
  'ForwardAgent no',
  'ForwardX11 no',
  'PermitLocalCommand no',
  // One that the user has open is used, but none is left behind; ours is asked for on the command line, which counts first.
  'ControlMaster no',
];

/**
 * An ssh_config(5) for `ssh -F`, which ssh hands on to the ssh it starts for a jump host, as it does not with `-o`: what
 * we insist on, and then the user's own files, unchanged. In ssh_config the first value counts. Keys the user says yes to
 * go to `storeFile`, the first of the known_hosts files; a changed key is refused whatever the user's files say.
 */
export function systemSshConfig(
  { chain, configFiles }: Pick<SystemSshHost, 'chain' | 'configFiles'>,
  storeFile: string,
  more: readonly string[] = [],
): string {
  return [
    ...forAll,
    ...more,
    ...chain.flatMap((hop) => hopLines(hop, storeFile)),
    'Host *',
    `UserKnownHostsFile ${quoted(storeFile)} ~/.ssh/known_hosts ~/.ssh/known_hosts2`,
    ...configFiles.map((file) => `Include ${quotedPath(file)}`),
    '',
  ].join('\n');
}

function hopLines({ name, target }: SystemSshHop, storeFile: string): string[] {
  const files = [storeFile, ...target.knownHostsFiles].map(quoted);
  // A name may have in it what means something else in a pattern; that stands for any character then.
  const lines = [`Host ${name.replace(/[*!#=]/g, '?')}`, `UserKnownHostsFile ${files.join(' ')}`];
  // Keys on record are never waved through when they have changed; others are still taken without asking.
  if (target.strictHostKeyChecking === 'no') lines.push('StrictHostKeyChecking accept-new');
  if (target.connectTimeoutMs === null) lines.push(`ConnectTimeout ${connectTimeoutSeconds}`);
  if (target.serverAliveMs === null) lines.push(`ServerAliveInterval ${aliveSeconds}`);
  return lines;
}

/** A path where ssh expands %-tokens. */
function quoted(path: string): string {
  return quotedPath(path).replaceAll('%', '%%');
}

function quotedPath(path: string): string {
  const plain = process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
  if (/["\\\n\r]|\$\{/.test(plain)) {
    throw new TransportError(
      'config',
      `The path ${JSON.stringify(path)} cannot stand in an ssh_config`,
      'Give that file another name.',
    );
  }
  return `"${plain}"`;
}

/** `-F` and where to: the arguments of an ssh that makes a connection, before those that say what for. */
export function connectArguments({ user, port }: SystemSshHost, configFile: string): string[] {
  const args = ['-F', configFile, '-T'];
  if (user !== null) args.push('-l', user);
  if (port !== null) args.push('-p', String(port));
  return args;
}

/** The arguments of an ssh that uses the connection behind `socket` and never makes one of its own. */
export function sharedArguments(socket: string): string[] {
  const options = ['ControlMaster=no', 'ProxyCommand=false', 'BatchMode=yes'];
  return ['-F', 'none', '-T', '-S', socket, ...options.flatMap((option) => ['-o', option])];
}
