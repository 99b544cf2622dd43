import type { ClientChannel } from 'ssh2';
import { printable } from '../../kernel/printable.ts';
import type { Shell, ShellEnd } from '../shell.ts';

const graceMs = 500;
const answerMs = 1500;

/** A command that runs on a channel, as a `Shell`; `kill` is to end it where the server will not pass on a signal. */
export function channelShell(channel: ClientChannel, kill: () => void): Shell {
  let exit: ShellEnd | null = null;
  let timer: NodeJS.Timeout | undefined;
  let ending = false;
  let closed = false;
  let settle: (end: ShellEnd) => void = () => {};
  const ended = new Promise<ShellEnd>((resolve) => {
    settle = (end) => {
      closed = true;
      clearTimeout(timer);
      resolve(end);
    };
  });

  channel.on('exit', (code: number | null, signal?: string) => {
    exit = code === null ? { kind: 'signal', signal: printable(signal ?? 'unknown', 20) } : { kind: 'exit', code };
  });
  // Writing to a shell that is gone fails; that it is gone is what `ended` says.
  channel.on('error', () => {});
  let open = 2;
  const onClose = (): void => {
    open -= 1;
    if (open === 0) settle(exit ?? { kind: 'lost', message: 'the connection was lost' });
  };
  channel.once('close', onClose);
  channel.stderr.once('close', onClose);

  function after(delayMs: number, step: () => void): void {
    timer = setTimeout(() => {
      if (!closed) step();
    }, delayMs);
  }
  return {
    stdin: channel,
    stdout: channel,
    stderr: channel.stderr,
    ended,
    end() {
      if (ending || closed) return;
      ending = true;
      channel.end();
      after(graceMs, () => {
        sendSignal(channel, 'TERM');
        after(graceMs, () => {
          sendSignal(channel, 'KILL');
          kill();
          // Output nobody reads would hold `close` back.
          channel.resume();
          channel.stderr.resume();
          after(answerMs, () => {
            channel.close();
            settle(exit ?? { kind: 'lost', message: 'the host did not end the session' });
          });
        });
      });
    },
  };
}

/** What `Channel.signal` of ssh2 uses. */
interface ChannelInternals {
  readonly outgoing?: { readonly id?: number; readonly state?: string };
  readonly _client?: { readonly _protocol?: { signal?(channel: number, name: string): void } };
}

/**
 * `Channel.signal` does nothing once our side has sent EOF, though RFC 4254 section 6.9 sets no such limit, and EOF comes
 * first here. So the message is sent the way that method sends it.
 */
function sendSignal(channel: ClientChannel, name: 'TERM' | 'KILL'): void {
  const { outgoing, _client } = channel as ClientChannel & ChannelInternals;
  const protocol = _client?._protocol;
  if (outgoing?.state !== 'eof' || outgoing.id === undefined || protocol?.signal === undefined) channel.signal(name);
  else protocol.signal(outgoing.id, name);
}
