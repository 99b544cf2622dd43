/** A kernel's version as far as it says when something came: `6.12`. */
export interface KernelVersion {
  readonly text: string;
  readonly parts: readonly number[];
}

/** The leading numbers of `6.1.0-18-amd64`; null when it begins with none. */
export function kernelVersion(release: string): KernelVersion | null {
  const text = /^\d+(?:\.\d+)*/.exec(release)?.[0];
  return text === undefined ? null : { text, parts: text.split('.').map(Number) };
}

/** A version that our own data names. Throws when it is none. */
export function parseVersion(text: string): KernelVersion {
  const version = kernelVersion(text);
  if (version === null) throw new Error(`"${text}" is no kernel version`);
  return version;
}

/** Whether a kernel is that old or newer: 6.12 is at least 6.9, and 6.12.3 at least 6.12. */
export function isAtLeast(kernel: KernelVersion, since: KernelVersion): boolean {
  for (const [index, part] of since.parts.entries()) {
    const own = kernel.parts[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
