import type * as Ssh2 from 'ssh2';

/** The parts of ssh2 that are used at run time. */
export type Ssh2Module = Pick<typeof Ssh2, 'Client' | 'BaseAgent' | 'OpenSSHAgent' | 'utils'>;

/** ssh2, loaded on first use: it takes longer to load than all of the rest. */
export async function loadSsh2(): Promise<Ssh2Module> {
  const loaded: Ssh2Module & { readonly default?: Ssh2Module } = await import('ssh2');
  // It is a CommonJS module: Node puts it under `default`, a bundler may not.
  return loaded.default ?? loaded;
}
