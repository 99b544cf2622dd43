/**
 * The life of one rendering: what must wait until its elements are in the page (a chart needs its size), and what must
 * end when they leave it (observers, charts).
 */
export interface Scope {
  readonly onMount: (act: () => void) => void;
  readonly onEnd: (act: () => void) => void;
}

/** A scope and the two moments its owner announces, each once. */
export function createScope(): { readonly scope: Scope; readonly mount: () => void; readonly end: () => void } {
  const mounts: (() => void)[] = [];
  const ends: (() => void)[] = [];
  return {
    scope: { onMount: (act) => void mounts.push(act), onEnd: (act) => void ends.push(act) },
    mount: () => runAll(mounts),
    end: () => runAll(ends),
  };
}

function runAll(acts: (() => void)[]): void {
  for (const act of acts.splice(0)) act();
}
