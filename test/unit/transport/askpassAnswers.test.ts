import { describe, expect, it } from 'vitest';
import { quietPrompts } from '../../../src/transport/prompts/quietPrompts.ts';
import { rememberedPrompts, type SecretVault, turns } from '../../../src/transport/prompts/rememberedPrompts.ts';
import type { HostKeyQuestion, SecretQuestion, SshPrompts } from '../../../src/transport/prompts/sshPrompts.ts';
import type { SshTarget } from '../../../src/transport/sshTarget.ts';
import { askpassAnswers } from '../../../src/transport/systemSsh/askpassAnswers.ts';
import { sshTarget } from '../../sshTarget.ts';

const main = 100;
const hop = 101;
const gone = new AbortController().signal;

function target(alias: string, more: Partial<SshTarget> = {}): SshTarget {
  return sshTarget({ alias, host: `${alias}.example`, user: 'u', identityFiles: [`/keys/${alias}`], ...more });
}

function attempt(prompts: Partial<SshPrompts> = {}, chain = [target('near'), target('far')], namesWhoAsks = true) {
  const secrets: SecretQuestion[] = [];
  const keys: HostKeyQuestion[] = [];
  const errors: unknown[] = [];
  const answer = askpassAnswers({
    chain,
    namesWhoAsks,
    pid: () => main,
    prompts: {
      trustHostKey: async (question) => {
        keys.push(question);
        return true;
      },
      secret: async (question) => {
        secrets.push(question);
        return 'typed';
      },
      ...prompts,
    },
    signal: gone,
    knownTypes: async () => ['ssh-rsa'],
    waitForUser: (work) => work(),
    fail: (error) => errors.push(error),
  });
  return {
    secrets,
    keys,
    errors,
    ask: (prompt: string, pid = main, hint = '') => answer({ prompt, hint, pid }, gone),
  };
}

const keyOf = (place: string): string =>
  `The authenticity of host '${place}' can't be established.\nED25519 key fingerprint is SHA256:abc.\nAre you sure you want to continue connecting (yes/no/[fingerprint])? `;

describe('whose question it is', () => {
  it('goes by the ssh that asks', async () => {
    const test = attempt();
    expect(await test.ask("u@near.example's password: ", hop)).toBe('typed');
    expect(await test.ask("u@far.example's password: ")).toBe('typed');
    expect(await test.ask('(u@far.example) Code: ')).toBe('typed');
    expect(await test.ask('Enter PIN for ECDSA-SK key /keys/near: ', hop)).toBe('typed');
    expect(test.secrets).toMatchObject([
      { kind: 'password', alias: 'near', onTheWayTo: 'far' },
      { kind: 'password', alias: 'far', onTheWayTo: null },
      { kind: 'answer', alias: 'far', prompt: 'Code: ' },
      { kind: 'answer', alias: 'near', onTheWayTo: 'far' },
    ]);
  });

  it('is not that of a host on the way when the ssh to the last one asks', async () => {
    const test = attempt();
    await test.ask("u@near.example's password: ");
    expect(test.secrets).toMatchObject([{ alias: 'near.example', host: 'near.example', onTheWayTo: 'far' }]);
  });

  it('of a key file is the one of the host that uses it', async () => {
    const chain = [target('near'), target('middle'), target('far')];
    const test = attempt({}, chain);
    await test.ask("Enter passphrase for key '/keys/middle': ", hop);
    expect(test.secrets).toMatchObject([{ kind: 'passphrase', alias: 'middle', keyFile: '/keys/middle' }]);
  });

  it('may be cut off by ssh', async () => {
    const long = `/keys/${'long'.repeat(40)}`;
    const test = attempt({}, [target('far', { identityFiles: [long] })]);
    await test.ask(`Enter passphrase for key '${long.slice(0, 100)}': `);
    expect(test.secrets).toMatchObject([{ keyFile: long }]);
  });

  it('counts as another attempt only when the same ssh asks the same again', async () => {
    const test = attempt();
    for (const pid of [hop, main, main]) await test.ask("Enter passphrase for key '/keys/far': ", pid);
    expect(test.secrets.map(({ attempt: nth }) => nth)).toEqual([1, 1, 2]);
  });

  it('is the host’s where it could pass for one of an older ssh', async () => {
    const test = attempt({}, [target('far')], false);
    await test.ask("Enter passphrase for key '/keys/far': ");
    expect(test.secrets).toMatchObject([{ kind: 'answer', prompt: "Enter passphrase for key '/keys/far': " }]);
  });
});

describe('what was remembered', () => {
  /** The names under which a secret would be looked up for a question. */
  function looksUp(
    chain: SshTarget[],
    namesWhoAsks: boolean,
  ): { ask: ReturnType<typeof attempt>['ask']; names: string[] } {
    const names: string[] = [];
    const vault: SecretVault = {
      get: async (name) => {
        names.push(name);
        return undefined;
      },
      keep: async () => {},
      forget: async () => {},
    };
    const typed = async () => ({ text: 'typed', remember: false });
    const prompts = rememberedPrompts({ trustHostKey: async () => true, secret: typed }, vault, turns());
    return { names, ask: attempt(prompts, chain, namesWhoAsks).ask };
  }

  it('is not given to a host that asks, of an older ssh, in the name of another', async () => {
    const test = looksUp([target('far')], false);
    await test.ask("root@bank's password: ");
    await test.ask("u@far.example's password: ");
    expect(new Set(test.names)).toEqual(new Set(['Password of u@far.example (far)']));
  });

  it('is not given where it cannot be told which host on the way asks', async () => {
    const test = looksUp([target('near'), target('middle'), target('far')], false);
    await test.ask('Password: ', hop);
    await test.ask("u@middle.example's password: ", hop);
    expect(test.names).toEqual([]);
  });

  it('is not given to what a ProxyCommand starts', async () => {
    const test = looksUp([target('far', { host: 'far' })], true);
    await test.ask('Password: ', hop);
    // Which port that is at, ssh does not say.
    await test.ask("u@far's password: ", hop);
    expect(test.names).toEqual([]);
  });

  it('is not given where hosts on the way differ by their ports only', async () => {
    const same = { host: 'gate', user: 'u' };
    const chain = [target('one', same), target('two', { ...same, port: 2222 }), target('far')];
    const test = looksUp(chain, true);
    await test.ask("u@gate's password: ", hop);
    expect(test.names).toEqual([]);
  });
});

describe('host keys', () => {
  it('are asked about for the hosts on the way', async () => {
    const test = attempt({}, [target('near', { hostKeyAlias: 'bastion' }), target('far', { port: 2222 })]);
    expect(await test.ask(keyOf('bastion (10.0.0.1)'), hop)).toBe('yes');
    expect(await test.ask(keyOf('[far.example]:2222 (<no hostip for proxy command>)'))).toBe('yes');
    expect(test.keys).toMatchObject([
      { alias: 'near', host: 'near.example', address: '10.0.0.1', onTheWayTo: 'far', knownTypes: [] },
      { alias: 'far', port: 2222, address: null, onTheWayTo: null },
    ]);
  });

  it('of a stranger are refused unasked', async () => {
    const test = attempt();
    expect(await test.ask(keyOf('stranger (10.0.0.9)'), hop)).toBeNull();
    expect(test.keys).toEqual([]);
    expect(test.errors).toMatchObject([{ kind: 'host-key-unknown' }]);
  });
});

describe('no answer', () => {
  it('ends the attempt with what the prompts rejected with', async () => {
    const test = attempt(quietPrompts);
    expect(await test.ask("u@far.example's password: ")).toBeNull();
    expect(await test.ask('Confirm user presence for key', main, 'none')).toBeNull();
    expect(test.errors).toMatchObject([{ kind: 'needs-attention' }, { kind: 'needs-attention' }]);
  });

  it('ends it when the user gives up', async () => {
    const test = attempt({ secret: async () => undefined });
    expect(await test.ask("u@far.example's password: ")).toBeNull();
    expect(test.errors).toMatchObject([{ name: 'AbortError' }]);
  });

  it('is a no where a yes is wanted', async () => {
    const answers = ['no', 'Yes'];
    const test = attempt({ secret: async () => answers.shift() });
    expect(await test.ask('Add key?', main, 'confirm')).toBeNull();
    expect(await test.ask('Add key?', main, 'confirm')).toBe('yes');
    expect(test.errors).toEqual([]);
  });
});
