import type { Engine } from '../engine.ts';

let loaded: Engine | null = null;

/** The engine; read from its file the first time. */
export async function loadEngine(): Promise<Engine> {
  loaded ??= (await import('../engine.ts')).engine;
  return loaded;
}

/** The engine for those who have an observation, which it has made. Throws before the first capture was read. */
export function engineInUse(): Engine {
  if (loaded === null) throw new Error('no capture has been read yet');
  return loaded;
}
