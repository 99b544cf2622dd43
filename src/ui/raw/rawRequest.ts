import type { RawRequest } from '../../../webview/rawProtocol.ts';

/** What a panel asks, checked: a webview is a web page. Null for what is no request. */
export function asRawRequest(raw: unknown): RawRequest | null {
  if (typeof raw !== 'object' || raw === null || !('kind' in raw)) return null;
  const entry = 'entry' in raw && typeof raw.entry === 'string' ? raw.entry : null;
  const line = 'line' in raw && Number.isSafeInteger(raw.line) ? Number(raw.line) : null;
  switch (raw.kind) {
    case 'outline':
      return { kind: 'outline' };
    case 'page':
      return entry === null || line === null ? null : { kind: 'page', entry, line };
    case 'search':
      return 'text' in raw && typeof raw.text === 'string' ? { kind: 'search', text: raw.text, entry } : null;
    case 'value':
      return entry === null ? null : { kind: 'value', entry, line };
    default:
      return null;
  }
}
