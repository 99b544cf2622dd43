/**
 * What the reader opened, filtered and sorted, by a stable key, so that a new snapshot does not undo it. Lives as long
 * as the page: only the host and the tab are worth bringing back after a reload.
 */
export interface Memory {
  readonly get: (key: string, otherwise: string) => string;
  readonly set: (key: string, value: string) => void;
}

export function createMemory(): Memory {
  const values = new Map<string, string>();
  return {
    get: (key, otherwise) => values.get(key) ?? otherwise,
    set: (key, value) => void values.set(key, value),
  };
}
