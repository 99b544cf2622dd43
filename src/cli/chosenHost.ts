import { hostNamed, type ReachableHost, type SshClient } from '../hosts/host.ts';
import { UsageError } from './exit.ts';

/** The host that the command line names. */
export interface ChosenHost {
  /** As it was typed. */
  readonly text: string;
  readonly host: ReachableHost;
  /** Name of a network namespace there, or a process id in it; null for that of the login. */
  readonly namespace: string | null;
  /** It can be nothing but a host: what only hosts have was said of it. */
  readonly surely: boolean;
}

export interface HostArguments {
  /** HOST; undefined when it was left out. */
  readonly operand: string | undefined;
  /** What stood after `--`: a program that gives a shell, with its arguments. */
  readonly command: readonly string[];
  readonly client: string | undefined;
  readonly netns: string | undefined;
}

/** Makes sense of them; `what` names the operand. Throws `UsageError`. */
export function chosenHost({ operand, command, client, netns }: HostArguments, what: string): ChosenHost {
  const rest = { namespace: netns ?? null, surely: client !== undefined || netns !== undefined || command.length > 0 };
  if (netns === '') throw new UsageError('--netns needs a name or a process id');
  if (command.length === 0) {
    if (operand === undefined) throw new UsageError(`${what} is missing`);
    return { text: operand, host: hostNamed(operand, sshClient(client)), ...rest };
  }
  if (operand !== undefined) throw new UsageError(`either ${operand} or the program after -- is the host`);
  if (client !== undefined) throw new UsageError('--client is about SSH, not about a program');
  if (command[0] === '') throw new UsageError('the program after -- is empty');
  const text = command.join(' ');
  return { text, host: { kind: 'command', id: `command:${text}`, label: text, command }, ...rest };
}

function sshClient(text: string | undefined): SshClient | undefined {
  if (text === undefined || text === 'ssh2' || text === 'system') return text;
  throw new UsageError('--client must be ssh2 or system');
}
