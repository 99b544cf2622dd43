/** `KEY=value` of a shell's or systemd's environment file, quotes taken off; null for a line that is none. */
export function envAssignment(text: string): { readonly key: string; readonly value: string } | null {
  const [, key, raw = ''] = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/.exec(text) ?? [];
  if (key === undefined) return null;
  const quoted = /^"((?:[^"\\]|\\.)*)"|^'([^']*)'/.exec(raw);
  const value = quoted?.[1] ?? quoted?.[2] ?? raw.replace(/\s+#.*$/, '').trim();
  return { key, value };
}
