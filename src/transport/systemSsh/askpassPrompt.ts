/** What ssh(1) asks through `SSH_ASKPASS`, taken apart. Names are as ssh shows them: cut off when they are long. */
export type AskpassPrompt =
  | {
      readonly kind: 'host-key';
      /** `HostName`, or `HostKeyAlias` where that is set. */
      readonly name: string;
      readonly port: number;
      /** Null when something else makes the connection. */
      readonly address: string | null;
      /** As in known_hosts, but `ecdsa` of whatever curve: ssh does not say. */
      readonly keyType: string;
      /** `SHA256:...` */
      readonly fingerprint: string;
      /** The host is known by keys of other types. */
      readonly knownOtherwise: boolean;
    }
  | { readonly kind: 'passphrase'; readonly keyFile: string }
  | { readonly kind: 'password'; readonly user: string; readonly name: string }
  /** `user` and `name` are null before OpenSSH 8.5, and where it is not the host that asks. */
  | { readonly kind: 'answer'; readonly user: string | null; readonly name: string | null; readonly prompt: string }
  /** A yes or no. */
  | { readonly kind: 'confirm'; readonly text: string }
  /** To be shown only, until it is taken back: "Confirm user presence for key". */
  | { readonly kind: 'notice'; readonly text: string };

const keyTypes: Readonly<Record<string, string>> = {
  DSA: 'ssh-dss',
  ECDSA: 'ecdsa',
  'ECDSA-SK': 'sk-ecdsa-sha2-nistp256@openssh.com',
  ED25519: 'ssh-ed25519',
  'ED25519-SK': 'sk-ssh-ed25519@openssh.com',
  RSA: 'ssh-rsa',
};

/**
 * Reads a prompt of OpenSSH 7.2 to 10; `hint` is `SSH_ASKPASS_PROMPT` (since 8.2), empty when it is not set. What is none
 * of ssh's own questions is the host's. Sources: sshconnect.c, sshconnect2.c, readpass.c.
 */
export function parseAskpassPrompt(text: string, hint: string): AskpassPrompt {
  if (hint === 'none') return { kind: 'notice', text: text.trim() };
  if (hint === 'confirm') return { kind: 'confirm', text: text.trim() };
  // A host must not be able to word its question as one of ssh's own, which are told by their beginning.
  return (
    hostKeyPrompt(text) ??
    passphrasePrompt(text) ??
    passwordPrompt(text) ??
    answerPrompt(text) ?? { kind: 'answer', user: null, name: null, prompt: text }
  );
}

function hostKeyPrompt(text: string): AskpassPrompt | null {
  const [, place, resolved] = /^The authenticity of host '(.*?) \((.*?)\)' can't be established/.exec(text) ?? [];
  // 10.1 has a colon, and no period behind the fingerprint, which itself never ends in one.
  const [, type, fingerprint] = /^(\S+) key fingerprint is:? +(\S+?)\.?$/m.exec(text) ?? [];
  if (place === undefined || resolved === undefined || type === undefined || fingerprint === undefined) return null;
  return {
    kind: 'host-key',
    ...splitPlace(place),
    address: resolved.startsWith('<') ? null : splitPlace(resolved).name,
    keyType: keyTypes[type.replace(/-CERT$/, '')] ?? type,
    fingerprint,
    knownOtherwise: text.includes('but keys of different type are already known for this host'),
  };
}

/** `host`, or `[host]:port` where the port is not 22. */
function splitPlace(place: string): { name: string; port: number } {
  const [, name, port] = /^\[(.*)\]:(\d{1,5})$/.exec(place) ?? [];
  return name === undefined ? { name: place, port: 22 } : { name, port: Number(port) };
}

function passphrasePrompt(text: string): AskpassPrompt | null {
  const keyFile = /^Enter passphrase for key '(.*)': $/s.exec(text)?.[1];
  return keyFile === undefined ? null : { kind: 'passphrase', keyFile };
}

function passwordPrompt(text: string): AskpassPrompt | null {
  // A user name may hold an @, a host name may not.
  const [, user, name] = /^([^\n]+)@([^@\s]+)'s password: $/.exec(text) ?? [];
  return user === undefined || name === undefined || user.startsWith('(') ? null : { kind: 'password', user, name };
}

function answerPrompt(text: string): AskpassPrompt | null {
  const [, user, name, prompt] = /^\(([^\n]+?)@([^@\s)]+)\) (.*)$/s.exec(text) ?? [];
  return user === undefined || name === undefined || prompt === undefined
    ? null
    : { kind: 'answer', user, name, prompt };
}
