import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { localTransport } from '../../src/transport/localShell.ts';
import { finish, never, processesWith, run, until } from './sshCase.ts';

function sleepMark(): string {
  return `8${Math.floor(Math.random() * 1e9)}.5`;
}

describe('local shell', () => {
  it('gives arguments, both outputs and the exit status', async () => {
    const ran = await run(localTransport(), 'echo "$1,$2"; echo problem >&2; exit 3', ['a=1', '/b']);
    expect(ran).toEqual({ stdout: 'a=1,/b\n', stderr: 'problem\n', end: { kind: 'exit', code: 3 } });
  });

  it('tells a shell that was killed', async () => {
    expect((await run(localTransport(), 'kill -9 $$')).end).toEqual({ kind: 'signal', signal: 'SIGKILL' });
  });

  it('refuses arguments that need quoting, and an aborted signal', async () => {
    await expect(localTransport().startShell(['a b'], never)).rejects.toThrow('quoting');
    await expect(localTransport().startShell([], AbortSignal.abort(new Error('no')))).rejects.toThrow('no');
  });

  it('lets the script end by itself when its stdin closes', async () => {
    const shell = await localTransport().startShell(['test'], never);
    shell.stdin.write('echo ready; read -r line || { echo closed; exit 5; }\n');
    await once(shell.stdout, 'readable');
    const done = finish(shell);
    shell.end();
    shell.end();
    expect(await done).toMatchObject({ stdout: 'ready\nclosed\n', end: { kind: 'exit', code: 5 } });
  });

  it.each([
    ['a command it waits for', 'sleep MARK'],
    ['one in the background that holds the output open', 'sleep MARK & exit 0'],
    ['one that ignores SIGTERM', "trap '' TERM; sleep MARK; sleep MARK"],
    ['one whose output nobody reads', 'sleep MARK & while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done'],
  ])('leaves nothing behind: %s', async (_name, script) => {
    const mark = sleepMark();
    const aborted = new AbortController();
    const shell = await localTransport().startShell(['test'], aborted.signal);
    shell.stdin.write(`${script.replaceAll('MARK', mark)}\n`);
    await until(() => processesWith(mark) === 1, 'it runs');
    aborted.abort();
    await shell.ended;
    await until(() => processesWith(mark) === 0, 'it is gone');
  });

  it('ends its shells when it is closed', async () => {
    const transport = localTransport();
    const mark = sleepMark();
    const shell = await transport.startShell(['test'], never);
    shell.stdin.write(`sleep ${mark}\n`);
    await until(() => processesWith(mark) === 1, 'it runs');
    transport.close();
    expect((await finish(shell)).end).toEqual({ kind: 'signal', signal: 'SIGTERM' });
    expect(processesWith(mark)).toBe(0);
  });

  it('bears a write to a shell that is gone', async () => {
    const shell = await localTransport().startShell([], never);
    shell.stdin.write('exit 4\n');
    const { end } = await finish(shell);
    expect(end).toEqual({ kind: 'exit', code: 4 });
    await new Promise<void>((resolve) => shell.stdin.write('echo too late\n', () => resolve()));
  });
});
