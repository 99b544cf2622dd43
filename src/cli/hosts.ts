import { localHost } from '../hosts/host.ts';
import { listSshAliases } from '../hosts/sshAliases.ts';
import { processSshEnvironment } from '../hosts/sshEnvironment.ts';
import { type ExitStatus, exit } from './exit.ts';
import { printJson, printLine } from './output.ts';

/** `hosts`: this machine (on Linux) and the aliases of ~/.ssh/config; any user@host:port works besides. */
export async function hosts(json: boolean): Promise<ExitStatus> {
  const local = process.platform === 'linux' ? [{ id: localHost.id, from: 'this machine' }] : [];
  const all = [
    ...local,
    ...(await listSshAliases(processSshEnvironment())).map((id) => ({ id, from: '~/.ssh/config' })),
  ];
  if (json) printJson(all);
  else for (const { id, from } of all) printLine(`${id.padEnd(24)} ${from}`);
  return exit.clean;
}
