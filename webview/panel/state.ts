import type { ExplanationView } from '../explainViews.ts';
import type { PathView } from '../pathViews.ts';
import { type PanelState, type TabId, type ToPanel, tabIds } from '../protocol.ts';
import type { RawReply } from '../rawProtocol.ts';

/**
 * The message if it has the shape the panel can draw, else null. The extension is trusted, its version is not: after
 * an update a page of the old version may still be open. Lists are checked to be lists, not element by element.
 */
export function readMessage(data: unknown): ToPanel | null {
  if (!isRecord(data)) return null;
  if (data['type'] === 'state') return isPanelState(data['state']) ? { type: 'state', state: data['state'] } : null;
  if (data['type'] === 'busy') return isTextOrNull(data['busy']) ? { type: 'busy', busy: data['busy'] } : null;
  if (data['type'] === 'show') {
    const { tab, focus } = data;
    return isTab(tab) && isTextOrNull(focus) ? { type: 'show', tab, focus } : null;
  }
  if (data['type'] === 'raw') {
    const { id, reply } = data;
    return typeof id === 'number' && isRawReply(reply) ? { type: 'raw', id, reply } : null;
  }
  if (data['type'] === 'path') {
    const { id, path } = data;
    return typeof id === 'number' && (path === null || isPath(path)) ? { type: 'path', id, path } : null;
  }
  if (data['type'] === 'explain') {
    const { id, explanation } = data;
    return typeof id === 'number' && (explanation === null || isExplanation(explanation))
      ? { type: 'explain', id, explanation }
      : null;
  }
  return null;
}

/** Whether two views would draw the same, numbers of an ArrayBuffer included. */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof ArrayBuffer && b instanceof ArrayBuffer) return sameBytes(a, b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameData(item, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => sameData(a[key], b[key]));
}

function sameBytes(a: ArrayBuffer, b: ArrayBuffer): boolean {
  if (a.byteLength !== b.byteLength) return false;
  const left = new Uint8Array(a);
  const right = new Uint8Array(b);
  return left.every((byte, index) => byte === right[index]);
}

function isPanelState(value: unknown): value is PanelState {
  if (!isRecord(value)) return false;
  const { identity, title, tab, canSnapshot, busy, view, emptyReason } = value;
  return (
    isRecord(identity) &&
    typeof identity['host'] === 'string' &&
    isTextOrNull(identity['capture']) &&
    typeof title === 'string' &&
    isTab(tab) &&
    typeof canSnapshot === 'boolean' &&
    isTextOrNull(busy) &&
    isTextOrNull(emptyReason) &&
    (view === null || isView(view))
  );
}

const viewLists = ['facts', 'tiles', 'findings', 'checked', 'notChecked', 'missing', 'notes', 'history'] as const;
const viewParts = [
  'softnet',
  'interrupts',
  'nics',
  'tcpStates',
  'listeners',
  'tcpCounters',
  'sockstat',
  'counters',
  'settings',
] as const;

function isView(value: unknown): boolean {
  return (
    isRecord(value) &&
    isTextOrNull(value['takenAt']) &&
    isTextOrNull(value['noRates']) &&
    (value['seconds'] === null || typeof value['seconds'] === 'number') &&
    typeof value['listenersLeftOut'] === 'number' &&
    viewLists.every((name) => Array.isArray(value[name])) &&
    viewParts.every((name) => isPart(value[name]))
  );
}

const rawLists: Readonly<Record<string, string>> = { outline: 'entries', page: 'lines', search: 'hits' };
const rawTexts: Readonly<Record<string, string>> = { value: 'json', nothing: 'reason' };

function isRawReply(value: unknown): value is RawReply {
  if (!isRecord(value) || typeof value['kind'] !== 'string') return false;
  const { [value['kind']]: list } = rawLists;
  const { [value['kind']]: text } = rawTexts;
  return list === undefined ? text !== undefined && typeof value[text] === 'string' : Array.isArray(value[list]);
}

function isPath(value: unknown): value is PathView {
  if (!isRecord(value) || typeof value['nic'] !== 'string' || !Array.isArray(value['zones'])) return false;
  const { ways } = value;
  return isRecord(ways) && ['in', 'out', 'back'].every((way) => Array.isArray(ways[way]));
}

function isExplanation(value: unknown): value is ExplanationView {
  if (!isRecord(value) || typeof value['title'] !== 'string' || typeof value['what'] !== 'string') return false;
  return ['facts', 'rules', 'links'].every((name) => Array.isArray(value[name]));
}

function isPart(value: unknown): boolean {
  if (!isRecord(value) || typeof value['source'] !== 'string') return false;
  return value['ok'] === true ? isRecord(value['value']) : value['ok'] === false && typeof value['reason'] === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isTab(value: unknown): value is TabId {
  return tabIds.some((id) => id === value);
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}
