import type { SshTarget } from '../src/transport/sshTarget.ts';

/** A host as ssh_config(5) describes it when it says nothing of it, with what is given instead. */
export function sshTarget(given: Partial<SshTarget> = {}): SshTarget {
  return {
    alias: 'sshd-test',
    host: '127.0.0.1',
    port: 22,
    user: 'tester',
    identityFiles: [],
    identitiesOnly: true,
    identityAgent: null,
    knownHostsFiles: [],
    hostKeyAlias: null,
    strictHostKeyChecking: 'ask',
    connectTimeoutMs: null,
    serverAliveMs: null,
    serverAliveCountMax: 3,
    proxy: null,
    authentications: ['publickey', 'keyboard-interactive', 'password'],
    passwordPrompts: 3,
    certificateFiles: [],
    ...given,
  };
}
